import json from '../../scenes/meadow.json';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import type { GainsLog } from '../../src/analysis/gains/gains-log.ts';
import { contestOutcome } from '../../src/analysis/tournament/contest.ts';
import {
  transplantContests,
  transplantSeed,
  transplantSegments,
  usualSegments,
} from '../../src/analysis/transplant/transplant.ts';
import { type TransplantOutcome, transplantEffects } from '../../src/experiment/describe-transplant.ts';
import { namedStream } from '../../src/math/streams.ts';
import type { Population } from '../../src/population/population.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from '../theory/gains.ts';
import { sceneWith } from './watch-scene.ts';

/** How lines are followed in meadow: ticks of an interval, its last one, ticks and number of forks, ticks of a contest. */
export const lineDesign = { every: 1000, until: 4000, horizon: 400, forks: 40, ticks: 1000 } as const;

/** A step of a line of descent: an interval, with the copies at both ends. */
export type LineStep = NonNullable<ReturnType<GainsLog['line']>>[number];

/** Lines of descent of a meadow that was followed along its gradients. */
export interface FollowedLines {
  readonly scene: Scene;
  readonly population: Population;
  /** The steps of each line, from founder to now. */
  readonly lines: readonly (readonly LineStep[])[];
  /** Generations of the horizon by the tick at which an interval begins. */
  readonly rates: ReadonlyMap<number, number>;
  dispose(): void;
}

/** Follows this many lines of a seed: the eldest organism first, the others evenly spaced in the order of birth. */
export function followLines(seed: number, count: number): FollowedLines {
  const { every, until, horizon, forks } = lineDesign;
  const scene = sceneWith(json, 'meadow');
  const simulation = createSimulation(scene, String(seed));
  const [population] = simulation.populations;
  const census = Array.from({ length: until / every + 1 }, (_, k) => k * every);
  const plan = { ticks: census, horizon, forks, size: 1, policySize: 2, nulls: false, seed: String(seed), lines: true };
  const log = followClimb(simulation, plan);
  const ids = population.table.f64('id').slice(0, population.count).sort();
  const lines = Array.from({ length: count }, (_, k) => {
    const id = ids[Math.floor((k * ids.length) / count)];
    return log.line(id, namedStream(String(seed), `line ${id}`)) ?? [];
  });
  const rates = new Map(log.intervals.map(({ from, horizonGenerations }) => [from, horizonGenerations]));
  return { scene, population, lines, rates, dispose: () => simulation.dispose() };
}

/** Genomes at both ends of a part of a line. */
export const endsOf = (population: Population, steps: readonly LineStep[]) => ({
  earlier: genomeOf(population, steps[0].opened),
  later: genomeOf(population, steps[steps.length - 1].closed),
});

/** Contests of the ends of a part of a line, in both directions: log fitness a generation of a segment (none: whole genomes), by effect. */
export function contestEnds({ scene, population }: FollowedLines, steps: readonly LineStep[], seed: number, pair: number) {
  const slots = population.layout.loci.map(({ slot }) => slot);
  const chosen = usualSegments(transplantSegments(population.layout, slots));
  const shape = { ploidy: population.ploidy, stride: population.layout.stride, slots };
  const { ticks, until } = lineDesign;
  const world = { scene, seed: transplantSeed(String(seed), pair, 0), population: population.name, ticks };
  const outcomes = transplantContests(endsOf(population, steps), chosen, shape).map(
    ({ segment, background, first, second }): TransplantOutcome => ({
      pair: 0,
      replicate: 0,
      segment: segment?.name ?? '',
      background,
      ...contestOutcome({ ...world, first, second }),
    }),
  );
  const effects = transplantEffects({
    pairs: [{ earlier: { fossil: 0, tick: steps[0].from }, later: { fossil: 1, tick: until } }],
    loci: slots.length,
    segments: chosen.map(({ name, loci }) => ({ name, loci: loci.length })),
    outcomes,
  });
  return effects.map(({ segment, effect, interval, generations }) => ({ segment, effect, gain: interval.mean / generations }));
}

/** A genome with these values at the assayed loci, and otherwise that of an organism: loci that do not mutate are alike in all. */
function genomeOf(population: Population, copies: Float32Array): Float32Array {
  const { ploidy, genomeLength, layout, haplotypes, table } = population;
  const slots = assayedSlots(population);
  const genome = new Float32Array(genomeLength);
  for (let h = 0; h < ploidy; h++) {
    genome.set(table.f32(haplotypes[h]).subarray(0, layout.stride), h * layout.stride);
    for (let l = 0; l < slots.length; l++) genome[h * layout.stride + slots[l]] = copies[h * slots.length + l];
  }
  return genome;
}
