import { probesOf } from '../simulation/probes.ts';
import type { ProbeSampler, Simulation } from '../simulation/types.ts';
import type { SeriesColumn } from './protocol.ts';
import { Series, type SeriesState } from './series.ts';

/** Ticks between samples. */
export const seriesEvery = 10;

/** Samples every registered probe from the first tick it sees on, for the page's plots. */
export class Recorder {
  readonly columns: readonly SeriesColumn[];
  readonly series: Series;
  private readonly simulation: Simulation;
  private readonly samplers: readonly ProbeSampler[];

  /** @param saved what a recorder of the same world had gathered; best at a tick that is sampled, for probes gather anew */
  constructor(simulation: Simulation, saved?: SeriesState) {
    this.simulation = simulation;
    const started = probesOf(simulation).map((probe) => ({ probe, sampler: probe.start(simulation) }));
    this.samplers = started.map(({ sampler }) => sampler);
    this.columns = started.flatMap(({ probe, sampler }) =>
      (sampler.columns ?? probe.columns).map(({ name, title, unit }) => ({ name, title, unit, probe: probe.id })),
    );
    this.series = new Series(this.columns.length, seriesEvery);
    if (saved) this.series.restore(saved);
    else this.sample();
  }

  afterTick(): void {
    for (const sampler of this.samplers) sampler.afterTick?.(this.simulation);
    if (this.simulation.tick % seriesEvery === 0) this.sample();
  }

  private sample(): void {
    const row = this.samplers.flatMap((sampler) => [...sampler.sample(this.simulation)]);
    this.series.push(this.simulation.tick, row);
  }
}
