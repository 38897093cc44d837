/** Most sweeps over all pairs; Jacobi's method converges quadratically and takes about ten. */
const mostSweeps = 60;

/**
 * Eigenvalues of a symmetric matrix by Jacobi's rotations (Golub & Van Loan 2013, algorithm 8.5.3), the greatest first. Takes about
 * 10 n^3 multiplications.
 * @param matrix n x n, row by row; not changed
 * @throws {RangeError} if it is not square
 */
export function symmetricEigenvalues(matrix: Float64Array): Float64Array {
  const n = Math.round(Math.sqrt(matrix.length));
  if (n * n !== matrix.length) throw new RangeError(`symmetricEigenvalues: ${matrix.length} entries are not a square matrix`);
  const a = matrix.slice();
  let scale = 0;
  for (const value of a) scale += value * value;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] * a[p * n + q];
    if (!(off > 1e-30 * scale)) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, n, p, q);
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i])
    .sort()
    .reverse();
}

/** Makes entry (p, q) 0 by a rotation in the plane of both. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const entry = a[p * n + q];
  if (entry === 0) return;
  const tau = (a[q * n + q] - a[p * n + p]) / (2 * entry);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
}
