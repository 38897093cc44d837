// Sums over loci in four parts: an addition need not wait for the one before it, which makes them about three times as fast. The
// order of additions is part of the result.

type Vector = Float32Array | Float64Array;

/** Sum of a[i] * b[at + i] over `n` places. */
export function dotAt(a: Vector, b: Vector, at: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (const end = n - 3; i < end; i += 4) {
    s0 += a[i] * b[at + i];
    s1 += a[i + 1] * b[at + i + 1];
    s2 += a[i + 2] * b[at + i + 2];
    s3 += a[i + 3] * b[at + i + 3];
  }
  for (; i < n; i++) s0 += a[i] * b[at + i];
  return s0 + s1 + (s2 + s3);
}

/** Squared distance of the `n` numbers of `a` from `at` on from those of `centre`. */
export function squaredDistanceAt(centre: Vector, a: Vector, at: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (const end = n - 3; i < end; i += 4) {
    const d0 = a[at + i] - centre[i];
    const d1 = a[at + i + 1] - centre[i + 1];
    const d2 = a[at + i + 2] - centre[i + 2];
    const d3 = a[at + i + 3] - centre[i + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; i < n; i++) {
    const d = a[at + i] - centre[i];
    s0 += d * d;
  }
  return s0 + s1 + (s2 + s3);
}
