import type { EffectMetric } from '../../src/analysis/assay/effect-metric.ts';
import { type LocusSegment, locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../src/analysis/assay/plan-assay.ts';
import { assayedSlots, favoursSign, perturbationSizes } from '../../src/analysis/assay/prepare-fork.ts';
import { GainsLog } from '../../src/analysis/gains/gains-log.ts';
import { IntervalWatch, speciesOfRecord } from '../../src/analysis/gains/interval-watch.ts';
import { namedStream } from '../../src/math/streams.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import type { Simulation } from '../../src/simulation/types.ts';

/** How a world is followed along its gradients. */
export interface ClimbPlan {
  /** Ticks at which intervals begin and end, the first not before that of the world. */
  readonly ticks: readonly number[];
  readonly horizon: number;
  readonly forks: number;
  readonly size: number;
  /** Perturbation of a weight of the policy; by default `size`. */
  readonly policySize?: number;
  readonly seed: string;
  readonly lines?: boolean;
  /** Whether species are followed, from now on. */
  readonly species?: boolean;
  /** Tick before the first at which clades begin; by default the first interval has none. */
  readonly since?: number;
  /** Whether angles are compared with random steps, by default so. */
  readonly nulls?: boolean;
  /** Metric of effects on actions, as if the loci were those of a policy. */
  readonly metric?: EffectMetric;
}

/** The climb of the first population of a world, which is left at the last tick. */
export function followClimb(
  simulation: Simulation,
  {
    ticks,
    horizon,
    forks,
    size,
    policySize = size,
    seed,
    lines = false,
    species = false,
    since = ticks[0],
    nulls,
    metric,
  }: ClimbPlan,
): GainsLog {
  const [population] = simulation.populations;
  const record = species ? new LifeRecord(simulation) : undefined;
  if (record) simulation.observe(record);
  simulation.step(since - simulation.tick);
  const segments: readonly LocusSegment[] = locusSegments(population.layout, assayedSlots(population));
  const log = new GainsLog({
    horizon,
    segments,
    scales: perturbationSizes(population, 1),
    directed: favoursSign(population),
    lines,
    nulls,
  });
  const watch = new IntervalWatch(simulation, population, record && speciesOfRecord(record, population));
  watch.next();
  if (since < ticks[0]) {
    simulation.step(ticks[0] - since);
    watch.next();
  }
  for (const [k, tick] of ticks.slice(0, -1).entries()) {
    const snapshot = simulation.snapshot();
    const clades = new Uint32Array(population.count);
    const question = { population: population.name, ticks: horizon, size, policySize, clades };
    const made = planAssay({ seed: `${seed} at ${tick}`, forks, replays: 0 }).map((fork) =>
      performAssayFork(snapshot, { ...question, ...fork }),
    );
    simulation.step(ticks[k + 1] - simulation.tick);
    const interval = watch.next();
    if (interval) log.add(interval, made, metric, namedStream(seed, `climb ${tick}`));
  }
  watch.end();
  return log;
}
