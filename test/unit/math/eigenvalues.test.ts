import { describe, expect, it } from 'vitest';
import { eigenComponents, symmetricEigenvalues } from '../../../src/math/eigenvalues.ts';
import { randomRotation } from '../../../src/math/random-rotation.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('symmetricEigenvalues', () => {
  it('are those that a rotated diagonal was made of', () => {
    for (const wanted of [[3], [5, -1], [7, 2, 2, 0, -4], Array.from({ length: 30 }, (_, i) => 10 ** (-i / 3))]) {
      const n = wanted.length;
      const rotation = randomRotation(n, namedStream('eigenvalues', String(n)));
      const matrix = new Float64Array(n * n);
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++)
          for (let k = 0; k < n; k++) matrix[a * n + b] += rotation[k * n + a] * wanted[k] * rotation[k * n + b];
      const found = symmetricEigenvalues(matrix);
      const sorted = wanted.toSorted((x, y) => y - x);
      // Rows of the rotation are the eigenvectors; where eigenvalues are alike, only the length in their plane is known.
      const vector = Float64Array.from({ length: n }, (_, i) => i - 1.5);
      const { components } = eigenComponents(matrix, vector);
      for (const value of new Set(wanted)) {
        const own = wanted.flatMap((one, k) => (one === value ? [k] : []));
        const along = own.map((k) => vector.reduce((sum, entry, a) => sum + rotation[k * n + a] * entry, 0));
        const at = sorted.flatMap((one, i) => (one === value ? [i] : []));
        const square = (some: readonly number[]) => some.reduce((sum, entry) => sum + entry * entry, 0);
        if (Math.abs(value) > 1e-3 * Math.abs(sorted[0])) {
          expect(square(at.map((i) => components[i]))).toBeCloseTo(square(along), 8);
        }
      }
      for (let i = 0; i < n; i++) expect(Math.abs(found[i] - sorted[i])).toBeLessThan(1e-12 * Math.abs(sorted[0]));
    }
    expect([...symmetricEigenvalues(Float64Array.of(0, 0, 0, 0))]).toEqual([0, 0]);
  });

  it('are found where most directions do not vary', () => {
    const [n, rows] = [60, 3];
    const stream = namedStream('eigenvalues', 'few rows');
    const drawn = Float64Array.from({ length: rows * n }, () => stream.normal());
    const matrix = new Float64Array(n * n);
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) for (let k = 0; k < rows; k++) matrix[a * n + b] += drawn[k * n + a] * drawn[k * n + b];
    const found = symmetricEigenvalues(matrix);
    const trace = found.reduce((sum, value) => sum + value, 0);
    expect(trace / drawn.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 10);
    for (const value of found.subarray(rows)) expect(Math.abs(value)).toBeLessThan(1e-12 * found[0]);
  });

  it('are only of square matrices', () => {
    expect(() => symmetricEigenvalues(new Float64Array(3))).toThrow(RangeError);
  });
});
