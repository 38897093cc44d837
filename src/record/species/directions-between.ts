/** Smaller groups have no mean worth a direction. */
const fewest = 8;
/** A direction costs as much as comparing two organisms with all others. */
const most = 8;

/** Orthonormal directions over `slots` from the mean of the largest group to those of the next ones (Gram-Schmidt). */
export function directionsBetween(
  genomes: Float32Array,
  starts: ArrayLike<number>,
  slots: Int32Array,
  groups: ArrayLike<number>,
): Float64Array[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < starts.length; i++) {
    const group = members.get(groups[i]);
    if (group) group.push(starts[i]);
    else members.set(groups[i], [starts[i]]);
  }
  const large = [...members.values()].filter(({ length }) => length >= fewest).sort((a, b) => b.length - a.length);
  const means = large.slice(0, most + 1).map((group) => {
    const mean = new Float64Array(slots.length);
    for (const start of group) for (let s = 0; s < slots.length; s++) mean[s] += genomes[start + slots[s]] / group.length;
    return mean;
  });
  const directions: Float64Array[] = [];
  for (const mean of means.slice(1)) {
    const direction = mean.map((value, s) => value - means[0][s]);
    const whole = dot(direction, direction);
    for (const before of directions) {
      const along = dot(direction, before);
      for (let s = 0; s < direction.length; s++) direction[s] -= along * before[s];
    }
    const left = dot(direction, direction);
    // What remains of a direction that others already span is rounding.
    if (left > 1e-6 * whole) directions.push(direction.map((value) => value / Math.sqrt(left)));
  }
  return directions;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let s = 0; s < a.length; s++) sum += a[s] * b[s];
  return sum;
}
