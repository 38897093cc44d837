/**
 * Solves A x = b for a symmetric positive definite matrix by Cholesky's decomposition (Golub & Van Loan 2013, algorithm 4.2.1).
 * @param matrix n x n, row by row; only its lower triangle is read, and it stays as it is
 * @throws {RangeError} where the sizes do not fit, or the matrix is not positive definite
 */
export function solvePositive(matrix: Float64Array, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  if (matrix.length !== n * n) throw new RangeError(`solvePositive: ${matrix.length} entries are no matrix of ${n} rows`);
  const lower = matrix.slice();
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const factor = lower[j * n + k];
      if (factor === 0) continue;
      for (let i = j; i < n; i++) lower[i * n + j] -= lower[i * n + k] * factor;
    }
    const pivot = lower[j * n + j];
    if (!(pivot > 0)) throw new RangeError('solvePositive: the matrix is not positive definite; add a ridge');
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) lower[i * n + j] /= root;
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}
