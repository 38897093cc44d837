import { stopVariation } from '../../src/analysis/assay/perform-assay-fork.ts';
import { assayedSlots, perturbationSizes, prepareFork } from '../../src/analysis/assay/prepare-fork.ts';
import { policyWeights } from '../../src/genome/layout.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { simulationFromSnapshot } from '../../src/simulation/create.ts';
import { type Circumstances, circumstancesOf } from './expected-fitness.ts';

// Forks of an assay of clones from which several estimators can be computed: they keep how each organism was moved, and what it left.

/** How the genomes of a fork are moved. */
export interface Draw {
  readonly seed: string;
  readonly mirrored: boolean;
  /** Standard deviation at each assayed locus; locus units. */
  readonly sizes: Float64Array;
}

export interface PowerFork {
  readonly sizes: Float64Array;
  /** Relative number of descendants less 1, at each horizon. */
  readonly fitness: readonly Float64Array[];
  /** Perturbation in its standard deviations, a row an organism. */
  readonly moved: Float32Array;
  readonly circumstances: Circumstances;
  /** CPU seconds until each horizon, with the share of preparing. */
  readonly cpu: readonly number[];
}

/** CPU seconds of this process. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Assayed loci of the first population of a world, by segment. */
export function lociOf(snapshot: ArrayBuffer) {
  const world = simulationFromSnapshot(snapshot);
  const population = world.populations[0] as EmbodiedPopulation;
  const slots = assayedSlots(population);
  const segment = new Map(population.layout.loci.map((locus) => [locus.slot, locus.segment]));
  const all = Array.from(slots, (_, l) => l);
  const policy = all.filter((l) => segment.get(slots[l]) === policyWeights);
  const traits = all.filter((l) => segment.get(slots[l]) !== policyWeights);
  const sizes = perturbationSizes(population, 1);
  world.dispose();
  return { policy, traits, sizes };
}

/** @param horizons ascending; ticks */
export function powerFork(snapshot: ArrayBuffer, { seed, mirrored, sizes }: Draw, horizons: readonly number[]): PowerFork {
  const from = cpuSeconds();
  const world = simulationFromSnapshot(snapshot);
  const population = world.populations[0] as EmbodiedPopulation;
  population.reseed(seed);
  stopVariation(world, population);
  const slots = assayedSlots(population);
  // Bodies that a perturbation makes larger pay from it: what goes with the perturbation is not a circumstance.
  const energy = population.table.f32('energy').slice(0, population.count);
  const { body, before, after } = prepareFork(population, { kind: 'perturbed', mirrored, seed }, sizes);
  const circumstances = circumstancesOf(population, world.tick, body, slots, before, energy);
  const { trace } = world.traceOrigins(population, { slots });
  const [fitness, cpu]: [Float64Array[], number[]] = [[], []];
  let at = 0;
  for (const horizon of horizons) {
    world.step(horizon - at);
    at = horizon;
    // Clones: every locus has as many copies as the first.
    const copies = trace.copies();
    const mean = population.count / body.length;
    fitness.push(Float64Array.from(body, (row) => copies[row * slots.length] / mean - 1));
    cpu.push(cpuSeconds() - from);
  }
  world.dispose();
  const moved = Float32Array.from(after, (value, at) => (value - before[at]) / sizes[at % slots.length]);
  return { sizes, fitness, moved, circumstances, cpu };
}

/** Gradient by correlation of what is left of fitness with the perturbation. */
export function correlate(fitness: Float64Array, { moved, sizes }: PowerFork): Float64Array {
  const loci = sizes.length;
  const sum = new Float64Array(loci);
  for (let k = 0, at = 0; k < fitness.length; k++) for (let l = 0; l < loci; l++) sum[l] += fitness[k] * moved[at++];
  return sum.map((s, l) => s / (fitness.length * sizes[l]));
}
