import { describe, expect, it } from 'vitest';
import { landscapeForms } from '../../../src/habitat/landscape/forms.ts';
import { cases, gradientAt, length, makeMet, nameOf, numericGradient, points } from './cases.ts';

describe.each(cases.map((one) => [nameOf(one), one] as const))('%s', (_name, one) => {
  const landscape = makeMet(one);
  const { dimensions } = one;

  it('has the gradient that finite differences give', () => {
    const places = points(one, 20, 'gradient');
    let worst = 0;
    for (let i = 0; i < 20; i++) {
      const point = places.slice(i * dimensions, (i + 1) * dimensions);
      const exact = gradientAt(landscape, point);
      const numeric = numericGradient(landscape, point, 1e-3);
      const off = length(exact.map((x, k) => x - numeric[k]));
      // Flat ground has no length to compare with.
      worst = Math.max(worst, off === 0 ? 0 : off / length(exact));
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it('reads a genome wherever it begins and writes only its own numbers', () => {
    const point = points(one, 1, 'offset');
    const row = new Float64Array(dimensions + 5).fill(Number.NaN);
    row.set(point, 3);
    expect(landscape.logFitness(row, 3)).toBe(landscape.logFitness(point, 0));
    const out = new Float64Array(dimensions + 3).fill(7);
    landscape.gradient(row, 3, out, 2);
    expect(out.slice(2, -1)).toEqual(gradientAt(landscape, point));
    expect([out[0], out[1], out[dimensions + 2]]).toEqual([7, 7, 7]);
  });

  it('reads float32 and float64 rows alike, however far apart', () => {
    const narrow = Float32Array.from(points(one, 30, 'stride'));
    const stride = dimensions + 3;
    const wide = new Float32Array(30 * stride).fill(Number.NaN);
    for (let row = 0; row < 30; row++) wide.set(narrow.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
    const [a, b] = [makeMet(one), makeMet(one)];
    a.meet(Float64Array.from(narrow), 30, dimensions, 4);
    b.meet(wide, 30, stride, 4);
    for (let row = 0; row < 30; row++) {
      expect(b.logFitness(wide, row * stride)).toBe(a.logFitness(Float64Array.from(narrow), row * dimensions));
    }
  });

  it('has no slope at its optimum, and nothing near is higher', () => {
    if (landscape.optimum === undefined) return;
    const top = landscape.optimum();
    const point = points(one, 1, 'far');
    expect(length(gradientAt(landscape, top))).toBeLessThan(1e-12 * (1 + length(gradientAt(landscape, point))));
    const height = landscape.logFitness(top, 0);
    const steps = points(one, 50, 'near');
    for (let i = 0; i < 50; i++) {
      const near = top.map((x, k) => x + 0.01 * steps[i * dimensions + k]);
      expect(landscape.logFitness(near, 0)).toBeLessThan(height);
    }
    top.fill(99);
    expect(landscape.optimum()).not.toEqual(top);
  });
});

it('every form is among the cases', () => {
  expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(landscapeForms().map(({ id }) => id)));
});
