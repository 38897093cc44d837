import { floatsNamed } from '../../ecs/table.ts';
import type { RangeMap } from '../../genome/layout.ts';
import type { Population } from '../../population/population.ts';

/** Steps of a trait's range in which sums are taken: those of 2^18 organisms stay below 2^53 and so are exact. */
const steps = 2147483648;
/** Adding this to a number below 2^51 and subtracting it leaves the nearest whole one: 1.5 times 2^52, where doubles have no fractions. */
const rounder = 6755399441055744;

/**
 * Means and population variances of the expressed traits of each species, at [s * traits + t]; NaN if it has no living members.
 * Sums are exact, in steps of 2^-31 of a trait's range (of its square for variances), so that no bit depends on the order of
 * rows.
 * @param member place of each row's species, 0 to `species - 1`
 */
export function traitMoments(
  { table, count, layout }: Population,
  member: ArrayLike<number>,
  species: number,
): { means: Float64Array; variances: Float64Array } {
  const traits = layout.ranges.length;
  const means = new Float64Array(species * traits);
  const variances = new Float64Array(species * traits);
  const sizes = new Float64Array(species);
  for (let row = 0; row < count; row++) sizes[member[row]]++;
  const sums = new Float64Array(species);
  const middles = new Float64Array(species);
  const shares = new Float64Array(count);
  for (let t = 0; t < traits; t++) {
    const column = table.f32(floatsNamed(layout.ranges[t].trait));
    const { minimum, maximum } = boundsOf(layout.ranges[t], column, count);
    const range = maximum - minimum;
    sums.fill(0);
    for (let row = 0; row < count; row++) {
      const share = (column[row] - minimum) / range;
      shares[row] = share;
      sums[member[row]] += share * steps + rounder - rounder;
    }
    for (let s = 0; s < species; s++) {
      middles[s] = sums[s] / steps / sizes[s];
      means[s * traits + t] = minimum + range * middles[s];
    }
    sums.fill(0);
    for (let row = 0; row < count; row++) {
      const difference = shares[row] - middles[member[row]];
      sums[member[row]] += difference * difference * steps + rounder - rounder;
    }
    for (let s = 0; s < species; s++) variances[s * traits + t] = (range * range * sums[s]) / steps / sizes[s];
  }
  return { means, variances };
}

/** Ends of a trait's range; without a range, the least and the greatest value present. */
function boundsOf({ form, minimum, maximum }: RangeMap, column: Float32Array, count: number) {
  if (form === 'logistic') return { minimum, maximum };
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    least = Math.min(least, column[row]);
    greatest = Math.max(greatest, column[row]);
  }
  return { minimum: least, maximum: greatest > least ? greatest : least + 1 };
}
