import { policyWeights } from '../../genome/layout.ts';
import { namedStream, streamKey } from '../../math/streams.ts';
import type { Population } from '../../population/population.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import type { AssayFork } from './perform-assay-fork.ts';

/** Slots of the loci that are perturbed: all that mutate. @experimental */
export const assayedSlots = ({ layout }: Population): Int32Array =>
  Int32Array.from(layout.loci.filter(({ scale }) => scale > 0).map(({ slot }) => slot));

/** Names of the assayed loci. @experimental */
export const assayedNames = ({ layout }: Population): readonly string[] =>
  layout.loci.filter(({ scale }) => scale > 0).map(({ name }) => name);

/** Whether the mutations of a population favour one sign, now. */
export const favoursSign = ({ parameters: { mechanisms } }: Population): boolean =>
  mechanisms.mutation?.on === true && mechanisms.mutation.upward !== 0.5;

/** Standard deviations of the perturbation, by assayed locus; locus units. */
export function perturbationSizes({ layout, parameters }: Population, size: number, policySize = size): Float64Array {
  const mutation = parameters.mechanisms.mutation as unknown as { deviation: number } | undefined;
  const deviation = mutation && mutation.deviation > 0 ? mutation.deviation : 1;
  const factor = (segment: string) => deviation * (segment === policyWeights ? policySize : size);
  return Float64Array.from(layout.loci.filter(({ scale }) => scale > 0).map(({ scale, segment }) => scale * factor(segment)));
}

/** The start of a fork, organisms in the order of their ids. */
export interface PreparedFork {
  /** Row of the body given to each. */
  readonly body: readonly number[];
  /** Values of all copies before and after the perturbation, haplotypes of an organism one behind the other; locus units. */
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/**
 * Shuffles bodies and perturbs genomes, as a fork requires. Traits follow the genomes; energy pays for larger bodies (`redevelopAll`).
 * @param sizes standard deviations of the perturbation, by assayed locus; locus units
 */
export function prepareFork(
  population: Population,
  { kind, mirrored, seed }: Pick<AssayFork, 'kind' | 'mirrored' | 'seed'>,
  sizes: Float64Array,
): PreparedFork {
  const { count } = population;
  const rows = [...rowsById(population)];
  const stream = namedStream(seed, 'assay');
  const slots = assayedSlots(population);
  const body = kind === 'realised' ? rows : dealBodies(population, rows, stream.integer.bind(stream));
  const before = copiesOf(population, body, slots);
  if (kind === 'realised') return { body, before, after: before };
  if (kind === 'perturbed') perturb(population, slots, sizes, mirrored === true, seed);
  // Anything learned in life was learned with other genes, and is forgotten.
  population.redevelopAll();
  population.copyToOwn(0, count);
  return { body, before, after: kind === 'perturbed' ? copiesOf(population, body, slots) : before };
}

/** Shuffles the bodies among the genomes: genome k of `rows` goes into the body of the row that is returned at k. */
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

/** Moves every copy of every assayed locus: haplotypes of an organism independently, because each is a copy with its own fate. */
function perturb(population: Population, slots: Int32Array, sizes: Float64Array, mirrored: boolean, seed: string): void {
  const { table, layout, haplotypes, count, arena, mutationScales } = population;
  const usual = mutationScales.f32().slice();
  for (const [l, slot] of slots.entries()) mutationScales.f32()[slot] = sizes[l];
  const { keyLow, keyHigh } = table.columns;
  for (const [h, name] of haplotypes.entries()) {
    arena.kernel.mutateAll({
      first: 0,
      count,
      genome: table.of(name),
      slots: layout.stride,
      scales: mutationScales,
      factor: undefined,
      deviation: mirrored ? -1 : 1,
      keyLow,
      keyHigh,
      stream: streamKey(seed, h === 0 ? 'assay' : 'assay.2'),
    });
  }
  mutationScales.f32().set(usual);
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
