import { floatsNamed, type Table } from '../ecs/table.ts';
import { exp, logistic32 } from '../math/elementary.ts';
import type { GenomeLayout, RangeMap } from './layout.ts';

/** The trait that a value of its locus expresses, rounded to float32. */
export function expressLocus({ form, minimum, maximum, offset }: RangeMap, locus: number): number {
  if (form === 'identity') return locus;
  if (form === 'exponential') return Math.fround(Math.min(maximum, Math.max(minimum, exp(locus + offset))));
  return Math.fround(minimum + (maximum - minimum) * logistic32(locus + offset));
}

/** What a diploid expresses of the two copies of a locus, locus units; rounded as in the kernels. */
export function expressCopies({ shifts }: Pick<GenomeLayout, 'shifts'>, slot: number, one: number, two: number): number {
  const mean = Math.fround(0.5 * Math.fround(one + two));
  return shifts ? Math.fround(mean + Math.fround(shifts[slot] * Math.fround(Math.abs(Math.fround(one - two))))) : mean;
}

/** The traits that a whole genome expresses, as `expressTraits` does. @param genome haplotypes one behind the other, `stride` floats each */
export function expressGenome(layout: Pick<GenomeLayout, 'ranges' | 'stride' | 'shifts'>, genome: Float32Array): Float64Array {
  const { ranges, stride } = layout;
  const diploid = genome.length > stride;
  return Float64Array.from(ranges, (range) => {
    const { slot } = range;
    return expressLocus(range, diploid ? expressCopies(layout, slot, genome[slot], genome[stride + slot]) : genome[slot]);
  });
}

/** Expresses the traits of rows `first` to `first + count - 1`: maps each trait's locus onto its range. */
export function expressTraits(
  table: Table<{ readonly genome: 'f32' }>,
  layout: GenomeLayout,
  first: number,
  count: number,
): void {
  const genome = table.f32('genome');
  const stride = layout.stride;
  for (const range of layout.ranges) {
    const { slot } = range;
    const column = table.f32(floatsNamed(range.trait));
    const last = first + count;
    if (range.form === 'identity') for (let row = first; row < last; row++) column[row] = genome[row * stride + slot];
    else for (let row = first; row < last; row++) column[row] = expressLocus(range, genome[row * stride + slot]);
  }
}
