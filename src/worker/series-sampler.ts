import { onLandscape } from '../simulation/kinds.ts';
import { probesOf } from '../simulation/probes-of.ts';
import type { Probe, ProbeColumn, ProbeSampler, Simulation } from '../simulation/types.ts';
import { landscapeColumns } from './landscape/landscape-columns.ts';
import { LandscapeSampler } from './landscape/landscape-sampler.ts';
import { Series, type SeriesState, seriesEvery } from './series.ts';
import { WholeSamples } from './whole-samples.ts';

/** A column of the series that are kept from tick 0 on. */
export interface SeriesColumn {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Id of its probe. */
  readonly probe: string;
}

/** The columns of all that is measured of a world, without sampling any of it. */
export function measuredColumns(simulation: Simulation): readonly SeriesColumn[] {
  const samplers = probesOf(simulation).map((probe) => ({ probe, sampler: probe.start(simulation) }));
  return columnsOf(samplers, onLandscape(simulation) ? landscapeColumns(simulation.populations[0].name) : []);
}

const columnsOf = (
  samplers: readonly { readonly probe: Probe; readonly sampler: ProbeSampler }[],
  landscape: readonly ProbeColumn[],
): readonly SeriesColumn[] => [
  ...samplers.flatMap(({ probe, sampler }) =>
    (sampler.columns ?? probe.columns).map(({ name, title, unit }) => ({ name, title, unit, probe: probe.id })),
  ),
  ...landscape.map((column) => ({ ...column, probe: 'landscape window' })),
];

/** Samples every registered probe from the first tick that it sees, for the page's plots. */
export class Recorder {
  readonly columns: readonly SeriesColumn[];
  readonly series: Series;
  readonly whole: WholeSamples;
  /** Measures of the mean genome, on a landscape only. */
  readonly landscape: LandscapeSampler | undefined;
  private readonly simulation: Simulation;
  private readonly samplers: readonly ProbeSampler[];
  /** The last sample, in the order of `columns`; empty in a restored run before its first one. */
  latest: readonly number[] = [];

  /**
   * @param saved state of a sampler of the same world; ideally at a sampled tick, because probes start to collect again
   * @param whole measures of which every sample is kept
   */
  constructor(simulation: Simulation, saved?: SeriesState, whole: readonly string[] = []) {
    this.simulation = simulation;
    const started = probesOf(simulation).map((probe) => ({ probe, sampler: probe.start(simulation) }));
    this.landscape = onLandscape(simulation) ? new LandscapeSampler(simulation) : undefined;
    this.samplers = [...started.map(({ sampler }) => sampler), ...(this.landscape ? [this.landscape] : [])];
    this.columns = columnsOf(started, this.landscape?.columns ?? []);
    this.series = new Series(this.columns.length, seriesEvery);
    this.whole = new WholeSamples(whole, this.columns);
    if (saved) this.series.restore(saved);
    else this.sample();
  }

  afterTick(): void {
    for (const sampler of this.samplers) sampler.afterTick?.(this.simulation);
    if (this.simulation.tick % seriesEvery === 0) this.sample();
  }

  private sample(): void {
    const row = this.samplers.flatMap((sampler) => [...sampler.sample(this.simulation)]);
    this.latest = row;
    this.series.push(this.simulation.tick, row);
    this.whole.push(this.simulation.tick, row);
  }
}
