import { describe, expect, test } from 'vitest';
import { expectedResponse } from '../../../src/analysis/lab/expected-response.ts';
import { geneticCovariance } from '../../../src/analysis/lab/genetic-covariance.ts';
import { gradientWay } from '../../../src/analysis/lab/gradient-way.ts';
import { mainDirection } from '../../../src/analysis/lab/main-direction.ts';
import { contourInterval, contourSegments } from '../../../src/analysis/lab/marching-squares.ts';
import { MeanPath } from '../../../src/analysis/lab/mean-path.ts';
import { StepWindow } from '../../../src/analysis/lab/step-window.ts';
import { axisSteps, roundDown } from '../../../src/app/instruments/landscape/axis-steps.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { GenomePlane } from '../../../src/worker/landscape/genome-plane.ts';

const dotOf = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

describe('main direction', () => {
  const dimensions = 6;
  const stream = namedStream('main', 'direction');
  const axis = Float64Array.from({ length: dimensions }, () => stream.normal());
  const values = Float64Array.from({ length: 400 * 8 }, (_, i) => stream.normal() * (1 + (i % 8)));
  const genomes = { values, count: 400, stride: 8, dimensions };

  test('is orthogonal to the axis, of length 1, and no direction across the axis varies more', () => {
    const direction = mainDirection(genomes, axis);
    expect(dotOf(direction, direction)).toBeCloseTo(1, 12);
    expect(dotOf(direction, axis)).toBeCloseTo(0, 9);
    const covariance = geneticCovariance(genomes);
    const variance = (v: ArrayLike<number>) =>
      Array.from(
        { length: dimensions },
        (_, a) => v[a] * dotOf(covariance.subarray(a * dimensions, (a + 1) * dimensions), v),
      ).reduce((sum, value) => sum + value, 0);
    const best = variance(direction);
    for (let trial = 0; trial < 500; trial++) {
      const other = Float64Array.from(direction, (value) => value + 0.3 * stream.normal());
      const share = dotOf(other, axis) / dotOf(axis, axis);
      const across = other.map((value, i) => value - share * axis[i]);
      const length = Math.sqrt(dotOf(across, across));
      expect(variance(across.map((value) => value / length))).toBeLessThanOrEqual(best * (1 + 1e-4));
    }
  });

  test('is some direction across the axis where nothing varies, and 0 in one dimension', () => {
    const still = { ...genomes, values: new Float64Array(values.length) };
    const direction = mainDirection(still, axis);
    expect(dotOf(direction, direction)).toBeCloseTo(1, 12);
    expect(dotOf(direction, axis)).toBeCloseTo(0, 9);
    expect([...mainDirection({ ...genomes, dimensions: 1 }, [2])]).toEqual([0]);
  });
});

describe('the window of steps', () => {
  const gradient = Float64Array.from([3, 4]);
  const push = (window: StepWindow, step: number[], expected = 0.1) =>
    window.push({ step: Float64Array.from(step), gradient, response: Float64Array.from([1, 0]), expected, gain: 0.5 });

  test('tells means, cosines of single steps without those of 0, and that of all steps together', () => {
    const window = new StepWindow(2, 4, 3);
    for (let i = 0; i < 12; i++)
      push(
        window,
        [
          [0.3, 0.4],
          [0.4, -0.3],
          [0, 0],
          [0.4, -0.3],
        ][i % 4],
      );
    expect(window.mean('along').value).toBeCloseTo(0.5 / 4, 12);
    expect(window.mean('expected').value).toBeCloseTo(0.1, 12);
    expect(window.mean('expectedGain').value).toBeCloseTo(0.5, 12);
    expect(window.mean('gain').value).toBeCloseTo(0.5, 12);
    expect(window.cosineOfSteps('gradient').value).toBeCloseTo(1 / 3, 12);
    const together = [1.1, -0.2];
    expect(window.cosineTogether('gradient').value).toBeCloseTo((3 * 1.1 - 4 * 0.2) / 5 / Math.hypot(...together), 12);
    expect(window.cosineTogether('response').value).toBeCloseTo(1.1 / Math.hypot(...together), 12);
    // All blocks are alike.
    expect(window.mean('along').error).toBeCloseTo(0, 12);
    expect([...window.meanStep()].map((value) => value * 4)).toEqual([expect.closeTo(1.1), expect.closeTo(-0.2)]);
  });

  test('its error is that of a mean of independent blocks, and old steps leave it', () => {
    const window = new StepWindow(2, 1, 50);
    const stream = namedStream('steps', 'window');
    const along: number[] = [];
    for (let i = 0; i < 90; i++) {
      const size = stream.normal();
      along.push(size);
      push(window, [0.6 * size, 0.8 * size]);
    }
    const last = along.slice(-50);
    const mean = last.reduce((sum, value) => sum + value, 0) / 50;
    const deviation = Math.sqrt(last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 49);
    expect(window.steps).toBe(50);
    expect(window.mean('along').value).toBeCloseTo(mean, 10);
    expect(window.mean('along').error).toBeCloseTo(deviation / Math.sqrt(50), 10);
  });

  test('has nothing to tell before there are steps', () => {
    const window = new StepWindow(2);
    expect(window.mean('along')).toEqual({ value: Number.NaN, error: Number.NaN });
    push(window, [0, 0]);
    expect(window.cosineOfSteps('gradient').value).toBeNaN();
  });
});

test('theory expects of a tick what the models’ limits say', () => {
  const question = {
    habitat: {
      model: 'annealing',
      annealing: { rule: 'logistic', inverseTemperature: 4 },
      fixation: { size: 100, process: 'moran', by: 'formula' },
    },
    sigma: 0.1,
    slope: 3,
    variance: 0.6,
    size: 50,
  } as const;
  const of = (model: 'annealing' | 'fixation' | 'wright-fisher' | 'moran') =>
    expectedResponse({ ...question, habitat: { ...question.habitat, model } });
  expect(of('annealing')).toBeCloseTo(0.01 * 3, 12);
  expect(of('fixation')).toBeCloseTo(0.5 * 0.99 * 0.01 * 3, 12);
  expect(of('wright-fisher')).toBeCloseTo(0.2, 12);
  expect(of('moran')).toBeCloseTo(0.2 / 50, 12);
  expect(expectedResponse({ ...question, slope: 0 })).toBe(0);
});

describe('contours', () => {
  test('lie where a plane has the level, and go all the way across', () => {
    const [columns, rows] = [7, 5];
    const heights = Array.from({ length: 35 }, (_, i) => 2 * (i % columns) - 3 * Math.floor(i / columns));
    const segments = contourSegments({ columns, rows, heights }, 1.3);
    expect(segments.length).toBeGreaterThan(0);
    for (let i = 0; i < segments.length; i += 2) expect(2 * segments[i] - 3 * segments[i + 1]).toBeCloseTo(1.3, 12);
    const x = segments.filter((_, i) => i % 2 === 0);
    expect(Math.min(...x)).toBeCloseTo(0.65, 12);
    expect(Math.max(...x)).toBe(6);
  });

  test('close: every end of a contour inside the grid meets another', () => {
    const side = 21;
    const stream = namedStream('contours', 'close');
    const heights = Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return x === 0 || y === 0 || x === side - 1 || y === side - 1 ? -1 : stream.normal();
    });
    const segments = contourSegments({ columns: side, rows: side, heights }, 0.1);
    const ends = new Map<string, number>();
    for (let i = 0; i < segments.length; i += 2) {
      const key = `${segments[i].toFixed(9)} ${segments[i + 1].toFixed(9)}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
    }
    expect(ends.size).toBeGreaterThan(50);
    for (const count of ends.values()) expect(count).toBe(2);
  });

  test('have round distances', () => {
    expect(contourInterval(0, 14, 14)).toBe(1);
    expect(contourInterval(-100, 0, 14)).toBe(5);
    expect(contourInterval(0, 0.05, 14)).toBeCloseTo(0.002, 12);
    expect(contourInterval(3, 3, 14)).toBe(1);
  });
});

test('the way of the mean stays bounded, keeps its beginning and its order, and is taken up again', () => {
  const path = new MeanPath(1);
  for (let tick = 0; tick <= 5000; tick++) path.push(tick, [tick]);
  const seen: number[] = [];
  path.each(([value], tick) => {
    expect(value).toBe(tick);
    seen.push(tick);
  });
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(5000);
  expect(seen.length).toBeLessThanOrEqual(MeanPath.most);
  const gaps = seen.slice(1).map((tick, i) => tick - seen[i]);
  expect(new Set(gaps.slice(0, -257))).toEqual(new Set([16]));
  expect(new Set(gaps.slice(-255))).toEqual(new Set([1]));
  const again = new MeanPath(1);
  again.restore(path.state());
  for (let tick = 5001; tick < 9000; tick++) {
    path.push(tick, [tick]);
    again.push(tick, [tick]);
  }
  expect(again.state()).toEqual(path.state());
});

test('the way up the gradient of a bowl is straight and ends at the optimum; on a flat it does not begin', () => {
  const bowl = makeLandscape('bowl', 3, {}, 's');
  const way = gradientWay(bowl, Float64Array.from([3, 0, 4]), 0.01, 1000);
  expect(Math.hypot(...(way.at(-1) as Float64Array))).toBeLessThan(0.02);
  for (const [x, y, z] of way) {
    expect(y).toBe(0);
    expect(z).toBeCloseTo((4 / 3) * x, 6);
  }
  expect(gradientWay(bowl, new Float64Array(3), 0.01, 1000)).toHaveLength(1);
});

test('places in a plane and genomes at places are each other’s inverse, up to what lies off the plane', () => {
  const plane = new GenomePlane(
    Float64Array.from([1, 2, 3]),
    Float64Array.from([0.6, 0.8, 0]),
    Float64Array.from([-0.8, 0.6, 0]),
  );
  plane.show([Float64Array.from([1, 2, 3]), Float64Array.from([4, 2, 9])], 1);
  const through = Float64Array.from([2, 1, 7]);
  const genome = new Float64Array(3);
  plane.genomeAt(100, 300, through, genome);
  expect(genome[2]).toBe(7);
  const [x, y] = plane.place(genome);
  expect(x).toBeCloseTo(100, 9);
  expect(y).toBeCloseTo(300, 9);
  const up = Float64Array.from(through, (value, i) => value + plane.across[i]);
  expect(plane.place(up)[1]).toBeLessThan(plane.place(through)[1]);
});

test('axes have round steps', () => {
  expect(roundDown(0.07)).toBeCloseTo(0.05, 12);
  expect(roundDown(1999)).toBe(1000);
  expect(axisSteps(-0.93, 1.1, 5)).toEqual(
    [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => expect.closeTo(value, 12)),
  );
  expect(axisSteps(3, 5.5, 3)).toEqual([3, 3.5, 4, 4.5, 5, 5.5]);
});
