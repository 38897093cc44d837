import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { landscapeForms, makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import type { SampledLandscape } from '../../../src/habitat/landscape/landscape.ts';
import { cases, gradientAt, makeMet, nameOf, points } from './cases.ts';

const refusal = (id: string, dimensions: number, parameters: unknown): string => {
  try {
    makeLandscape(id, dimensions, parameters, 'seed');
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message;
  }
  return 'made';
};

describe('forms', () => {
  it('say all about themselves and their parameters', () => {
    for (const form of landscapeForms()) {
      expect(form.id).toMatch(/^[a-z][a-z-]*$/);
      for (const text of [form.title, form.summary, form.source]) expect(text.length).toBeGreaterThan(3);
      for (const field of Object.values(form.parameters.shape as Record<string, z.ZodType>)) {
        const text = field.meta() as Record<string, unknown>;
        expect(Object.keys(text)).toEqual(expect.arrayContaining(['title', 'description', 'unit', 'live']));
      }
      // Every field has a default, and JSON Schema can say what may stand there.
      expect(form.parameters.parse({})).toBeTypeOf('object');
      expect(z.toJSONSchema(form.parameters).type).toBe('object');
    }
  });

  it('are made of their defaults', () => {
    for (const form of landscapeForms()) {
      const dimensions = form.dimensionsOf?.(form.parameters.parse({})) ?? form.range?.[1] ?? 20;
      const landscape = makeLandscape(form.id, Math.min(dimensions, 60), {}, 'seed');
      expect(landscape.dimensions).toBe(Math.min(dimensions, 60));
    }
  });

  it.each([
    ['nowhere', 2, {}, "no landscape 'nowhere'; known: linear, bowl,"],
    ['bowl', 2, { width: -1 }, "landscape 'bowl': width is -1; give at least 0.001"],
    ['bowl', 2, { width: 'x'.repeat(99) }, 'width is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; give a number'],
    ['bowl', 2, { width: 0, centre: 'a' }, '(and 1 more)'],
    ['bowl', 2, { wdth: 1 }, `landscape 'bowl': unrecognized key: "wdth"; it has width, centre`],
    ['rugged', 6, { partners: 1.5 }, "landscape 'rugged': partners is 1.5; give a whole number"],
    ['bowl', 2, 7, "landscape 'bowl': parameters: give an object"],
    ['bowl', 0, {}, "landscape 'bowl': 0 dimensions; give a whole number from 1 to 65536"],
    ['bowl', 1.5, {}, '1.5 dimensions'],
    ['valley', 5000, {}, 'give a whole number from 1 to 2048'],
    ['competition', 4, {}, "landscape 'competition': 4 dimensions; give a whole number from 1 to 3"],
    ['rugged', 3, { partners: 3 }, "landscape 'rugged': 3 partners among 3 dimensions; give at most 2"],
    ['iris', 20, {}, "landscape 'iris': 20 dimensions; with these parameters it has 35"],
    ['hawk-dove', 2, {}, "landscape 'hawk-dove': 2 dimensions; with these parameters it has 1"],
    ['hawk-dove', 1, { cost: 10 }, "landscape 'hawk-dove': fitness base + strength x payoff falls to 1 + 0.5 x -4.5; raise base"],
    [
      'game',
      3,
      {
        payoffs: [
          [1, 2, 3],
          [1, 2],
          [1, 2, 3],
        ],
      },
      "'game': payoffs has 3 rows, but row 1 has 2 entries; give 3",
    ],
    ['game', 1, { payoffs: [[1]] }, 'payoffs.0 is [1]; give at least 2 entries (and 1 more)'],
    ['moving', 2, { path: 'spiral' }, 'path is "spiral"; give one of'],
  ])('%s of %d dimensions with %j is refused', (id, dimensions, parameters, line) => {
    const said = refusal(id, dimensions, parameters);
    expect(said).toContain(line);
    expect(said).not.toContain('\n');
  });

  it.each(cases.map((one) => [nameOf(one), one] as const))('%s: a seed gives the same ground again', (_name, one) => {
    const point = points(one, 1, 'seed');
    const same = [makeMet(one), makeMet(one)].map((landscape) => landscape.logFitness(point, 0));
    expect(same[0]).toBe(same[1]);
    expect(gradientAt(makeMet(one), point)).toEqual(gradientAt(makeMet(one), point));
    const random =
      ['valley', 'peaks', 'rugged', 'regression'].includes(one.id) ||
      'direction' in one.parameters ||
      ('path' in one.parameters && one.parameters.path === 'walk');
    // With one locus a rotation is 1 or -1, which a valley does not show.
    if (one.id === 'valley' && one.dimensions === 1) return;
    expect(makeMet(one, 'another').logFitness(point, 0) === same[0]).toBe(!random);
  });
});

describe('the shape of the ground', () => {
  it('a regression is the mean over its rows, near its optimum and far', () => {
    const landscape = makeLandscape('regression', 5, { rows: 40 }, 's') as SampledLandscape;
    const rows = Int32Array.from({ length: 40 }, (_, row) => row);
    const [all, exact] = [new Float64Array(5), new Float64Array(5)];
    const best = landscape.optimum?.() as Float64Array;
    for (const far of [0.001, 1, 30]) {
      const place = best.map((value, l) => value + far * (l - 1.5));
      expect(landscape.logFitness(place, 0) / landscape.sampled(place, 0, rows, all)).toBeCloseTo(1, 12);
      landscape.gradient(place, 0, exact);
      for (let l = 0; l < 5; l++) expect(Math.abs(exact[l] - all[l])).toBeLessThan(1e-11 * (1 + far));
    }
    expect(makeLandscape('regression', 5, { rows: 6 }, 's').optimum).toBeUndefined();
  });

  it('a slope rises at the rate asked for, whichever way', () => {
    for (const direction of ['diagonal', 'first', 'random']) {
      const rise = gradientAt(makeLandscape('linear', 9, { slope: 2.5, direction }, 's'), new Float64Array(9));
      expect(rise.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(6.25, 12);
      if (direction === 'first') expect([...rise]).toEqual([2.5, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
  });

  it('a bowl is -|z - centre|^2 / (2 width^2)', () => {
    const bowl = makeLandscape('bowl', 2, { width: 2, centre: 1 }, 's');
    expect(bowl.logFitness(Float64Array.of(4, -3), 0)).toBe(-25 / 8);
    expect([...(bowl.optimum?.() ?? [])]).toEqual([1, 1]);
  });

  it('a valley has the curvatures asked for, askew to all loci', () => {
    const d = 12;
    const valley = makeLandscape('valley', d, { width: 2, condition: 5000, centre: 3 }, 'seed');
    const minusHessian = Array.from({ length: d }, (_, k) => {
      const point = new Float64Array(d).fill(3);
      point[k] += 1;
      return [...gradientAt(valley, point)].map((x) => -x);
    });
    const found = eigenvalues(minusHessian).sort((a, b) => a - b);
    const asked = Array.from({ length: d }, (_, i) => 5000 ** (i / (d - 1)) / 4);
    for (let i = 0; i < d; i++) expect(found[i] / asked[i]).toBeCloseTo(1, 9);
    const diagonal = minusHessian.map((row, i) => row[i]);
    expect(Math.max(...diagonal) / Math.min(...diagonal)).toBeLessThan(50);
  });

  it('peaks are the logarithm of a sum of Gaussians', () => {
    const alone = makeLandscape('peaks', 3, { peaks: 1, width: 2, spread: 5 }, 'seed');
    const top = alone.optimum?.() as Float64Array;
    expect(alone.logFitness(top, 0)).toBe(0);
    expect(alone.logFitness(Float64Array.of(top[0] + 2, top[1], top[2]), 0)).toBeCloseTo(-0.5, 12);
    // In one dimension, far apart: each peak can be seen by itself, at its own height.
    const three = makeLandscape('peaks', 1, { peaks: 3, width: 0.01, spread: 10, drop: 4 }, 'seed');
    const heights: number[] = [];
    for (let x = -40; x < 40; x += 0.005) {
      const here = three.logFitness(Float64Array.of(x), 0);
      const beside = [x - 0.005, x + 0.005].map((y) => three.logFitness(Float64Array.of(y), 0));
      if (here >= beside[0] && here > beside[1]) heights.push(here);
    }
    heights.sort((a, b) => b - a);
    expect(heights).toHaveLength(3);
    for (let i = 0; i < 3; i++) expect(Math.abs(heights[i] + 2 * i)).toBeLessThan(0.05);
    expect(three.logFitness(three.optimum?.() as Float64Array, 0)).toBeCloseTo(0, 12);
    // Farther away than exp can tell there is still a way up.
    expect(gradientAt(three, Float64Array.of(1e4))[0]).toBeLessThan(0);
  });
});

/** Eigenvalues of a symmetric matrix by Jacobi's rotations. */
function eigenvalues(matrix: number[][]): number[] {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue;
        const theta = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
        const [c, s] = [Math.cos(theta), Math.sin(theta)];
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
      }
    }
  }
  return a.map((row, i) => row[i]);
}

it('valleys of many loci cost nothing before they are looked at: scenes are checked more often than worlds are made', () => {
  // A rotation of 2,048 loci takes some ten seconds.
  for (let k = 0; k < 50; k++) expect(makeLandscape('valley', 2048, {}, String(k)).dimensions).toBe(2048);
});
