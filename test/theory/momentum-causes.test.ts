import { expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { landscapeMomentum, meadowMomentum } from './momentum-causes.ts';

it('a population that only its gradient moves has no momentum beside its expected differential', () => {
  const fits = Array.from({ length: 4 }, (_, k) => landscapeMomentum('none', `causes ${k}`, 60).expected);
  const known = fits.filter(({ identified }) => identified).map(({ momentum }) => momentum);
  expect(known.length).toBeGreaterThan(2);
  expect(Math.abs(mean(known)) / standardError(known)).toBeLessThan(4);
});

it('a small meadow is asked, of whose gradients momentum may not be identified', () => {
  const fit = meadowMomentum('migration', 'causes', 192, 1300, 80);
  expect(fit?.steps).toBe(14);
  expect(fit?.strength).toBeGreaterThan(0);
});
