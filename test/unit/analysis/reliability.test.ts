import { expect, it } from 'vitest';
import { correctedCosine, splitHalfReliability } from '../../../src/analysis/gradient/reliability.ts';

it('a cosine corrected for noise is never beyond 1, and none where nothing is reliable', () => {
  expect(correctedCosine(0.4, 0.5, 0.5)).toBeCloseTo(0.8, 12);
  expect(correctedCosine(0.9, 0.5, 0.5)).toBe(1);
  expect(correctedCosine(-0.9, 0.5, 0.5)).toBe(-1);
  expect(correctedCosine(0.9, Number.NaN, 0.5)).toBeNaN();
  expect(correctedCosine(0.9, 0.5, 0)).toBeNaN();
  expect(splitHalfReliability([1, 0], [0, 1]).whole).toBeNaN();
});
