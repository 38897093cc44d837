import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../../src/math/eigenvalues.ts';
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
      for (let i = 0; i < n; i++) expect(Math.abs(found[i] - sorted[i])).toBeLessThan(1e-12 * Math.abs(sorted[0]));
    }
    expect([...symmetricEigenvalues(Float64Array.of(0, 0, 0, 0))]).toEqual([0, 0]);
  });

  it('are only of square matrices', () => {
    expect(() => symmetricEigenvalues(new Float64Array(3))).toThrow(RangeError);
  });
});
