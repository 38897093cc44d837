import { directionsBetween } from './directions-between.ts';

/**
 * Copies what is compared, member by member, such that sums of squared differences are unchanged and grow as early as
 * possible: first the coordinates in the directions that separate the groups, then the remainder of each locus, the
 * loci that vary most first.
 */
export function arrange(
  genomes: Float32Array,
  starts: ArrayLike<number>,
  slots: Int32Array,
  groups: ArrayLike<number> | undefined,
): { values: Float64Array; width: number } {
  const n = starts.length;
  const order = slotsByVariance(genomes, starts, slots);
  const directions = groups ? directionsBetween(genomes, starts, order, groups) : [];
  const loci = order.length;
  const width = directions.length + loci;
  const values = new Float64Array(n * width);
  const rest = new Float64Array(loci);
  for (let i = 0, at = 0; i < n; i++) {
    const start = starts[i];
    for (let s = 0; s < loci; s++) rest[s] = genomes[start + order[s]];
    for (const direction of directions) {
      let along = 0;
      for (let s = 0; s < loci; s++) along += rest[s] * direction[s];
      for (let s = 0; s < loci; s++) rest[s] -= along * direction[s];
      values[at++] = along;
    }
    values.set(rest, at);
    at += loci;
  }
  return { values, width };
}

function slotsByVariance(genomes: Float32Array, starts: ArrayLike<number>, slots: Int32Array): Int32Array {
  const n = starts.length;
  const sums = new Float64Array(slots.length);
  const squares = new Float64Array(slots.length);
  for (let i = 0; i < n; i++) {
    const start = starts[i];
    for (let s = 0; s < slots.length; s++) {
      const value = genomes[start + slots[s]];
      sums[s] += value;
      squares[s] += value * value;
    }
  }
  const variances = squares.map((square, s) => square - (sums[s] * sums[s]) / n);
  const order = Int32Array.from(slots, (_, s) => s).sort((a, b) => variances[b] - variances[a] || a - b);
  return order.map((s) => slots[s]);
}
