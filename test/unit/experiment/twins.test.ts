import { expect, test } from 'vitest';
import { meanSequence } from '../../../src/experiment/twins/mean-sequence.ts';
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
  const { low: few } = meanSequence(new Array<number>(11).fill(2), 0.05 / 3);
  const { low: enough, high } = meanSequence(new Array<number>(14).fill(2), 0.05 / 3);
  expect(few).toBeNaN();
  expect(enough).toBeCloseTo(2, 12);
  expect(high).toBeCloseTo(2, 12);
  expect(meanSequence(new Array<number>(40).fill(0), 0.05)).toEqual({ count: 40, mean: 0, low: Number.NaN, high: Number.NaN });
  expect(meanSequence([], 0.05).mean).toBeNaN();
  expect(() => meanSequence([1], 0)).toThrow('alpha must be between 0 and 1 (got 0)');
});

test('a sequence leaves out the truth at any of 60 looks in at most 5 % of trials, whatever the spread of symmetric values', () => {
  const trials = 150;
  const draw = namedStream('7', 'mean sequence');
  const kinds = [() => draw.normal(), () => draw.normal() / (0.02 + draw.uniform()), () => (draw.uniform() < 0.5 ? -1 : 1)];
  for (const kind of kinds) {
    let failed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values: number[] = [];
      let out = false;
      while (values.length < 60 && !out) {
        values.push(kind());
        const { low, high } = meanSequence(values, 0.05);
        out = low > 0 || high < 0;
      }
      if (out) failed += 1;
    }
    expect(failed / trials).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials));
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
