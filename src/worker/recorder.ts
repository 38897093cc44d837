import { allProbes } from '../simulation/probes.ts';
import type { Observer, ProbeSampler, Simulation } from '../simulation/types.ts';
import type { SeriesColumn } from './protocol.ts';
import { Series } from './series.ts';

/** Ticks between samples. */
const every = 10;

/** Samples every registered probe from tick 0 on, for the page's plots. */
export class Recorder {
  readonly columns: readonly SeriesColumn[];
  readonly series: Series;
  private readonly simulation: Simulation;
  private readonly samplers: readonly ProbeSampler[];

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    const probes = allProbes();
    this.samplers = probes.map((probe) => probe.start(simulation));
    this.columns = this.samplers.flatMap(({ columns }, i) =>
      columns.map(({ name, title, unit }) => ({ name, title, unit, probe: probes[i].id })),
    );
    for (const sampler of this.samplers) if (sampler.afterTick) simulation.observe(sampler as Observer);
    this.series = new Series(this.columns.length, every);
    this.sample();
  }

  afterTick(): void {
    if (this.simulation.tick % every === 0) this.sample();
  }

  private sample(): void {
    const row = this.samplers.flatMap((sampler) => [...sampler.sample(this.simulation)]);
    this.series.push(this.simulation.tick, row);
  }
}
