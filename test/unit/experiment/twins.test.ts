import { expect, test } from 'vitest';
import { fewestValues, meanSequence } from '../../../src/experiment/twins/mean-sequence.ts';
import { performReplicate, type ReplicateStep } from '../../../src/experiment/twins/perform-replicate.ts';
import { pieceTicks, type ReplicatePlan, TwinReplicates } from '../../../src/experiment/twins/twin-replicates.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { tinyScene } from './small-plan.ts';

const measures = [{ probe: 'census', name: 'grazers.population' }];
const off = 'populations.grazers.mechanisms.mutation.on';

test('a sequence has bounds where its formula says, and moves and grows with its values', () => {
  const values = Array.from({ length: 24 }, (_, k) => 3 + Math.sin(5 * k));
  const alpha = 0.02;
  const { mean, low, high, count } = meanSequence(values, alpha);
  expect(count).toBe(24);
  expect([low < mean, mean < high]).toEqual([true, true]);
  for (const bound of [low, high]) {
    const [sum, square] = values.reduce(([s, q], value) => [s + value - bound, q + (value - bound) ** 2], [0, 0]);
    const rho = 0.3 * values.slice(0, 5).reduce((q, value) => q + (value - bound) ** 2, 0);
    expect(sum * sum).toBeCloseTo((square + rho) * Math.log((square + rho) / (rho * alpha * alpha)), 6);
  }
  const moved = meanSequence(
    values.map((value) => 10 - 2 * value),
    alpha,
  );
  expect(moved.low).toBeCloseTo(10 - 2 * high, 9);
  expect(moved.high).toBeCloseTo(10 - 2 * low, 9);
  expect(meanSequence([Number.NaN, ...values], alpha).low).toBe(low);
});

test('a sequence has no bounds while its values are too few, and none for values that are all 0', () => {
  const alpha = 0.05 / 6;
  const fewest = fewestValues(alpha);
  const { low: few } = meanSequence(new Array<number>(fewest - 1).fill(2), alpha);
  const { low: enough, high, differs } = meanSequence(new Array<number>(fewest).fill(2), alpha);
  expect([fewest, few]).toEqual([14, Number.NaN]);
  expect(enough).toBeCloseTo(2, 12);
  expect(high).toBeCloseTo(2, 12);
  expect(differs).toBe(true);
  const none = { low: Number.NaN, high: Number.NaN, differs: false };
  expect(meanSequence(new Array<number>(40).fill(0), 0.05)).toEqual({ count: 40, mean: 0, ...none });
  expect(meanSequence([], 0.05)).toEqual({ count: 0, mean: Number.NaN, ...none });
  expect(() => meanSequence([1], 0)).toThrow('alpha must be between 0 and 1 (got 0)');
});

test('a sequence says nothing of 0 where its first five values are 0, and its interval holds every mean that is not excluded', () => {
  const zeros = [0, 0, 0, 0, 0];
  // With a mean of 1.75 and without a spread of the first five there is no scale at 0.
  for (const value of [1, 2, -3]) {
    const { low, high, differs } = meanSequence([...zeros, ...new Array<number>(35).fill(value)], 0.05 / 6);
    expect([differs, low <= 0, high >= 0], String(value)).toEqual([false, true, true]);
  }
  // The first five are much closer together than the others: what is not excluded has a gap.
  const draw = namedStream('7', 'gaps');
  const alpha = 0.05 / 6;
  let gaps = 0;
  for (let trial = 0; trial < 40; trial++) {
    const values = Array.from({ length: 30 }, (_, k) => (k < 5 ? 0.01 * draw.normal() : 2 + draw.normal()));
    const { low, high } = meanSequence(values, alpha);
    const isOut = (at: number) => {
      const [sum, square] = values.reduce(([s, q], value) => [s + value - at, q + (value - at) ** 2], [0, 0]);
      const rho = 0.3 * values.slice(0, 5).reduce((q, value) => q + (value - at) ** 2, 0);
      return sum * sum >= (square + rho) * Math.log((square + rho) / (rho * alpha * alpha));
    };
    const grid = Array.from({ length: 4001 }, (_, k) => -4 + k / 500);
    const inside = grid.filter((at) => !isOut(at));
    expect(inside.every((at) => low <= at && at <= high)).toBe(true);
    if (inside.some((at, k) => k > 0 && at - inside[k - 1] > 0.003)) gaps++;
  }
  expect(gaps).toBeGreaterThan(0);
});

test('a sequence leaves out the truth at any of 60 looks in far less than 5 % of trials, whatever the spread of symmetric values', () => {
  const trials = 120;
  const draw = namedStream('7', 'mean sequence');
  const sign = () => (draw.uniform() < 0.5 ? -1 : 1);
  const kinds = {
    normal: () => draw.normal(),
    heavy: () => draw.normal() / (0.02 + draw.uniform()),
    signs: sign,
    'often 0': () => (draw.uniform() < 0.8 ? 0 : sign()),
  };
  for (const [name, kind] of Object.entries(kinds)) {
    let failed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values: number[] = [];
      let out = false;
      while (values.length < 60 && !out) {
        values.push(kind());
        out = meanSequence(values, 0.05).differs;
      }
      if (out) failed += 1;
    }
    // The bound is 5 %; with all looks, not only 60, more would be reached.
    expect(failed / trials, name).toBeLessThanOrEqual(0.025);
  }
});

/** A world of two dozen grazers at tick 20. */
function parted() {
  const world = createSimulation(parseScene(tinyScene, 'tiny'), '3');
  world.step(20);
  const changes: ReplicatePlan['changes'] = [
    [],
    [
      { at: 20, path: off, value: false },
      { at: 50, path: 'habitat.grass.regrowth', value: 0.01 },
    ],
  ];
  return {
    world,
    plan: { snapshot: world.snapshot(), tick: 20, seed: '3', changes, every: 10, measures } satisfies ReplicatePlan,
  };
}

test('the pieces of a replicate are two forks with one seed, of which each got its changes', () => {
  const { world, plan } = parted();
  const step: ReplicateStep = { ...plan, worlds: [plan.snapshot], seed: 'own', ticks: 60 };
  const first = performReplicate(step);
  const second = performReplicate({ ...step, worlds: first.worlds, seed: 'of no importance', ticks: 40 });
  for (const [side, changes] of plan.changes.entries()) {
    const fork = world.fork({ seed: 'own' });
    for (const { at, path, value } of changes) fork.schedule(at, path, value);
    let [sum, number] = [0, 0];
    for (let tick = 21; tick <= 120; tick++) {
      fork.step(1);
      if (tick % 10 === 0) [sum, number] = [sum + fork.populations[0].count, number + 1];
    }
    expect(new Uint8Array(second.worlds[side])).toEqual(new Uint8Array(fork.snapshot()));
    expect(first.sums[side][0] + second.sums[side][0]).toBe(sum);
    expect(first.numbers[side][0] + second.numbers[side][0]).toBe(number);
  }
  expect(() => performReplicate({ ...step, measures: [{ probe: 'census', name: 'nothing' }] })).toThrow(
    /census\/nothing': not in this world/,
  );
});

test('all replicates reach the end of a window before any goes further, as far as the watched worlds have come', () => {
  const { plan } = parted();
  const replicates = new TwinReplicates(plan, 3);
  const ends: number[] = [];
  const made = {
    worlds: [plan.snapshot, plan.snapshot] as const,
    sums: [Float64Array.of(1), Float64Array.of(0)] as const,
    numbers: [Float64Array.of(1), Float64Array.of(1)] as const,
  };
  const take = (until: number) => {
    for (let order = replicates.next(until); order; order = replicates.next(until)) {
      ends.push(order.replicate);
      replicates.add(order.replicate, made);
    }
  };
  take(20);
  expect(ends).toEqual([0, 1, 2]);
  take(20 + 3 * pieceTicks);
  expect(ends.slice(3)).toEqual([0, 1, 2, 0, 1, 2]);
  const [look] = replicates.look();
  expect(look.windows.map(({ from, to, count, mean }) => ({ from, to, count, mean }))).toEqual([
    { from: 20, to: 120, count: 3, mean: 1 },
    { from: 120, to: 220, count: 3, mean: 1 },
  ]);
  expect([look.replicates, look.ticks.length, look.differs]).toEqual([3, 3, undefined]);
});

test('a piece that is being made is not given out again, and a replicate counts in the order in which it was begun', () => {
  const { plan } = parted();
  const replicates = new TwinReplicates(plan, 2);
  const [one, other] = [replicates.next(20), replicates.next(20)];
  expect([one?.replicate, other?.replicate, replicates.next(20)]).toEqual([0, 1, undefined]);
  const piece = performReplicate({ ...plan, worlds: [plan.snapshot], seed: 'x', ticks: 100 });
  replicates.add(1, piece);
  expect(replicates.look()[0].windows[0].count).toBe(0);
  replicates.add(0, piece);
  expect(replicates.look()[0].windows[0].count).toBe(2);
});

test('replicates of a change that does much say so, and name the window', () => {
  const world = createSimulation(parseScene(tinyScene, 'tiny'), '3');
  world.step(20);
  const changes: ReplicatePlan['changes'] = [[{ at: 20, path: 'habitat.grass.regrowth', value: 0 }], []];
  const replicates = new TwinReplicates({ snapshot: world.snapshot(), tick: 20, seed: '3', changes, every: 10, measures }, 20);
  for (let order = replicates.next(220); order; order = replicates.next(220))
    replicates.add(order.replicate, performReplicate(order.step));
  const [{ differs, windows }] = replicates.look();
  expect(differs).toEqual(windows[1]);
  expect(differs?.high).toBeLessThan(0);
});

test('window j of k measures is a sequence of the means of its pieces with alpha 0.05 / (k (j + 1)(j + 2))', () => {
  const { plan } = parted();
  const three = [...measures, { probe: 'census', name: 'grazers.energy' }, { probe: 'traits', name: 'grazers.body.size.mean' }];
  const replicates = new TwinReplicates({ ...plan, measures: three }, 24);
  const draw = namedStream('7', 'windows');
  const made: { readonly sums: readonly Float64Array[]; readonly numbers: readonly Float64Array[] }[][] = [];
  const values = (of: () => number) => Float64Array.from(three, of);
  for (let order = replicates.next(20 + 8 * pieceTicks); order; order = replicates.next(20 + 8 * pieceTicks)) {
    const one = values(() => 40 + 10 * draw.normal());
    const piece = {
      worlds: [plan.snapshot, plan.snapshot] as const,
      sums: [one, values(() => 10 * draw.normal())] as const,
      numbers: [values(() => 1 + draw.integer(10)), values(() => 1 + draw.integer(10))] as const,
    };
    replicates.add(order.replicate, piece);
    made[order.replicate] ??= [];
    made[order.replicate].push(piece);
  }
  const looks = replicates.look();
  for (const [m, { windows, differs }] of looks.entries()) {
    expect(windows).toHaveLength(4);
    for (const [j, { from, to, ...sequence }] of windows.entries()) {
      const [first, end] = [[0, 1, 2, 4][j], [1, 2, 4, 8][j]];
      expect([from, to]).toEqual([20 + first * pieceTicks, 20 + end * pieceTicks]);
      const differences = made.map((pieces) => {
        const total = (key: 'sums' | 'numbers', side: 0 | 1) =>
          pieces.slice(first, end).reduce((sum, piece) => sum + piece[key][side][m], 0);
        return total('sums', 0) / total('numbers', 0) - total('sums', 1) / total('numbers', 1);
      });
      expect(sequence).toEqual(meanSequence(differences, 0.05 / (3 * (j + 1) * (j + 2))));
      expect(sequence.low).toBeLessThan(sequence.high);
    }
    expect(differs).toEqual(windows.findLast(({ low, high }) => low > 0 || high < 0));
  }
  expect(looks.some(({ differs }) => differs !== undefined)).toBe(true);
});
