import { arrange } from './arrange.ts';
import type { SpeciesRule } from './rule.ts';

/**
 * Connected components of the genomes that start at `starts` in `genomes`: two are linked if the rule says so. Returns
 * the component of each, numbered from 0 by the first one in each.
 * @param groups of each, groups that may be far apart: they affect the time that this takes, not the result
 */
export function findComponents(
  genomes: Float32Array,
  starts: ArrayLike<number>,
  { slots, limit }: SpeciesRule,
  groups?: ArrayLike<number>,
): Int32Array {
  const n = starts.length;
  const { values, width } = arrange(genomes, starts, slots, groups);
  const parents = Int32Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    while (parents[i] !== i) {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
    return i;
  };
  // Members that are joined already need no comparison: a mixed species costs about one row of the matrix.
  for (let i = 0; i < n; i++) {
    let own = root(i);
    for (let j = i + 1; j < n; j++) {
      const other = root(j);
      if (other === own || !linked(values, i * width, j * width, width, limit)) continue;
      // The smaller number is kept, so that a component's root is its first member.
      if (other < own) {
        parents[own] = other;
        own = other;
      } else parents[other] = own;
    }
  }
  const components = new Int32Array(n);
  let found = 0;
  for (let i = 0; i < n; i++) components[i] = root(i) === i ? found++ : components[root(i)];
  return components;
}

/** Whether the squared differences of two stretches sum up to at most `limit`. */
function linked(values: Float64Array, a: number, b: number, width: number, limit: number): boolean {
  let sum = 0;
  const whole = a + width - (width % 16);
  const end = a + width;
  while (a < whole) {
    // Four sums side by side: an addition need not wait for the one before.
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (const stop = a + 16; a < stop; a += 4, b += 4) {
      const d0 = values[a] - values[b];
      const d1 = values[a + 1] - values[b + 1];
      const d2 = values[a + 2] - values[b + 2];
      const d3 = values[a + 3] - values[b + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    sum += s0 + s1 + (s2 + s3);
    if (sum > limit) return false;
  }
  for (; a < end; a++, b++) {
    const d = values[a] - values[b];
    sum += d * d;
  }
  return sum <= limit;
}
