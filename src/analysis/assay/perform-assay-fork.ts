import type { Vocabulary } from '../../habitat/vocabulary.ts';
import { namedStream } from '../../math/streams.ts';
import type { Population } from '../../population/population.ts';
import { mechanismsOf } from '../../scene/vocabulary-of.ts';
import { simulationFromSnapshot } from '../../simulation/create.ts';
import type { Simulation } from '../../simulation/types.ts';
import { NeutralShadow } from '../neutral-shadow.ts';
import { assayedSlots, perturbationSizes, prepareFork } from './prepare-fork.ts';
import { selectionByLocus } from './selection-by-locus.ts';

/**
 * What a fork changes before it runs. realised: nothing; reshuffled: bodies (place, heading, energy, age) are shuffled among the genomes;
 * perturbed: that, and every copy of every assayed locus is moved at random.
 */
export type AssayKind = 'realised' | 'reshuffled' | 'perturbed';

/** Specification of one fork of a world. @experimental */
export interface AssayFork {
  /** Name of the population whose genomes are followed. */
  readonly population: string;
  readonly kind: AssayKind;
  /** Ticks after which copies are counted: the horizon, part of the gradient's name. */
  readonly ticks: number;
  /** Standard deviation of the perturbation of a locus, in units of what mutation does to it. */
  readonly size: number;
  /** The same of the weights of a policy; by default `size`. */
  readonly policySize?: number;
  /** Whether every perturbation has the other sign: two forks of one seed, one of them mirrored, are an antithetic pair. */
  readonly mirrored?: boolean;
  /** Seed of everything random in the fork. */
  readonly seed: string;
  /**
   * Clades by which selection is split, in the order of ids: of each organism, or of each copy of each assayed locus (haplotypes of an
   * organism one behind the other).
   */
  readonly clades: Float64Array | Uint32Array;
}

/** Result of one fork: sums that are averaged over forks. `loci` numbers each. @experimental */
export interface AssayForkResult {
  readonly kind: AssayKind;
  /** Forks of one seed share their draws, so together they count as one. */
  readonly seed: string;
  /**
   * Estimate of the gradient of the log relative number of copies, by whatever channel they spread, with respect to the value of a copy;
   * 1/locus unit. 0 where nothing was perturbed.
   */
  readonly gradient: Float64Array;
  /** Selection differential of the copies as they were, between clades and within; locus units. */
  readonly between: Float64Array;
  readonly within: Float64Array;
  /** The same under the neutral shadow of the fork: its births and deaths with random parents. */
  readonly neutralBetween: Float64Array;
  readonly neutralWithin: Float64Array;
  /** Numbers of living organisms at the start and the end of the fork, and variance of relative fitness (mean over the assayed loci of an organism). */
  readonly organisms: number;
  readonly living: number;
  readonly fitnessVariance: number;
}

/**
 * Runs one fork of a world and counts the copies of every assayed locus that descend from each initial copy. In a perturbed fork it
 * regresses these numbers on the perturbation: b = mean (w - 1) e / s, unconfounded because e is independent of everything (theory, sections 4 and 8).
 * @param vocabulary that the scene of the world was read with
 * @throws {SnapshotError | RangeError} for a damaged snapshot, an unknown population, or one without living organisms
 * @experimental
 */
export function performAssayFork(snapshot: ArrayBuffer, question: AssayFork, vocabulary?: Vocabulary): AssayForkResult {
  const world = simulationFromSnapshot(snapshot, vocabulary);
  try {
    const population = world.populations.find(({ name }) => name === question.population);
    if (!population) throw new RangeError(`there is no population '${question.population}' in this world`);
    // A separate world, with the fork's draws.
    for (const one of world.populations) one.reseed(question.seed);
    stopVariation(world, population);
    return follow(world, population, question);
  } finally {
    world.dispose();
  }
}

/** Switches off the mechanisms that make new variation in a population, or bring back that of the past, so that it does not enter the gradient. */
export function stopVariation(world: Simulation, { name, parameters }: Population): void {
  for (const id of mechanismsOf(world.scene).unlikeParents()) {
    if (parameters.mechanisms[id]?.on) world.set(`populations.${name}.mechanisms.${id}.on`, false);
  }
}

function follow(world: Simulation, population: Population, question: AssayFork): AssayForkResult {
  const { kind, ticks, seed, clades } = question;
  const { count, ploidy } = population;
  if (count < 2) throw new RangeError(`${count} living of '${population.name}' are too few for an assay`);
  const slots = assayedSlots(population);
  const loci = slots.length;
  const sizes = perturbationSizes(population, question.size, question.policySize);
  const { body, before, after } = prepareFork(population, question, sizes);
  const { trace } = world.traceOrigins(population, { slots });
  const shadow = new NeutralShadow(
    world,
    population,
    body.map((_, k) => k),
    namedStream(seed, 'assay shadow'),
  );
  world.observe(shadow);
  world.step(ticks);
  world.assertFinite();
  const copies = trace.copies();
  // Fitness of copy (k, h) at locus l, in the order of ids.
  const fitness = new Float64Array(before.length);
  for (let k = 0; k < count; k++) {
    const from = body[k] * ploidy * loci;
    fitness.set(copies.subarray(from, from + ploidy * loci), k * ploidy * loci);
  }
  const bearers = shadow.bearers(count);
  const neutral = new Float64Array(fitness.length);
  for (let k = 0, each = ploidy * loci; k < count; k++) neutral.fill(bearers[k], k * each, (k + 1) * each);
  const [selection, drift] = selectionByLocus([fitness, neutral], before, loci, clades);
  const relative = relativeFitness(fitness, count);
  return {
    kind,
    seed,
    gradient: kind === 'perturbed' ? gradientOf(fitness, before, after, sizes) : new Float64Array(loci),
    ...selection,
    neutralBetween: drift.between,
    neutralWithin: drift.within,
    organisms: count,
    living: population.count,
    fitnessVariance: relative.reduce((sum, w) => sum + (w * w) / count, 0),
  };
}

/** b_l = mean over copies of (w - 1) e / s, w the number of copies relative to the mean, e s the change of the copy (theory, section 8). */
function gradientOf(fitness: Float64Array, before: Float64Array, after: Float64Array, sizes: Float64Array): Float64Array {
  const loci = sizes.length;
  const means = meansOf(fitness, loci);
  const gradient = new Float64Array(loci);
  for (let at = 0; at < fitness.length; ) {
    for (let l = 0; l < loci; l++, at++) {
      // If all copies were lost, fitness cannot be compared.
      if (means[l] > 0) gradient[l] += (fitness[at] / means[l] - 1) * (after[at] - before[at]);
    }
  }
  return gradient.map((sum, l) => (sum * loci) / (fitness.length * sizes[l] * sizes[l]));
}

/** Mean number of copies of each locus. */
function meansOf(fitness: Float64Array, loci: number): Float64Array {
  const means = new Float64Array(loci);
  for (let at = 0; at < fitness.length; ) for (let l = 0; l < loci; l++) means[l] += fitness[at++];
  return means.map((sum) => (sum * loci) / fitness.length);
}

/** Fitness of organisms relative to the mean, minus 1: over all copies of all loci that each has. */
function relativeFitness(fitness: Float64Array, count: number): Float64Array {
  const own = new Float64Array(count);
  const each = fitness.length / count;
  for (let k = 0; k < count; k++) for (let at = k * each; at < (k + 1) * each; at++) own[k] += fitness[at];
  const mean = own.reduce((sum, w) => sum + w / count, 0);
  return mean > 0 ? own.map((w) => w / mean - 1) : own;
}
