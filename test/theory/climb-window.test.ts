import { describe, expect, it } from 'vitest';
import { ClimbLog } from '../../src/analysis/climb/climb-log.ts';
import { type CountedCensus, climbOfWindow } from '../../src/analysis/climb/climb-of-window.ts';
import { climbFisher, climbMomentum, climbPaths, climbPlane } from '../../src/analysis/climb/climb-over-time.ts';
import { lineOfDescent, projectLine } from '../../src/analysis/climb/line-of-descent.ts';
import { climbSentence } from '../../src/experiment/describe-climb.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { type NamedStream, namedStream } from '../../src/math/streams.ts';

const d = 5;
const ones = new Float64Array(d).fill(1);

/** Clades of organisms around clade means; fitness exp(b . z) times what chance gives. */
function census(
  tick: number,
  slopes: readonly number[],
  stream: NamedStream,
  clades = 40,
  each = 20,
): CountedCensus & { id: Float64Array } {
  const count = clades * each;
  const traits = new Float64Array(count * d);
  const [clade, descendants] = [new Float64Array(count), new Float64Array(count)];
  for (let c = 0; c < clades; c++) {
    const centre = Float64Array.from({ length: d }, () => 0.5 * stream.normal());
    for (let i = 0; i < each; i++) {
      const k = c * each + i;
      clade[k] = c;
      let score = 0;
      for (let l = 0; l < d; l++) {
        traits[k * d + l] = centre[l] + stream.normal();
        score += (slopes[l] ?? 0) * traits[k * d + l];
      }
      descendants[k] = Math.exp(score + 0.3 * stream.normal());
    }
  }
  return { tick, count, species: new Float64Array(count), clade, traits, descendants, id: Float64Array.from(clade, (_, k) => k) };
}

describe('the climb between two censuses', () => {
  it('finds a planted gradient, along which selection lies, and b G b of it', () => {
    const stream = namedStream('climb', 'planted');
    const slopes = [0.2, -0.1, 0, 0.1, 0];
    const norm = Math.sqrt(0.06);
    const runs = Array.from({ length: 30 }, (_, r) => {
      const [opened, closed] = [census(0, slopes, stream), census(100, slopes, stream)];
      return climbOfWindow(opened, closed, d, ones, Float64Array.from(slopes), namedStream(`${r}`, 'halves'));
    });
    const cosines = runs.map(
      ({ gradient }) => gradient.reduce((sum, b, l) => sum + (b * slopes[l]) / norm, 0) / Math.hypot(...gradient),
    );
    expect(mean(cosines)).toBeGreaterThan(0.95);
    // Log fitness is linear in normal traits, so that relative fitness regresses on them with the same slopes (Lande & Arnold 1983). G is (1 + 1/4) I;
    // the ridge of 0.05 mean variances takes 1/21 of each estimate.
    const expected = (1.25 * norm * norm) / (1.05 * 1.05);
    const variance = runs.map(({ additiveVariance }) => additiveVariance);
    expect(Math.abs(mean(variance) - expected)).toBeLessThan(4 * standardError(variance));
    for (const { selection, throughG } of runs) {
      expect(selection.percentile).toBeGreaterThan(0.95);
      expect(throughG).toBeGreaterThan(0.5);
    }
  });

  it('says nothing of where there is none: percentiles of selection and of change are uniform', () => {
    const stream = namedStream('climb', 'none');
    const percentiles = { selection: [] as number[], change: [] as number[] };
    const gains: number[] = [];
    for (let r = 0; r < 200; r++) {
      const [opened, closed] = [census(0, [], stream, 40, 5), census(100, [], stream, 40, 5)];
      const earlier = Float64Array.from({ length: d }, () => stream.normal());
      const { selection, steps, additiveVariance } = climbOfWindow(
        opened,
        closed,
        d,
        ones,
        earlier,
        namedStream(`${r}`, 'halves'),
      );
      percentiles.selection.push(selection.percentile);
      percentiles.change.push(steps[0].step.percentile);
      gains.push(additiveVariance);
    }
    // Kolmogorov and Smirnov: 1.95 / sqrt(n) is the bound of p = 0.001.
    for (const values of Object.values(percentiles)) {
      const sorted = values.toSorted((a, b) => a - b);
      const gap = Math.max(...sorted.map((p, k) => Math.max(Math.abs(p - k / 200), Math.abs(p - (k + 1) / 200))));
      expect(gap).toBeLessThan(1.95 / Math.sqrt(200));
    }
    // Of one estimate the square would be above 0; of halves the product is not.
    expect(Math.abs(mean(gains))).toBeLessThan(4 * standardError(gains));
  });

  it('has no gradient where clades are few, and then no number that is not known to be none', () => {
    const stream = namedStream('climb', 'few');
    const window = climbOfWindow(census(0, [0.2], stream, 7, 50), census(10, [0.2], stream), d, ones, undefined, stream);
    expect(window.gradient).toHaveLength(0);
    expect(window.steps).toEqual([]);
    expect(window.selection.cosine).toBeNaN();
    expect(window.additiveVariance).toBeNaN();
    expect(window.displacement.every(Number.isFinite)).toBe(true);
    expect(climbPlane([window])).toBeUndefined();
  });
});

describe('the climb over time', () => {
  const slopes = [0.2, -0.1, 0, 0.1, 0];
  const log = new ClimbLog('line', d, 'seed');
  const stream = namedStream('climb', 'time');
  const censuses = Array.from({ length: 16 }, (_, c) => census(100 * c, slopes, stream));
  for (const [c, opened] of censuses.slice(0, -1).entries()) log.add(opened, censuses[c + 1]);

  it('is the same again from the same seed, and other halves from another', () => {
    const again = new ClimbLog('line', d, 'seed');
    const other = new ClimbLog('line', d, 'other');
    for (const [c, opened] of censuses.slice(0, -1).entries()) {
      again.add(opened, censuses[c + 1]);
      other.add(opened, censuses[c + 1]);
    }
    expect(again.windows).toEqual(log.windows);
    expect(other.windows).not.toEqual(log.windows);
  });

  it('has a plane of unit vectors at right angles, paths on it from the origin, and an account of every window but the last', () => {
    const plane = climbPlane(log.windows);
    if (!plane) throw new Error('no plane');
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, l) => sum + value * b[l], 0);
    expect(dot(plane.up, plane.up)).toBeCloseTo(1, 12);
    expect(dot(plane.aside, plane.aside)).toBeCloseTo(1, 12);
    expect(dot(plane.up, plane.aside)).toBeCloseTo(0, 10);
    const [whole, species] = climbPaths(log.windows, plane);
    expect(whole.points[0]).toMatchObject({ tick: 0, up: 0, aside: 0 });
    expect(whole.points).toHaveLength(16);
    expect(species.species).toBe(0);
    const accounts = climbFisher(log.windows);
    expect(accounts.slice(0, -1).every(({ change }) => change === 0)).toBe(true);
    expect(accounts.at(-1)?.change).toBeNaN();
  });

  it('follows a line back by the names of clades, and holds it against the gradient of the window before', () => {
    // Every clade descends from the organism of its number.
    const places = lineOfDescent(censuses, 777);
    expect(places).toHaveLength(16);
    expect(places[15]).toEqual({ census: 15, row: 777 });
    expect(places[14]).toEqual({ census: 14, row: 38 });
    expect(places[13]).toEqual({ census: 13, row: 1 });
    const steps = projectLine(censuses, places, log, d, stream);
    expect(steps).toHaveLength(14);
    expect(steps[0].from).toBe(100);
    expect(steps.every(({ step }) => Math.abs(step.cosine) <= 1 && step.low < step.high)).toBe(true);
    expect(() => lineOfDescent(censuses, 5000)).toThrow('organism 5000 is not in the census of tick 1500');
  });

  it('has a momentum once windows are many and follow each other, or says that it is not identified', () => {
    expect(climbMomentum(log.windows.slice(0, 13))).toBeUndefined();
    expect(climbMomentum(log.windows)?.steps).toBe(13);
    expect(climbMomentum(log.windows.filter((_, w) => w !== 7))).toBeUndefined();
    const fit = climbMomentum(log.windows);
    if (!fit?.identified) expect(fit?.momentum).toBeNaN();
    else expect(fit.low <= fit.momentum && fit.momentum <= fit.high).toBe(true);
    const told = climbSentence({ population: 'x', windows: log.windows, momentum: fit });
    expect(told).toContain(
      fit?.identified ? 'by the gradient of two windows before' : 'momentum is not identified: over 13 windows',
    );
  });
});
