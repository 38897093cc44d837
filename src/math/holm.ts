/**
 * Holm's correction of a family of p-values (Holm 1979, Scand. J. Stat. 6: 65). The probability that any corrected value below a level
 * is a false positive is at most that level, however the tests depend on each other.
 * @param family p-values in [0, 1]; NaN marks a test that could not be made, stays NaN and counts as one of the family
 * @returns corrected p-values in the same order
 */
export function holmCorrection(family: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(family);
  const order = Array.from(out.keys())
    .filter((i) => !Number.isNaN(out[i]))
    .sort((i, j) => out[i] - out[j] || i - j);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, out[i] * (out.length - rank)));
    out[i] = least;
  }
  return out;
}
