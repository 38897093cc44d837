import { allProbes } from '../simulation/probes.ts';
import type { ProbeSampler, Simulation } from '../simulation/types.ts';
import type { SeriesColumn } from './protocol.ts';
import { Series } from './series.ts';

/** Ticks between samples. */
const every = 10;

/** Samples every registered probe from the first tick it sees on, for the page's plots. */
export class Recorder {
  readonly columns: readonly SeriesColumn[];
  readonly series: Series;
  private readonly simulation: Simulation;
  private readonly samplers: readonly ProbeSampler[];

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    const started = allProbes().map((probe) => ({ probe, sampler: probe.start(simulation) }));
    this.samplers = started.map(({ sampler }) => sampler);
    this.columns = started.flatMap(({ probe, sampler }) =>
      (sampler.columns ?? probe.columns).map(({ name, title, unit }) => ({ name, title, unit, probe: probe.id })),
    );
    this.series = new Series(this.columns.length, every);
    this.sample();
  }

  afterTick(): void {
    for (const sampler of this.samplers) sampler.afterTick?.(this.simulation);
    if (this.simulation.tick % every === 0) this.sample();
  }

  private sample(): void {
    const row = this.samplers.flatMap((sampler) => [...sampler.sample(this.simulation)]);
    this.series.push(this.simulation.tick, row);
  }
}
