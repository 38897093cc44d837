import { namedStream, streamKey } from '../../math/streams.ts';
import { expressGenomes } from '../../population/genomes.ts';
import type { Population } from '../../population/population.ts';
import { simulationFromSnapshot } from '../../simulation/create.ts';
import { NeutralShadow } from '../neutral-shadow.ts';
import { DescendantCounter } from './descendant-counter.ts';

/** What is asked of one fork of a world. */
export interface AssayFork {
  /** Name of the population whose genomes are perturbed. */
  readonly population: string;
  /** Ticks after which descendants are counted: the horizon, part of the gradient's name. */
  readonly ticks: number;
  /** Standard deviation of the perturbation of a locus, in units of what mutation does to it. */
  readonly size: number;
  /** Whether bodies (place, heading, energy, age) are first dealt anew among the genomes. */
  readonly reshuffled: boolean;
  /** Everything that is random in the fork follows from it. */
  readonly seed: string;
  /** Clades of the living, in the order of their ids: selection is split by them. */
  readonly clades: Float64Array;
}

/** What one fork says: sums that are averaged over forks. `loci` numbers each. */
export interface AssayForkResult {
  /** Estimate of the gradient of log relative fitness, 1/locus unit. */
  readonly gradient: Float64Array;
  /** Selection differential of the genomes as they were, between clades and within; locus units. */
  readonly between: Float64Array;
  readonly within: Float64Array;
  /** The same under the neutral shadow of the fork: its births and deaths with random parents. */
  readonly neutralBetween: Float64Array;
  readonly neutralWithin: Float64Array;
  /** Living when the fork began and when it ended, and variance of relative fitness. */
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
 * Lets one fork of a world run whose genomes are perturbed at random, and asks how fitness goes with the perturbation:
 * b = mean_i (w_i - 1) e_i / s, unconfounded because e is independent of everything (theory, section 4).
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

function follow(
  world: ReturnType<typeof simulationFromSnapshot>,
  population: Population,
  { ticks, size, reshuffled, seed, clades }: AssayFork,
): AssayForkResult {
  const { count, table, layout, haplotypes } = population;
  if (count < 2) throw new RangeError(`${count} living of '${population.name}' are too few for an assay`);
  const id = table.f64('id');
  // In the order of ids: results do not depend on where rows stand.
  const rows = Array.from({ length: count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
  const stream = namedStream(seed, 'assay');
  const slots = assayedSlots(population);
  // Genome k goes into the body of rows[body[k]]; its own is rows[k].
  const body = rows.map((_, k) => k);
  if (reshuffled) {
    for (let i = count - 1; i > 0; i--) {
      const j = stream.integer(i + 1);
      [body[i], body[j]] = [body[j], body[i]];
    }
    for (const name of haplotypes) {
      const column = table.f32(name);
      const before = column.slice(0, count * layout.stride);
      for (const [k, row] of rows.entries()) {
        column.set(before.subarray(row * layout.stride, (row + 1) * layout.stride), rows[body[k]] * layout.stride);
      }
    }
  }
  // What is expressed before and after, as it was rounded: their difference is the perturbation.
  expressGenomes(population, 0, count);
  const before = table.f32('genome').slice(0, count * layout.stride);
  const sizes = mutationSizes(population).map((one) => size * one);
  const { mutation } = population.parameters.mechanisms as { mutation?: { deviation: number } };
  const deviation = size * (mutation && mutation.deviation > 0 ? mutation.deviation : 1);
  const [keyLow, keyHigh] = streamKey(seed, 'assay');
  const { kernel, scratch } = population.arena;
  for (const name of haplotypes) {
    // The same draws for both haplotypes of an organism, so that what it expresses is moved by just as much.
    kernel.mutateAll(
      0,
      count,
      table.pointer(name),
      layout.stride,
      population.mutationScales.pointer,
      0,
      deviation,
      table.pointer('keyLow'),
      table.pointer('keyHigh'),
      keyLow,
      keyHigh,
      scratch.pointer,
    );
  }
  population.redevelopAll();
  const after = table.f32('genome').slice(0, count * layout.stride);
  // What was learned in life was learned with other genes.
  population.copyToOwn(0, count);
  const counter = new DescendantCounter(world, population);
  // The counter goes by ids of bodies, and so by the rows that these stand in now.
  const places = new Map(Array.from(counter.ancestors, (one, place) => [one, place]));
  const placeOf = Int32Array.from(rows, (_, k) => places.get(id[rows[body[k]]]) as number);
  const shadow = new NeutralShadow(
    world,
    population,
    rows.map((_, k) => k),
    namedStream(seed, 'assay shadow'),
  );
  world.observe(counter);
  world.observe(shadow);
  world.step(ticks);
  world.assertFinite();
  const descendants = counter.count();
  const fitness = Float64Array.from(placeOf, (place) => descendants[place]);
  const at = Int32Array.from(body, (one) => rows[one] * layout.stride);
  const neutral = shadow.bearers(count);
  return summarise({ fitness, neutral, before, after, at, slots, sizes, clades, living: population.count });
}

interface Followed {
  /** Descendants of each, and under the neutral shadow. */
  readonly fitness: Float64Array;
  readonly neutral: Float64Array;
  /** What genomes expressed before the perturbation and after it; that of organism k begins at `at[k]`. */
  readonly before: Float32Array;
  readonly after: Float32Array;
  readonly at: Int32Array;
  readonly slots: Int32Array;
  readonly sizes: Float64Array;
  readonly clades: Float64Array;
  readonly living: number;
}

function summarise({ fitness, neutral, before, after, at, slots, sizes, clades, living }: Followed): AssayForkResult {
  const count = fitness.length;
  const loci = slots.length;
  const mean = fitness.reduce((sum, w) => sum + w / count, 0);
  const gradient = new Float64Array(loci);
  let fitnessVariance = 0;
  // Where everybody died there is no fitness to tell apart: all zero.
  for (let k = 0; mean > 0 && k < count; k++) {
    const w = fitness[k] / mean - 1;
    fitnessVariance += (w * w) / count;
    const row = at[k];
    for (let l = 0; l < loci; l++) gradient[l] += (w / count) * (after[row + slots[l]] - before[row + slots[l]]);
  }
  // e is the change over s, and b = mean (w - 1) e / s.
  for (let l = 0; l < loci; l++) gradient[l] /= sizes[l] * sizes[l];
  const groups = groupsOf(clades);
  const { between, within } = splitByGroup(fitness, groups, before, at, slots);
  const shadow = splitByGroup(neutral, groups, before, at, slots);
  const drift = { neutralBetween: shadow.between, neutralWithin: shadow.within };
  return { gradient, between, within, ...drift, organisms: count, living, fitnessVariance };
}

interface Groups {
  /** Group of each, from 0, and how many there are in each group. */
  readonly of: Int32Array;
  readonly sizes: Float64Array;
}

function groupsOf(clades: Float64Array): Groups {
  const places = new Map<number, number>();
  const of = Int32Array.from(clades, (clade) => {
    const place = places.get(clade) ?? places.size;
    places.set(clade, place);
    return place;
  });
  const sizes = new Float64Array(places.size);
  for (const place of of) sizes[place]++;
  return { of, sizes };
}

/** Selection differentials of the genomes as they were, between groups and within; all zero where nobody has descendants. */
function splitByGroup(fitness: Float64Array, groups: Groups, before: Float32Array, at: Int32Array, slots: Int32Array) {
  const count = fitness.length;
  const loci = slots.length;
  const mean = fitness.reduce((sum, w) => sum + w / count, 0);
  const sums = new Float64Array(groups.sizes.length);
  for (let k = 0; k < count; k++) sums[groups.of[k]] += fitness[k];
  const [between, within] = [0, 1].map(() => new Float64Array(loci));
  for (let k = 0; mean > 0 && k < count; k++) {
    const group = sums[groups.of[k]] / groups.sizes[groups.of[k]] / mean - 1;
    // Cov within is mean (w - w_group) z, between mean w_group z: deviations of one factor are enough.
    const [inside, outside] = [(fitness[k] / mean - 1 - group) / count, group / count];
    const row = at[k];
    for (let l = 0; l < loci; l++) {
      const value = before[row + slots[l]];
      within[l] += inside * value;
      between[l] += outside * value;
    }
  }
  return { between, within };
}
