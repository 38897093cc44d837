/** Most steps to separate one eigenvalue; the QL algorithm takes about two. */
const mostSteps = 60;

/**
 * Eigenvalues of a symmetric matrix, the greatest first.
 * @param matrix n x n, row by row; not changed
 * @throws {RangeError} as `eigenComponents`
 */
export const symmetricEigenvalues = (matrix: Float64Array): Float64Array =>
  eigenComponents(matrix, new Float64Array(Math.round(Math.sqrt(matrix.length)))).values;

/**
 * Eigenvalues of a symmetric matrix, the greatest first, and the components of a vector along their eigenvectors (each up to its sign), which need not
 * be kept: by Householder's reflections to a tridiagonal matrix, then QL steps with implicit shifts (Golub & Van Loan 2013, sections 8.3.1 and
 * 8.3.5). Takes about 4/3 n^3 multiplications.
 * @param matrix n x n, row by row; not changed
 * @throws {RangeError} if it is not square or not finite, or the vector of another length
 */
export function eigenComponents(
  matrix: Float64Array,
  vector: Float64Array,
): { readonly values: Float64Array; readonly components: Float64Array } {
  const n = Math.round(Math.sqrt(matrix.length));
  if (n * n !== matrix.length) throw new RangeError(`symmetricEigenvalues: ${matrix.length} entries are not a square matrix`);
  if (vector.length !== n) throw new RangeError(`eigenComponents: a vector of ${vector.length} numbers for ${n} eigenvectors`);
  const components = vector.slice();
  const { diagonal, beside } = tridiagonalise(matrix.slice(), components, n);
  // Entries beside the diagonal that are rounding of the whole matrix: where nothing varies, no others may be left.
  const rounding = Number.EPSILON * matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  for (let l = 0; l < n; l++) separate(l, diagonal, beside, components, rounding);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i]);
  return { values: Float64Array.from(order, (i) => diagonal[i]), components: Float64Array.from(order, (i) => components[i]) };
}

/**
 * Eigenvectors of a symmetric matrix, in the order of `symmetricEigenvalues`: entry j of eigenvector i is at [i * n + j]. Each has length 1, and its largest
 * entry (the first of equal ones) is positive.
 * @param matrix n x n, row by row; not changed
 * @throws {RangeError} as `eigenComponents`
 */
export function symmetricEigenvectors(matrix: Float64Array): Float64Array {
  const n = Math.round(Math.sqrt(matrix.length));
  const vectors = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    // Signs and order follow from the matrix alone, so the components of all axes fit together.
    const { components } = eigenComponents(
      matrix,
      Float64Array.from({ length: n }, (_, k) => (k === j ? 1 : 0)),
    );
    for (let i = 0; i < n; i++) vectors[i * n + j] = components[i];
  }
  for (let i = 0; i < n; i++) {
    const vector = vectors.subarray(i * n, (i + 1) * n);
    let largest = 0;
    for (let j = 1; j < n; j++) if (Math.abs(vector[j]) > Math.abs(vector[largest]) + 1e-12) largest = j;
    if (vector[largest] < 0) for (let j = 0; j < n; j++) vector[j] = -vector[j];
  }
  return vectors;
}

/** Reflects the matrix, which is overwritten, and a vector with it. @returns the diagonal and the entries beside it, then 0 */
function tridiagonalise(a: Float64Array, vector: Float64Array, n: number) {
  const [diagonal, beside] = [new Float64Array(n), new Float64Array(n)];
  const [mirror, product] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    if (k === n - 1) break;
    let square = 0;
    for (let i = k + 1; i < n; i++) square += a[i * n + k] * a[i * n + k];
    const first = a[(k + 1) * n + k];
    const target = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[k] = target;
    // 2 / |v|^2 of the mirror v = x - target e.
    const norm = square - target * first;
    if (!(norm > 0)) continue;
    for (let i = k + 1; i < n; i++) mirror[i] = a[i * n + k];
    mirror[k + 1] -= target;
    let [along, ofVector] = [0, 0];
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j] * mirror[j];
      product[i] = sum / norm;
      along += product[i] * mirror[i];
      ofVector += vector[i] * mirror[i];
    }
    const half = along / (2 * norm);
    for (let i = k + 1; i < n; i++) {
      product[i] -= half * mirror[i];
      vector[i] -= (ofVector / norm) * mirror[i];
    }
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) a[i * n + j] -= mirror[i] * product[j] + product[i] * mirror[j];
    }
  }
  return { diagonal, beside };
}

/** QL steps until the eigenvalue at `l` is separated; each rotates the vector too. @throws {RangeError} if it does not converge */
function separate(l: number, diagonal: Float64Array, beside: Float64Array, vector: Float64Array, rounding: number): void {
  const n = diagonal.length;
  for (let step = 0; step < mostSteps; step++) {
    let m = l;
    while (
      m < n - 1 &&
      !(Math.abs(beside[m]) <= Math.max(rounding, Number.EPSILON * (Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]))))
    )
      m++;
    if (m === l) return;
    const middle = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
    const root = Math.sqrt(middle * middle + 1);
    let g = diagonal[m] - diagonal[l] + beside[l] / (middle + (middle >= 0 ? root : -root));
    let [s, c, p] = [1, 1, 0];
    let i = m - 1;
    for (; i >= l; i--) {
      const f = s * beside[i];
      const b = c * beside[i];
      const r = Math.sqrt(f * f + g * g);
      beside[i + 1] = r;
      if (r === 0) break;
      s = f / r;
      c = g / r;
      g = diagonal[i + 1] - p;
      const t = (diagonal[i] - g) * s + 2 * c * b;
      p = s * t;
      diagonal[i + 1] = g + p;
      g = c * t - b;
      const [one, two] = [vector[i], vector[i + 1]];
      vector[i + 1] = s * one + c * two;
      vector[i] = c * one - s * two;
    }
    beside[m] = 0;
    if (i >= l) diagonal[i + 1] -= p;
    else {
      diagonal[l] -= p;
      beside[l] = g;
    }
  }
  throw new RangeError('eigenComponents: the matrix is not finite');
}
