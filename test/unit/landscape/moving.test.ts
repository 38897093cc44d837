import { describe, expect, it } from 'vitest';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../../src/habitat/landscape/landscape.ts';

const nobody = new Float64Array(0);
const placeAt = (landscape: Landscape, time: number) => {
  landscape.meet(nobody, 0, 1, time);
  return landscape.optimum?.() as Float64Array;
};
const make = (dimensions: number, parameters: object, seed = 's') => makeLandscape('moving', dimensions, parameters, seed);

describe('moving', () => {
  it('moves straight along the first locus', () => {
    const landscape = make(3, { path: 'line', speed: 0.5 });
    expect([...placeAt(landscape, 0)]).toEqual([0, 0, 0]);
    expect([...placeAt(landscape, 7)]).toEqual([3.5, 0, 0]);
    expect(landscape.logFitness(Float64Array.of(3.5, 2, 0), 0)).toBe(-2);
    expect(landscape.state).toBeUndefined();
  });

  it('goes round in a circle at its speed', () => {
    const landscape = make(3, { path: 'circle', speed: 0.25, radius: 2 });
    expect([...placeAt(landscape, 0)]).toEqual([2, 0, 0]);
    for (const time of [1, 10, 333.5, 1e9]) {
      const [x, y, z] = placeAt(landscape, time);
      expect(x * x + y * y).toBeCloseTo(4, 12);
      expect(z).toBe(0);
    }
    const [x, y] = placeAt(landscape, 3);
    expect(Math.atan2(y, x)).toBeCloseTo((3 * 0.25) / 2, 12);
    const period = (2 * Math.PI * 2) / 0.25;
    expect(placeAt(landscape, 5 * period + 3)[0]).toBeCloseTo(x, 10);
    expect(placeAt(make(1, { path: 'circle', radius: 3 }), 0)[0]).toBe(3);
  });

  it('walks at random, each step of the same root mean square length', () => {
    const d = 4;
    const landscape = make(d, { path: 'walk', speed: 0.3 });
    const steps = 4000;
    let square = 0;
    let before = placeAt(landscape, 0);
    for (let time = 1; time <= steps; time++) {
      const here = placeAt(landscape, time);
      square += here.reduce((sum, x, k) => sum + (x - before[k]) ** 2, 0);
      before = here;
    }
    // The sum of d steps squared standard normals each: relative standard error sqrt(2 / (d steps)).
    expect(Math.abs(square / steps / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(2 / (d * steps)));
  });

  it('walks the same way whether it is watched or not, back and forth, and from a state', () => {
    const walk = { path: 'walk', speed: 0.1 };
    const watched = make(5, walk);
    for (let time = 0; time < 60; time++) placeAt(watched, time);
    const there = placeAt(watched, 60);
    expect(placeAt(make(5, walk), 60)).toEqual(there);
    expect(placeAt(make(5, walk), 60.9)).toEqual(there);
    expect(placeAt(make(5, walk, 'other'), 60)).not.toEqual(there);
    placeAt(watched, 3);
    expect(placeAt(watched, 60)).toEqual(there);
    const restored = make(5, walk);
    restored.restore?.(JSON.parse(JSON.stringify(watched.state?.())));
    expect(restored.optimum?.()).toEqual(there);
    expect(placeAt(restored, 99)).toEqual(placeAt(watched, 99));
  });

  it('refuses times and states that are none', () => {
    const landscape = make(2, { path: 'walk' });
    expect(() => placeAt(landscape, -1)).toThrow("landscape 'moving': time must be 0 generations or more (got -1)");
    expect(() => placeAt(landscape, Number.NaN)).toThrow(RangeError);
    for (const state of [
      undefined,
      null,
      5,
      {},
      { time: 1, place: [0] },
      { time: -1, place: [0, 0] },
      { time: 1, place: [0, null] },
    ]) {
      expect(() => landscape.restore?.(state)).toThrow("landscape 'moving': not a state of a walk in 2 dimensions");
    }
  });
});
