import { namedStream, streamKey } from '../../math/streams.ts';
import { expressGenomes } from '../../population/genomes.ts';
import type { Population } from '../../population/population.ts';
import { simulationFromSnapshot } from '../../simulation/create.ts';
import type { Simulation } from '../../simulation/types.ts';
import { NeutralShadow } from '../neutral-shadow.ts';
import { selectionByLocus } from './selection-by-locus.ts';

/**
 * What a fork changes before it runs. realised: nothing; reshuffled: bodies (place, heading, energy, age) are dealt anew among the genomes;
 * perturbed: that, and every copy of every assayed locus is moved at random.
 */
export type AssayKind = 'realised' | 'reshuffled' | 'perturbed';

/** What is asked of one fork of a world. */
export interface AssayFork {
  /** Name of the population whose genomes are followed. */
  readonly population: string;
  readonly kind: AssayKind;
  /** Ticks after which copies are counted: the horizon, part of the gradient's name. */
  readonly ticks: number;
  /** Standard deviation of the perturbation of a locus, in units of what mutation does to it. Negative: the same one mirrored. */
  readonly size: number;
  /** Everything that is random in the fork follows from it: two forks of one seed and opposite sizes are an antithetic pair. */
  readonly seed: string;
  /**
   * Clades by which selection is split, in the order of ids: of each organism, or of each copy of each assayed locus (haplotypes of an
   * organism one behind the other).
   */
  readonly clades: Float64Array | Uint32Array;
}

/** What one fork says: sums that are averaged over forks. `loci` numbers each. */
export interface AssayForkResult {
  readonly kind: AssayKind;
  /**
   * Estimate of the gradient of the log relative number of copies, by whatever way they spread, with respect to the value of a copy;
   * 1/locus unit. 0 where nothing was perturbed.
   */
  readonly gradient: Float64Array;
  /** Selection differential of the copies as they were, between clades and within; locus units. */
  readonly between: Float64Array;
  readonly within: Float64Array;
  /** The same under the neutral shadow of the fork: its births and deaths with random parents. */
  readonly neutralBetween: Float64Array;
  readonly neutralWithin: Float64Array;
  /** Living when the fork began and when it ended, and variance of relative fitness (mean over the assayed loci of an organism). */
  readonly organisms: number;
  readonly living: number;
  readonly fitnessVariance: number;
}

/** Mechanisms that make new variation, which a gradient is to be free of. */
export const makers: readonly string[] = ['mutation', 'transposons', 'gradient-step', 'explore'];

/** Slots of the loci that are perturbed: all that mutate. */
export const assayedSlots = ({ layout }: Population): Int32Array =>
  Int32Array.from(layout.loci.filter(({ scale }) => scale > 0).map(({ slot }) => slot));

/** Standard deviations of the perturbation, by assayed locus, for a size of 1: those of mutation, or 1 where there is none. */
export function mutationSizes({ layout, parameters }: Population): Float64Array {
  const mutation = parameters.mechanisms.mutation as unknown as { deviation: number } | undefined;
  const deviation = mutation && mutation.deviation > 0 ? mutation.deviation : 1;
  return Float64Array.from(layout.loci.filter(({ scale }) => scale > 0).map(({ scale }) => scale * deviation));
}

/**
 * Lets one fork of a world run and counts the copies of every assayed locus that come from each that lived. In a perturbed one it asks how
 * they go with the perturbation: b = mean (w - 1) e / s, unconfounded because e is independent of everything (theory, sections 4 and 8).
 * @throws {SnapshotError | RangeError} for a damaged snapshot, an unknown population, or one in which nobody lives
 */
export function performAssayFork(snapshot: ArrayBuffer, question: AssayFork): AssayForkResult {
  const world = simulationFromSnapshot(snapshot);
  try {
    const population = world.populations.find(({ name }) => name === question.population);
    if (!population) throw new RangeError(`there is no population '${question.population}' in this world`);
    // A world of its own, whose draws are the fork's.
    for (const one of world.populations) one.reseed(question.seed);
    const { mechanisms } = population.parameters;
    for (const id of makers) {
      if (mechanisms[id]?.on) world.set(`populations.${question.population}.mechanisms.${id}.on`, false);
    }
    return follow(world, population, question);
  } finally {
    world.dispose();
  }
}

function follow(world: Simulation, population: Population, { kind, ticks, size, seed, clades }: AssayFork): AssayForkResult {
  const { count, table, ploidy } = population;
  if (count < 2) throw new RangeError(`${count} living of '${population.name}' are too few for an assay`);
  const id = table.f64('id');
  // In the order of ids: results do not depend on where rows stand.
  const rows = Array.from({ length: count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
  const stream = namedStream(seed, 'assay');
  const body = kind === 'realised' ? rows : dealBodies(population, rows, stream.integer.bind(stream));
  const slots = assayedSlots(population);
  const loci = slots.length;
  const before = copiesOf(population, body, slots);
  const sizes = mutationSizes(population).map((one) => size * one);
  if (kind === 'perturbed') perturb(population, size, seed);
  else expressGenomes(population, 0, count);
  const after = kind === 'perturbed' ? copiesOf(population, body, slots) : before;
  const { trace } = world.traceOrigins(population, { slots });
  const shadow = new NeutralShadow(
    world,
    population,
    rows.map((_, k) => k),
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
  const neutral = Float64Array.from(fitness, (_, at) => bearers[Math.floor(at / (ploidy * loci))]);
  const selection = selectionByLocus(fitness, before, loci, clades);
  const drift = selectionByLocus(neutral, before, loci, clades);
  return {
    kind,
    gradient: kind === 'perturbed' ? gradientOf(fitness, before, after, sizes) : new Float64Array(loci),
    ...selection,
    neutralBetween: drift.between,
    neutralWithin: drift.within,
    organisms: count,
    living: population.count,
    fitnessVariance: varianceOf(fitness, count, ploidy * loci),
  };
}

/** Deals the bodies anew among the genomes: genome k of `rows` goes into the body of the row that is returned at k. */
function dealBodies(
  { table, layout, haplotypes, count }: Population,
  rows: readonly number[],
  draw: (below: number) => number,
): number[] {
  const body = [...rows];
  for (let i = count - 1; i > 0; i--) {
    const j = draw(i + 1);
    [body[i], body[j]] = [body[j], body[i]];
  }
  for (const name of haplotypes) {
    const column = table.f32(name);
    const before = column.slice(0, count * layout.stride);
    for (const [k, row] of rows.entries()) {
      column.set(before.subarray(row * layout.stride, (row + 1) * layout.stride), body[k] * layout.stride);
    }
  }
  return body;
}

/**
 * Moves every copy of every locus that mutates: haplotypes of an organism independently, for each is a copy with a fate of its own. What
 * had been learned in life was learned with other genes, and is forgotten.
 */
function perturb(population: Population, size: number, seed: string): void {
  const { table, layout, haplotypes, count, arena } = population;
  const { mutation } = population.parameters.mechanisms as { mutation?: { deviation: number } };
  const deviation = size * (mutation && mutation.deviation > 0 ? mutation.deviation : 1);
  for (const [h, name] of haplotypes.entries()) {
    arena.kernel.mutateAll(
      0,
      count,
      table.pointer(name),
      layout.stride,
      population.mutationScales.pointer,
      0,
      deviation,
      table.pointer('keyLow'),
      table.pointer('keyHigh'),
      ...streamKey(seed, h === 0 ? 'assay' : 'assay.2'),
      arena.scratch.pointer,
    );
  }
  population.redevelopAll();
  population.copyToOwn(0, count);
}

/** Values of the assayed loci of all copies, in the order of `body`, haplotypes of an organism one behind the other; locus units. */
function copiesOf({ table, layout, haplotypes }: Population, body: ArrayLike<number>, slots: ArrayLike<number>): Float64Array {
  const columns = haplotypes.map((name) => table.f32(name));
  const values = new Float64Array(body.length * columns.length * slots.length);
  let to = 0;
  for (let k = 0; k < body.length; k++) {
    for (const column of columns)
      for (let l = 0; l < slots.length; l++) values[to++] = column[body[k] * layout.stride + slots[l]];
  }
  return values;
}

/** b_l = mean over copies of (w - 1) e / s, w the number of copies relative to the mean, e s the change of the copy (theory, section 8). */
function gradientOf(fitness: Float64Array, before: Float64Array, after: Float64Array, sizes: Float64Array): Float64Array {
  const loci = sizes.length;
  const copies = fitness.length / loci;
  const means = new Float64Array(loci);
  for (let at = 0; at < fitness.length; at++) means[at % loci] += fitness[at] / copies;
  const gradient = new Float64Array(loci);
  for (let at = 0; at < fitness.length; at++) {
    const l = at % loci;
    // Where all copies were lost there is no fitness to tell apart.
    if (means[l] > 0) gradient[l] += ((fitness[at] / means[l] - 1) * (after[at] - before[at])) / copies;
  }
  return gradient.map((sum, l) => sum / (sizes[l] * sizes[l]));
}

/** Variance over organisms of fitness relative to its mean, `width` numbers of copies an organism. */
function varianceOf(fitness: Float64Array, count: number, width: number): number {
  const own = new Float64Array(count);
  for (let at = 0; at < fitness.length; at++) own[Math.floor(at / width)] += fitness[at];
  const mean = own.reduce((sum, w) => sum + w / count, 0);
  return mean > 0 ? own.reduce((sum, w) => sum + ((w / mean - 1) * (w / mean - 1)) / count, 0) : 0;
}
