import { describe, expect, it } from 'vitest';
import { pairwiseInvasibility, selectionGradient, singularPoints } from '../../../src/analysis/lab/invasion.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../../src/habitat/landscape/landscape.ts';

const compete = (capacity: number, competition: number, growth = 1) =>
  makeLandscape('competition', 1, { capacity, competition, growth }, 's');

/** Invasion fitness s(y, x) as a landscape, x the mean of those met. */
function landscapeOf(s: (y: number, x: number) => number, slope: (y: number, x: number) => number): Landscape {
  let resident = 0;
  return {
    dimensions: 1,
    meet(genomes, count, stride) {
      resident = 0;
      for (let row = 0; row < count; row++) resident += genomes[row * stride] / count;
    },
    logFitness: (genomes, at) => s(genomes[at], resident),
    gradient(genomes, at, out, outAt = 0) {
      out[outAt] = slope(genomes[at], resident);
    },
  };
}

describe('pairwiseInvasibility', () => {
  it('is the mutant’s log fitness less the resident’s, where all are residents', () => {
    const [capacity, width, growth] = [1.2, 0.7, 0.9];
    const { traits, fitness } = pairwiseInvasibility(compete(capacity, width, growth), -2, 2, 9);
    expect([...traits]).toEqual([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]);
    const start = Math.exp(growth) - 1;
    const load = (y: number, x: number) => Math.exp(-((y - x) ** 2) / (2 * width ** 2) + y ** 2 / (2 * capacity ** 2));
    for (const [row, x] of traits.entries()) {
      for (const [column, y] of traits.entries()) {
        const s = Math.log((1 + start * load(x, x)) / (1 + start * load(y, x)));
        expect(fitness[row * 9 + column]).toBeCloseTo(s, 12);
      }
      expect(fitness[row * 9 + row]).toBe(0);
    }
  });

  it('refuses what it cannot draw', () => {
    const landscape = compete(1, 1);
    expect(() => pairwiseInvasibility(makeLandscape('bowl', 2, {}, 's'), 0, 1, 5)).toThrow(
      'must have one trait (got 2 dimensions)',
    );
    expect(() => pairwiseInvasibility(landscape, 1, 1, 5)).toThrow('traits from 1 to 1; give a lower and a higher one');
    expect(() => pairwiseInvasibility(landscape, 0, 1, 1)).toThrow('1 traits; give at least 2');
  });
});

describe('singularPoints', () => {
  it.each([
    [1, 0.5, 1],
    [1, 2, 1],
    [2, 1.9, 0.2],
  ])('competition with capacity %d, kernel %d: stable and branching as the theory says', (capacity, width, growth) => {
    const landscape = compete(capacity, width, growth);
    const [point, ...more] = singularPoints(landscape, -3, 2.5, 40);
    expect(more).toEqual([]);
    expect(Math.abs(point.trait)).toBeLessThan(1e-12);
    // From Dieckmann & Doebeli (1999), times 1 - e^-growth for Beverton and Holt's form.
    const strength = 1 - Math.exp(-growth);
    expect(point.mutantCurvature).toBeCloseTo(strength * (width ** -2 - capacity ** -2), 6);
    expect(point.gradientSlope).toBeCloseTo(-strength * capacity ** -2, 6);
    expect(point.convergenceStable).toBe(true);
    expect(point.evolutionarilyStable).toBe(width > capacity);
    expect(point.branching).toBe(width < capacity);
    // s_xx = s_yy - 2 (s_yy + s_xy) > 0 and s_xx + s_yy > 0.
    const resident = point.mutantCurvature - 2 * point.gradientSlope;
    expect([point.invades, point.mutuallyInvasible]).toEqual([resident > 0, resident + point.mutantCurvature > 0]);
    expect(selectionGradient(landscape, 0.7)).toBeCloseTo(-strengthAt(0.7, capacity, growth) * 0.7, 12);
  });

  // All eight signs of Geritz et al.'s figure 2: s = a (y - t)^2 / 2 + c (x - t)^2 / 2 - (a + c)(x - t)(y - t) / 2, which is 0 at
  // y = x.
  it.each([
    [-2, 1],
    [-1, 2],
    [-1, -0.5],
    [-0.5, -1],
    [1, 2],
    [2, 1],
    [1, -2],
    [1, -0.5],
  ])('with s_yy = %d and s_xx = %d it tells the kinds apart', (a, c) => {
    const t = 0.3;
    const landscape = landscapeOf(
      (y, x) => (a * (y - t) ** 2 + c * (x - t) ** 2 - (a + c) * (x - t) * (y - t)) / 2,
      (y, x) => a * (y - t) - ((a + c) * (x - t)) / 2,
    );
    const [point] = singularPoints(landscape, -1, 1, 10);
    expect(point.trait).toBeCloseTo(t, 12);
    expect(point.mutantCurvature).toBeCloseTo(a, 9);
    expect(point.gradientSlope).toBeCloseTo((a - c) / 2, 9);
    expect(point).toMatchObject({
      evolutionarilyStable: a < 0,
      convergenceStable: c > a,
      invades: c > 0,
      mutuallyInvasible: a + c > 0,
      branching: a > 0 && c > a,
    });
  });

  it('finds each of several, also on the grid, and none where there is none', () => {
    const slope = (x: number) => (x + 1) * x * (x - 0.73);
    const cubic = landscapeOf(
      (y) => y,
      (_y, x) => slope(x),
    );
    const found = singularPoints(cubic, -2, 2, 9);
    expect(found.map(({ trait }) => trait)).toEqual([-1, 0, expect.closeTo(0.73, 12)]);
    expect(found.map(({ convergenceStable }) => convergenceStable)).toEqual([false, true, false]);
    const touching = landscapeOf(
      (y) => y,
      (_y, x) => x * x,
    );
    expect(singularPoints(touching, -1, 1, 5)).toEqual([]);
    expect(singularPoints(makeLandscape('linear', 1, {}, 's'), -1, 1, 5)).toEqual([]);
  });

  it('hawk and dove: the mixed strategy V / C', () => {
    const [point, ...more] = singularPoints(makeLandscape('hawk-dove', 1, { value: 1, cost: 4 }, 's'), -5, 5, 20);
    expect(more).toEqual([]);
    expect(1 / (1 + Math.exp(-point.trait))).toBeCloseTo(1 / 4, 12);
    expect(point.convergenceStable).toBe(true);
    // Against it every strategy earns the same.
    expect(Math.abs(point.mutantCurvature)).toBeLessThan(1e-9);
  });
});

function strengthAt(x: number, capacity: number, growth: number): number {
  const load = (Math.exp(growth) - 1) * Math.exp(x ** 2 / (2 * capacity ** 2));
  return load / (1 + load) / capacity ** 2;
}
