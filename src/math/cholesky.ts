/**
 * Cholesky's factor L of a symmetric positive definite matrix A = L L^T (Golub & Van Loan 2013, algorithm 4.2.1).
 * @param matrix n x n, row by row; only its lower triangle is read, and it is not changed
 * @returns n x n, row by row, with L in its lower triangle; ignore the entries above
 * @throws {RangeError} if the size does not fit, or the matrix is not positive definite
 */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  if (matrix.length !== n * n) throw new RangeError(`choleskyFactor: ${matrix.length} entries do not make a matrix of ${n} rows`);
  const lower = matrix.slice();
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const factor = lower[j * n + k];
      if (factor === 0) continue;
      for (let i = j; i < n; i++) lower[i * n + j] -= lower[i * n + k] * factor;
    }
    const pivot = lower[j * n + j];
    if (!(pivot > 0)) throw new RangeError('choleskyFactor: the matrix is not positive definite; add a ridge');
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) lower[i * n + j] /= root;
  }
  return lower;
}

/** L^-1 x for a factor from `choleskyFactor`, as long as x. */
export function solveLower(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}

/**
 * Solves A x = b for a symmetric positive definite matrix.
 * @param matrix n x n, row by row; only its lower triangle is read, and it is not changed
 * @throws {RangeError} as `choleskyFactor`
 */
export function solvePositive(matrix: Float64Array, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  const lower = choleskyFactor(matrix, n);
  const x = solveLower(lower, right);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}
