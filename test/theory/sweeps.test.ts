import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { riseDistribution, riseStrength } from '../../src/analysis/stats/rise.ts';
import { readHistory } from '../../src/cli/read-history.ts';
import { type Rise, risesOfRun, sweepsOfWindow } from '../../src/experiment/stats/sweeps-of-run.ts';
import type { History } from '../../src/export/history.ts';
import { eachEdge } from '../../src/export/tskit/edges.ts';
import { type NodePlan, planNodes } from '../../src/export/tskit/plan-nodes.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { call, testIo, Workplace } from '../unit/cli/test-io.ts';
import { nextRise } from './rising-origin.ts';

const place = new Workplace();
afterAll(() => place.remove());

const [size, loci, ticks, slope] = [60, 16, 600, 0.25];

/** Haploids with two parents, whose loci recombine freely: fitness rises with the first, the others are neutral. */
async function risesOf(seed: number) {
  const scene = {
    version: 1,
    name: 'planted',
    title: 'Planted',
    ticks,
    habitat: {
      ...{ kind: 'landscape', form: 'linear', model: 'wright-fisher', dimensions: loci },
      forms: { linear: { slope, direction: 'first' } },
    },
    populations: {
      line: {
        ...{ founders: size, start: { mean: 0, deviation: 0 } },
        mechanisms: {
          mutation: { on: true, rate: 0.001, deviation: 1 },
          'sexual-reproduction': { on: true },
          recombination: { on: true, chromosomes: 1000 },
        },
      },
    },
    record: { census: { loci: 'none' } },
  };
  const [file, out] = [place.at('planted.json'), place.at(`planted-${seed}`)];
  writeFileSync(file, JSON.stringify(scene));
  const made = await call(['run', file, '--seed', String(seed), '--genomes', 'all', '--out', out]);
  if (made.status !== 0) throw new Error(made.err);
  const run = await readHistory(testIo(), out, []);
  run.close();
  const plan = planNodes(run.history);
  return { history: run.history, plan, rises: risesOfRun(run.history, plan, 0) };
}

/** By how much the value of the first locus changed where an origin began. */
function changeAt({ organisms, changes }: History, plan: NodePlan, parents: ReadonlyMap<number, number>, { row }: Rise): number {
  // Haploids without transfers: nodes are organisms.
  expect(plan.nodes).toBe(organisms.count);
  const valueAt = (at: number) => {
    const from = changes?.starts[at] ?? 0;
    return changes?.loci[from] === 0 && from < changes.starts[at + 1] ? changes.values[from] : undefined;
  };
  let node = parents.get(plan.organismNode[row]);
  while (node !== undefined && valueAt(node) === undefined) node = parents.get(node);
  expect(organisms.firstParent[row]).toBeGreaterThanOrEqual(0);
  return (valueAt(row) as number) - (node === undefined ? 0 : (valueAt(node) as number));
}

describe('sweeps of runs', () => {
  const runs = Promise.all([1, 2, 3, 4, 5, 6].map(risesOf));

  it('are found where selection was planted, with its coefficient in the interval', async () => {
    let [found, rose, held, calledHeld] = [0, 0, 0, 0];
    for (const { history, plan, rises } of await runs) {
      const parents = new Map<number, number>();
      eachEdge(history, plan, { edge: (left, _right, parent, child) => left === 0 && parents.set(child, parent) });
      const planted = rises.rises.filter(({ locus, isMutation, frequency }) => locus === 0 && isMutation && frequency >= 0.5);
      for (const rise of planted) {
        const selection = slope * changeAt(history, plan, parents, rise);
        const { low, high } = riseStrength(rise.exposure / size, rise.frequency);
        rose++;
        if (low / size <= selection && selection <= high / size) held++;
      }
      const { sweeps } = sweepsOfWindow(rises, { from: 0, to: ticks }, { generation: 1, effectiveShare: 1, ploidy: 1 });
      for (const sweep of sweeps.filter(({ locus, isMutation }) => locus === 0 && isMutation)) {
        const selection = slope * changeAt(history, plan, parents, sweep);
        found++;
        if (sweep.low <= selection && selection <= sweep.high) calledHeld++;
      }
      expect(rises.meanSize).toBe(size);
    }
    expect(rose).toBeGreaterThan(10);
    expect(found).toBeGreaterThan(rose / 4);
    // Mutations that meet have others to beat than what they arose on.
    const share = held / rose;
    expect(share, `${held} of ${rose}, ${found} found`).toBeGreaterThan(0.9 - 4 * Math.sqrt((0.9 * 0.1) / rose));
    // What is printed: intervals of those that are called sweeps.
    expect(calledHeld / found, `${calledHeld} of ${found}`).toBeGreaterThan(0.9 - 4 * Math.sqrt((0.9 * 0.1) / found));
  }, 240_000);

  it('are found among neutral origins as often as is said', async () => {
    let [found, tested] = [0, 0];
    for (const { rises } of await runs) {
      const neutral = { ...rises, rises: rises.rises.filter(({ locus }) => locus > 0) };
      const one = sweepsOfWindow(neutral, { from: 0, to: ticks }, { generation: 1, effectiveShare: 1, ploidy: 1 });
      found += one.sweeps.length;
      tested += one.tested;
    }
    expect(tested).toBeGreaterThan(100);
    expect(found, `${found} of ${tested}`).toBeLessThan(0.01 * tested + 4 * Math.sqrt(0.01 * 0.99 * tested));
  }, 240_000);
});

describe('the selection coefficient of a sweep', () => {
  /** A rise by the logistic law, s a generation of `generation` ticks, among so many copies at each tick. */
  const logistic = (
    s: number,
    generation: number,
    copiesAt: (tick: number) => number,
  ): Rise & { readonly meanCopies: number } => {
    const start = 0.01;
    const share = (tick: number) => 1 / (1 + ((1 - start) / start) * Math.exp((-s * tick) / generation));
    let [tick, exposedTicks, perCopy, fewest, sum] = [0, 0, 0, Number.POSITIVE_INFINITY, 0];
    for (; share(tick) < 0.95; tick++) {
      const variance = share(tick) * (1 - share(tick));
      exposedTicks += variance;
      perCopy += variance / copiesAt(tick);
      fewest = Math.min(fewest, copiesAt(tick));
      sum += copiesAt(tick);
    }
    const meanCopies = sum / tick;
    return {
      ...{
        locus: 0,
        row: 0,
        isMutation: true,
        linked: 0,
        originTick: 0,
        tick,
        frequency: share(tick),
        carriers: 100,
        transferred: 0,
      },
      ...{ exposedTicks, exposure: perCopy * meanCopies, dieOff: 0, points: tick, fewest, place: 0, meanCopies },
    };
  };

  it.each([
    { name: 'haploids', ploidy: 1 as const, generation: 1, effectiveShare: 1, copiesAt: () => 2000 },
    {
      name: 'diploids, long generations, unequal parents',
      ploidy: 2 as const,
      generation: 25,
      effectiveShare: 0.4,
      copiesAt: () => 2000,
    },
    {
      name: 'a population that grows',
      ploidy: 1 as const,
      generation: 10,
      effectiveShare: 1,
      copiesAt: (tick: number) => 500 + 20 * tick,
    },
  ])('is that of the logistic law where drift is weak: $name', ({ ploidy, generation, effectiveShare, copiesAt }) => {
    const s = 0.1;
    const { meanCopies, ...rise } = logistic(s, generation, copiesAt);
    const rises = { rises: [rise], above: [-1], meanSize: meanCopies / ploidy };
    const { sweeps, tested } = sweepsOfWindow(rises, { from: 0, to: rise.tick }, { generation, effectiveShare, ploidy });
    expect([tested, sweeps.length]).toEqual([1, 1]);
    // The path has no drift in it: what is left is of the order of 1/(N s), from 1/200 to about 1/50 in these three, and the step of a tick.
    expect(Math.abs(sweeps[0].strength / s - 1)).toBeLessThan(0.1);
    expect(sweeps[0].low).toBeLessThan(s);
    expect(sweeps[0].high).toBeGreaterThan(s);
  });

  it('is not given where the rise was hardly seen, among few copies, or where deaths alone made it', () => {
    const { meanCopies, ...rise } = logistic(0.1, 1, () => 2000);
    const sweepsOf = (change: Partial<Rise>) =>
      sweepsOfWindow(
        { rises: [{ ...rise, ...change }], above: [-1], meanSize: meanCopies },
        { from: 0, to: rise.tick },
        { generation: 1, effectiveShare: 1, ploidy: 1 },
      );
    expect(sweepsOf({}).sweeps.length).toBe(1);
    expect(sweepsOf({ points: 3 })).toMatchObject({ tested: 0, left: 1, sweeps: [] });
    expect(sweepsOf({ fewest: 12 })).toMatchObject({ tested: 0, left: 1, sweeps: [] });
    expect(sweepsOf({ dieOff: 0.2 })).toMatchObject({ tested: 1, left: 0, sweeps: [] });
    expect(() => riseStrength(0, 1)).toThrow('riseStrength: exposure 0');
  });
});

describe('the rise of an origin under drift', () => {
  it.each([0.5, 0.95])('to %s takes a third of the clock of N, and is as fast as its distribution says', (level) => {
    const stream = namedStream('1', `rise ${level}`);
    const found = Array.from({ length: 200 }, () => nextRise(stream, 80, 0, level));
    const times = found.map(({ exposure, level: y }) => exposure / (y * y));
    expect(Math.abs(mean(times) - 1 / 3), `${mean(times)}`).toBeLessThan(4 * standardError(times));
    const p = found.map(({ exposure, level: y }) => riseStrength(exposure, y).p);
    expect(Math.abs(mean(p) - 0.5)).toBeLessThan(4 * standardError(p));
  });

  it('has the distribution of the time in which a three-dimensional Bessel process reaches 1', () => {
    // P(time > x) = 2 sum (-1)^(k + 1) e^(-k^2 pi^2 x / 2); of mean 1/3.
    for (const x of [0.05, 0.2, 0.49, 0.51, 1, 2]) {
      let tail = 0;
      for (let k = 1; k < 40; k++) tail += (k % 2 === 1 ? 2 : -2) * Math.exp((-k * k * Math.PI * Math.PI * x) / 2);
      expect(riseDistribution(x, 0)).toBeCloseTo(1 - tail, 6);
    }
    // With selection: mean coth(s)/s - 1/s^2.
    for (const s of [0.5, 3, 20, 200]) {
      const longest = Math.min(8, 30 / s + 30 / (s * s));
      let average = 0;
      for (let k = 0; k < 400; k++) average += (1 - riseDistribution(((k + 0.5) * longest) / 400, s)) * (longest / 400);
      expect(average).toBeCloseTo(1 / Math.tanh(s) / s - 1 / (s * s), 3);
    }
  });
});
