import type { NamedStream } from './streams.ts';

/**
 * A random orthogonal matrix, dimensions x dimensions, row by row: uniform over all rotations, reflections included (Haar's
 * measure). Built of Householder reflections of normal vectors, after Stewart (1980), SIAM J. Numer. Anal. 17: 403-409; rows are
 * orthonormal to about 1e-15 sqrt(dimensions). Draws dimensions (dimensions + 1) / 2 normals; time grows with dimensions^3.
 */
export function randomRotation(dimensions: number, stream: NamedStream): Float64Array {
  const d = dimensions;
  const rows = new Float64Array(d * d);
  const x = new Float64Array(d);
  const signs = new Float64Array(d);
  for (let i = 0; i < d; i++) rows[i * d + i] = 1;
  for (let first = 0; first < d; first++) {
    let square = 0;
    for (let k = first; k < d; k++) {
      x[k] = stream.normal();
      square += x[k] * x[k];
    }
    // The reflection that takes x to its first axis; its sign is the one that adds, so that nothing cancels.
    const sign = x[first] < 0 ? -1 : 1;
    signs[first] = -sign;
    const axis = x[first];
    x[first] += sign * Math.sqrt(square);
    const scale = 2 / (square - axis * axis + x[first] * x[first]);
    for (let row = 0; row < d; row++) {
      const at = row * d;
      let sum = 0;
      for (let k = first; k < d; k++) sum += rows[at + k] * x[k];
      sum *= scale;
      for (let k = first; k < d; k++) rows[at + k] -= sum * x[k];
    }
  }
  // The reflection has put -sign times the vector into its column: once the signs are undone, the matrix is uniform.
  for (let row = 0; row < d; row++) for (let k = 0; k < d; k++) rows[row * d + k] *= signs[k];
  return rows;
}
