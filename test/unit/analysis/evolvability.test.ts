import { expect, it } from 'vitest';
import { evolvability } from '../../../src/analysis/gains/evolvability.ts';

// Hansen & Houle 2008, J. Evol. Biol. 21: 1201: e = b' G b / |b|^2, c = |b|^2 / (b' G^-1 b).
it('is the variance along the gradient, and what is left of it where nothing else may change', () => {
  // G has variances 4 and 1 along (1, 1) and (1, -1), over the root of 2.
  const covariance = Float64Array.of(2.5, 1.5, 1.5, 2.5);
  const along = evolvability(covariance, Float64Array.of(3, 3));
  expect(along).toMatchObject({ dimensions: 2 });
  for (const value of [along.evolvability, along.conditional]) expect(value).toBeCloseTo(4, 12);
  const oblique = evolvability(covariance, Float64Array.of(1, 0));
  expect(oblique.evolvability).toBeCloseTo(2.5, 12);
  // G^-1 has the diagonal 2.5 / 4.
  expect(oblique.conditional).toBeCloseTo(4 / 2.5, 12);
  expect(oblique.share).toBeCloseTo(1, 12);
});

it('leaves directions out that hold less than a hundredth of the variance', () => {
  const covariance = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1e-6);
  const found = evolvability(covariance, Float64Array.of(0, 1, 1));
  expect(found.dimensions).toBe(2);
  expect(found.share).toBeCloseTo(0.5, 12);
  expect(found.conditional).toBeCloseTo(1, 12);
  expect(evolvability(new Float64Array(4), Float64Array.of(1, 1)).conditional).toBeNaN();
});
