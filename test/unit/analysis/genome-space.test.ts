import { expect, it } from 'vitest';
import { nullOfCovariance } from '../../../src/analysis/assay/align.ts';
import { descentGroups } from '../../../src/analysis/gains/descent-groups.ts';
import { genomeSpace, type SpaceInterval } from '../../../src/analysis/gains/genome-space.ts';
import type { CopiesAt, Interval } from '../../../src/analysis/gains/interval.ts';
import { axisAcross, readGradient, smallestSegments } from '../../../src/analysis/gains/read-gradient.ts';
import { dot } from '../../../src/analysis/lab/direction.ts';
import { geneticCovariance } from '../../../src/analysis/lab/genetic-covariance.ts';
import { namedStream } from '../../../src/math/streams.ts';

const loci = 3;
const scales = Float64Array.of(1, 2, 0.5);

const copiesAt = (tick: number, ids: readonly number[], values: readonly number[], species?: readonly number[]): CopiesAt => ({
  tick,
  loci,
  ploidy: 1,
  ids: Float64Array.from(ids),
  values: Float32Array.from(values),
  generation: tick,
  species: species && Int32Array.from(species),
  acquired: undefined,
});

const intervalOf = (opened: CopiesAt, closed: CopiesAt, ancestors: readonly number[]): Interval => ({
  opened,
  closed,
  origins: new Uint32Array(closed.values.length),
  written: new Map(),
  added: new Map(),
  ancestors: Float64Array.from(ancestors),
  clades: undefined,
  splits: [],
});

const chance = { low: -0.5, high: 0.5 };
const gradients = [Float64Array.of(1.1, 0, 0), Float64Array.of(0.9, 0, 0)];

it('groups the living by their ancestor, each with its step from the group of that ancestor', () => {
  const first = intervalOf(
    copiesAt(0, [1, 2, 3], [0, 0, 0, 1, 0, 0, 2, 0, 0]),
    copiesAt(10, [1, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 2, 0, 0, 2.2, 0, 0, 2.4, 0, 0], [8, 8, 9, 9, 8]),
    [1, 1, 3, 3, 3],
  );
  const groups = descentGroups(first, undefined, { gradients, scales, chance });
  expect(groups.map(({ founder, parent, organisms, species }) => ({ founder, parent, organisms, species }))).toEqual([
    { founder: 3, parent: -1, organisms: 3, species: 9 },
    { founder: 1, parent: -1, organisms: 2, species: 8 },
  ]);
  // From the mean of all at the opening, which is 1 at the first locus.
  expect(groups[0].gain).toBeCloseTo(1.2, 6);
  expect(groups[0].gainError).toBeCloseTo(0.12, 6);
  expect(groups.map(({ course }) => course)).toEqual(['climbing', 'falling']);
  // An interval later: those of 6 come from the group of 3, those of 4 from that of 1; 99 came from outside.
  const second = intervalOf(
    first.closed,
    copiesAt(20, [8, 9, 10, 11, 99], [2.2, 0, 3, 2.2, 0, 3, 0, 0, 0, 0, 0, 0, 9, 9, 9]),
    [6, 6, 4, 4, 99],
  );
  const founders = first.ancestors;
  const later = descentGroups(second, { groups, founders }, { gradients, scales, chance });
  expect(later.map(({ founder, parent, organisms }) => [founder, parent, organisms])).toEqual([
    [4, 1, 2],
    [6, 3, 2],
  ]);
  // The mean of the group of 3 was 2.2: nothing along the gradient, though far across.
  expect(later[1].gain).toBeCloseTo(0, 6);
  expect(later[1].course).toBe('drifting');
  expect(() => descentGroups(first, undefined, { gradients: gradients.slice(1), scales, chance })).toThrow(/give two or more/);
});

it('draws the way of each lineage as the sum of its gains, and the mean with its own', () => {
  const interval = (from: number, own: Partial<SpaceInterval>): SpaceInterval => ({
    from,
    to: from + 10,
    before: Float64Array.of(0, 0, 0),
    after: Float64Array.of(1, 0, 0),
    organisms: 10,
    gradient: Float64Array.of(1, 0, 0),
    horizonGenerations: 2,
    gain: 1,
    gainError: 0.3,
    byChance: 0.4,
    groups: [],
    ...own,
  });
  const group = (founder: number, parent: number, gain: number, mean: readonly number[]) => ({
    founder,
    parent,
    organisms: 5,
    species: -1,
    mean: Float64Array.from(mean),
    gain,
    gainError: 0.1,
    course: 'climbing' as const,
  });
  const intervals = [
    interval(0, { groups: [group(1, -1, 2, [2, 4, 0]), group(2, -1, 0, [0, -4, 0])] }),
    interval(10, {
      groups: [group(3, 1, 1, [3, 4, 0]), group(4, 77, 1, [1, 0, 0])],
      gainError: 0.4,
      before: Float64Array.of(1, 0, 0),
    }),
  ];
  const { pieces, path, across, origin } = genomeSpace(intervals, scales, undefined);
  expect(path.map(({ tick, y }) => [tick, y])).toEqual([
    [0, 0],
    [10, 0.5],
    [20, 1],
  ]);
  // Errors of forks of different intervals are independent: squares add, over two generations a horizon.
  expect(path[2].error).toBeCloseTo(Math.sqrt(0.3 ** 2 + 0.4 ** 2) / 2, 12);
  expect(path[2].byChance).toBeCloseTo((Math.SQRT2 * 0.4) / 2, 12);
  expect(pieces.map(({ founder, from, to }) => [founder, from.y, to.y])).toEqual([
    [1, 0, 1],
    [2, 0, 0],
    // All are moved by -0.25, so that their mean is 1.
    [3, 1, 1.25],
    // Its parent was not kept: from the mean.
    [4, 0.5, 0.75],
  ]);
  // Across: the second locus, in standard deviations of its mutation.
  expect(Math.abs(dot(across, [0, 2, 0]))).toBeCloseTo(1, 6);
  expect(dot(across, [1, 0, 0])).toBeCloseTo(0, 6);
  expect(origin).toBeCloseTo(0, 6);
  // The sign follows the axis of the former picture.
  const turned = genomeSpace(
    intervals,
    scales,
    across.map((value) => -value),
  ).across;
  expect(dot(turned, across)).toBeLessThan(0);
});

it('marks no more neutral lineages than chance allows', () => {
  const stream = namedStream('genome space', 'neutral');
  const width = 20;
  const sizes = new Float64Array(width).fill(1);
  let [marked, of] = [0, 0];
  for (let trial = 0; trial < 60; trial++) {
    const organisms = 120;
    const values = Float32Array.from({ length: organisms * width }, (_, at) => stream.normal() * (1 + (at % width) / 10));
    const opened = { ...copiesAt(0, [], []), loci: width, ids: Float64Array.from({ length: organisms }, (_, k) => k), values };
    const ancestors = Float64Array.from({ length: organisms }, () => stream.integer(12));
    const closed = {
      ...opened,
      tick: 10,
      ids: opened.ids.map((id) => id + 1000),
      values: values.map((_, at) => values[ancestors[Math.floor(at / width)] * width + (at % width)] + 0.1 * stream.normal()),
    };
    const truth = Float64Array.from({ length: width }, () => stream.normal());
    const seeds = Array.from({ length: 8 }, () => truth.map((b) => b + 0.5 * stream.normal()));
    const b = seeds.reduce((sum, one) => sum.map((value, l) => value + one[l] / 8), new Float64Array(width));
    const { toGradient } = nullOfCovariance(
      geneticCovariance({ values, count: organisms, stride: width, dimensions: width }),
      b,
      stream,
    );
    const at = (share: number) => toGradient[Math.floor(share * toGradient.length)];
    for (const { course } of descentGroups(intervalOf(opened, closed, [...ancestors]), undefined, {
      gradients: seeds,
      scales: sizes,
      chance: { low: at(0.025), high: at(0.975) },
    })) {
      of++;
      if (course !== 'drifting') marked++;
    }
  }
  expect(of).toBeGreaterThan(500);
  // Groups of one trial share its gradient: twice the error of independent ones.
  expect(marked / of).toBeLessThan(0.05 + 3 * 2 * Math.sqrt((0.05 * 0.95) / of));
});

it('has one way of the mean in twenty beyond the band of chance, if steps take random directions', () => {
  const stream = namedStream('genome space', 'band');
  const width = 12;
  const trials = 400;
  let beyond = 0;
  for (let trial = 0; trial < trials; trial++) {
    const intervals = [0, 10, 20, 30].map((from): SpaceInterval => {
      const b = Float64Array.from({ length: width }, () => stream.normal());
      const spread = Float64Array.from({ length: width }, () => 0.2 + stream.uniform());
      const covariance = new Float64Array(width * width);
      for (let l = 0; l < width; l++) covariance[l * width + l] = spread[l] * spread[l];
      const { toGradient } = nullOfCovariance(covariance, b, stream);
      const step = spread.map((own) => own * stream.normal());
      const length = Math.sqrt(dot(step, step));
      return {
        from,
        to: from + 10,
        before: new Float64Array(width),
        after: step,
        organisms: 10,
        gradient: b,
        horizonGenerations: 1,
        gain: dot(step, b),
        gainError: 0,
        byChance: toGradient[Math.floor(0.975 * toGradient.length)] * length * Math.sqrt(dot(b, b)),
        groups: [],
      };
    });
    const { path } = genomeSpace(intervals, new Float64Array(width).fill(1), undefined);
    const end = path[path.length - 1];
    if (Math.abs(end.y) > end.byChance) beyond++;
  }
  expect(Math.abs(beyond / trials - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / trials));
});

it('reads a gradient: its response, where it would gain most, and an axis across it', () => {
  const stream = namedStream('genome space', 'reading');
  const rows = Float64Array.from({ length: 400 * loci }, (_, at) => stream.normal() * [0.2, 3, 1][at % loci]);
  const fork = (seed: string, gradient: readonly number[]) => ({
    kind: 'perturbed' as const,
    seed,
    gradient: Float64Array.from(gradient),
    between: new Float64Array(loci),
    within: new Float64Array(loci),
    neutralBetween: new Float64Array(loci),
    neutralWithin: new Float64Array(loci),
    organisms: 400,
    living: 400,
    fitnessVariance: 1,
  });
  const segments = [
    { name: 'everything', loci: [0, 1, 2] },
    { name: 'traits', loci: [0, 1] },
    { name: 'slow', loci: [0] },
    { name: 'fast', loci: [1] },
    { name: 'policy', loci: [2] },
  ];
  const forks = ['a', 'b', 'c', 'd'].map((seed, k) => fork(seed, [1, -0.5, 0.01 * (k % 2)]));
  const found = readGradient(forks, rows, 1, segments, scales);
  const covariance = geneticCovariance({ values: rows, count: 400, stride: loci, dimensions: loci });
  expect(found.gradient[1]).toBeCloseTo(-0.5, 12);
  expect(found.response[1]).toBeCloseTo(dot(covariance.subarray(3, 6), found.gradient), 9);
  expect(found.pulls.map(({ segment }) => segment)).toEqual(['fast', 'slow', 'policy']);
  expect(found.pulls[0].sign).toBe(-1);
  expect(found.pulls.reduce((sum, { predicted }) => sum + predicted, 0)).toBeCloseTo(found.predicted, 9);
  expect(found.predicted).toBeCloseTo(dot(found.response, found.gradient), 1);
  // Orthogonal in standard deviations of mutations.
  const across = axisAcross(rows, scales, found.gradient);
  expect(across.reduce((sum, value, l) => sum + value * scales[l] * found.gradient[l] * scales[l], 0)).toBeCloseTo(0, 9);
  expect(smallestSegments(segments).map(({ name }) => name)).toEqual(['slow', 'fast', 'policy']);
  expect(() => readGradient(forks.slice(0, 1), rows, 1, segments, scales)).toThrow(/give two or more/);
});
