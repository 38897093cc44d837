import type { SpeciesRule } from './rule.ts';

/**
 * Connected components of the genomes that start at `starts` in `genomes`: two are linked where the rule says so. Returns
 * the component of each, numbered from 0 by the first one in each.
 */
export function findComponents(genomes: Float32Array, starts: ArrayLike<number>, { slots, limit }: SpeciesRule): Int32Array {
  const n = starts.length;
  const width = slots.length;
  const values = gather(genomes, starts, slots);
  const parents = Int32Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    while (parents[i] !== i) {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
    return i;
  };
  // Whoever is joined already needs no comparison: a mixed species costs about one row of the matrix.
  for (let i = 0; i < n; i++) {
    let own = root(i);
    for (let j = i + 1; j < n; j++) {
      const other = root(j);
      if (other === own || !linked(values, i * width, j * width, width, limit)) continue;
      // The smaller number stays, so that a component's root is its first member.
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

/** Copies what is compared, member by member, the loci that vary most first: so those who differ are told apart soonest. */
function gather(genomes: Float32Array, starts: ArrayLike<number>, slots: Int32Array): Float32Array {
  const n = starts.length;
  const width = slots.length;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const start = starts[i];
    for (let k = 0; k < width; k++) {
      const value = genomes[start + slots[k]];
      sums[k] += value;
      squares[k] += value * value;
    }
  }
  const variances = squares.map((square, k) => square - (sums[k] * sums[k]) / n);
  const order = Int32Array.from(slots, (_, k) => k).sort((a, b) => variances[b] - variances[a] || a - b);
  const ordered = order.map((k) => slots[k]);
  const values = new Float32Array(n * width);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const start = starts[i];
    for (let k = 0; k < width; k++) values[at++] = genomes[start + ordered[k]];
  }
  return values;
}

/** Whether the squared differences of two stretches sum up to at most `limit`. */
function linked(values: Float32Array, a: number, b: number, width: number, limit: number): boolean {
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
