import { describe, expect, it } from 'vitest';
import { budding } from '../../src/analysis/tree/budding.ts';
import { coalescenceTimes } from '../../src/analysis/tree/coalescence-times.ts';
import { colless } from '../../src/analysis/tree/colless.ts';
import { fairProportions } from '../../src/analysis/tree/fair-proportions.ts';
import { gamma } from '../../src/analysis/tree/gamma.ts';
import { genealogyOf } from '../../src/analysis/tree/genealogy-of.ts';
import { lineagesThroughTime } from '../../src/analysis/tree/lineages-through-time.ts';
import { meanPairwiseDistance } from '../../src/analysis/tree/mean-pairwise-distance.ts';
import { sackin } from '../../src/analysis/tree/sackin.ts';
import { totalBranchLength } from '../../src/analysis/tree/total-branch-length.ts';
import type { Tree } from '../../src/analysis/tree/tree.ts';
import { turnover } from '../../src/analysis/tree/turnover.ts';
import { mean, standardError, variance } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { birthAndDeath } from './birth-and-death.ts';

const sum = (from: number, to: number, term: (k: number) => number) => {
  let total = 0;
  for (let k = from; k <= to; k++) total += term(k);
  return total;
};

/** Within four standard errors of the expectation, from the sample's own spread. */
function expectMean(values: number[], expected: number) {
  expect(Math.abs(mean(values) - expected), `mean ${mean(values)}, expected ${expected}`).toBeLessThan(4 * standardError(values));
}

describe('the coalescent (Kingman 1982, Stoch. Proc. Appl. 13: 235) in a Moran population', () => {
  // One is born and another one dies at each tick. Two of k lines meet at a tick with chance k (k - 1) / (N (N - 1)): the
  // newborn is one of the k, and its parent, one of the N - 1 others, is another one. So times are geometric and exact.
  const N = 12;
  const replicates = 1500;
  const ticks = 1500;
  const chance = (k: number) => (k * (k - 1)) / (N * (N - 1));
  const random = namedStream('trees', 'moran');

  function genealogyOfMoran() {
    const rows = N + ticks;
    const columns = {
      count: rows,
      id: new Float64Array(rows),
      firstParent: new Int32Array(rows).fill(-1),
      birthTick: new Float64Array(rows),
      deathTick: new Float64Array(rows).fill(NaN),
    };
    const living = Array.from({ length: N }, (_, i) => i);
    for (let tick = 1; tick <= ticks; tick++) {
      const row = N + tick - 1;
      const dies = random.integer(N);
      const bears = (dies + 1 + random.integer(N - 1)) % N;
      columns.firstParent[row] = living[bears];
      columns.birthTick[row] = tick;
      columns.deathTick[living[dies]] = tick;
      living[dies] = row;
    }
    return genealogyOf(columns, living, { cut: true, collapse: true });
  }

  const drawn = Array.from({ length: replicates }, () => {
    const { tree, sampled } = genealogyOfMoran();
    const nodes = [...sampled.keys()].filter((i) => sampled[i] === 1);
    const ages = coalescenceTimes(tree, nodes, ticks);
    return { ages, phylogeny: budding(tree, { present: ticks, tips: sampled }) };
  });

  it('the most recent common ancestor is sum 1 / p(k) ticks old: (N - 1)^2', () => {
    // 1500 ticks are twelve times that: the chance that founders still have not met is below 1e-4 in all replicates.
    expect(drawn.every(({ ages }) => ages.length === N - 1)).toBe(true);
    const expected = sum(2, N, (k) => 1 / chance(k));
    expect(expected).toBeCloseTo((N - 1) ** 2, 9);
    // Ages are counted from the present; the birth that two lines meet at, at the last tick, is 0 ago and one tick back.
    expectMean(
      drawn.map(({ ages }) => ages[N - 2] + 1),
      expected,
    );
  });

  it('its variance is sum (1 - p) / p^2, and k lines wait 1 / p(k) ticks', () => {
    const oldest = drawn.map(({ ages }) => ages[N - 2]);
    const expected = sum(2, N, (k) => (1 - chance(k)) / chance(k) ** 2);
    const squares = oldest.map((age) => (age - mean(oldest)) ** 2);
    expectMean(squares, expected);
    for (let k = 2; k < N; k++)
      expectMean(
        drawn.map(({ ages }) => ages[N - k] - ages[N - k - 1]),
        1 / chance(k),
      );
  });

  it('the total branch length is sum k / p(k), and two lines are twice as far apart as they have met', () => {
    // Each of the N tips lacks the tick between the last birth and the present, as above.
    expectMean(
      drawn.map(({ phylogeny }) => totalBranchLength(phylogeny) + N),
      sum(2, N, (k) => k / chance(k)),
    );
    expectMean(
      drawn.map(({ phylogeny }) => meanPairwiseDistance(phylogeny) + 2),
      2 / chance(2),
    );
  });

  it('its shapes are those of Yule trees', () => {
    expectMean(
      drawn.map(({ phylogeny }) => colless(phylogeny).normalised),
      0,
    );
    expectMean(
      drawn.map(({ phylogeny }) => sackin(phylogeny).normalised),
      0,
    );
  });
});

describe('pure birth (Yule 1925, Phil. Trans. R. Soc. B 213: 21)', () => {
  const n = 30;
  const replicates = 1500;
  const random = namedStream('trees', 'yule');
  /** Exponential with mean 1. */
  const wait = () => -Math.log(1 - random.uniform());

  /** One line, then each line bears another at rate 1; stopped right before there would be n + 1. */
  function yule(): { tree: Tree; present: number } {
    const parent = new Int32Array(n).fill(-1);
    const origin = new Float64Array(n);
    let now = 0;
    for (let i = 1; i < n; i++) {
      now += wait() / i;
      origin[i] = now;
      parent[i] = random.integer(i);
    }
    const end = new Float64Array(n).fill(Infinity);
    return { tree: { count: n, parent, origin, end, id: Float64Array.from(parent.keys()) }, present: now + wait() / n };
  }
  const grown = Array.from({ length: replicates }, () => {
    const { tree, present } = yule();
    return { present, phylogeny: budding(tree, { present }) };
  });

  it('Colless and Sackin have the means that are published', () => {
    const indices = grown.map(({ phylogeny }) => ({ colless: colless(phylogeny), sackin: sackin(phylogeny) }));
    // Heard (1992) and Kirkpatrick & Slatkin (1993), written out.
    expectMean(
      indices.map((index) => index.colless.value),
      n * sum(2, n / 2, (j) => 1 / j),
    );
    expectMean(
      indices.map((index) => index.sackin.value),
      2 * n * sum(2, n, (j) => 1 / j),
    );
    expectMean(
      indices.map((index) => index.colless.normalised),
      0,
    );
    // Rogers (1994, Evolution 48: 2026) and Blum & Francois (2005): the variance of Sackin's index.
    const expected = 7 * n ** 2 - 4 * n ** 2 * sum(1, n, (j) => 1 / j ** 2) - 2 * n * sum(1, n, (j) => 1 / j) - n;
    const values = indices.map((index) => index.sackin.value);
    expectMean(
      values.map((value) => (value - mean(values)) ** 2),
      expected,
    );
  });

  it('gamma has mean 0, variance 1 and the tails of a normal', () => {
    const gammas = grown.map(({ phylogeny }) => gamma(phylogeny));
    // A sum of n - 2 uniform places, scaled: exact mean and variance; kurtosis 3 - 1.2 / (n - 2).
    expectMean(gammas, 0);
    expect(Math.abs(variance(gammas) - 1)).toBeLessThan(4 * Math.sqrt(2 / replicates));
    for (const [z, p] of [
      [-1.645, 0.05],
      [0, 0.5],
      [1.96, 0.975],
    ]) {
      const share = gammas.filter((g) => g < z).length / replicates;
      expect(Math.abs(share - p), `below ${z}`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / replicates) + 0.002);
    }
  });

  it('the total length up to the present, stem included, is that of n waits, and lines grow as e^t', () => {
    // While there are k lines the length grows by k times an exponential of mean 1 / k.
    expectMean(
      grown.map(({ phylogeny }) => totalBranchLength(phylogeny, { stems: true })),
      n,
    );
    const t = 1;
    const early = grown.filter(({ present }) => present > t);
    const counts = early.map(({ phylogeny, present }) => {
      const { time, lines } = lineagesThroughTime(phylogeny, present);
      return lines[time.findLastIndex((from) => from <= t)];
    });
    // Of 3000 trees next to none has 30 lines at t = 1 already (chance (1 - 1/e)^30 = 1e-6 each): no bias.
    expect(early.length).toBeGreaterThanOrEqual(replicates - 1);
    expectMean(counts, Math.E);
  });

  it('tips have half the length for themselves, and distinctiveness is 1 in the mean', () => {
    // Steel & Mooers (2010, Appl. Math. Lett. 23: 1315): the branch of a tip is 1/2 long in the mean, in trees stopped right before the next birth.
    expectMean(
      grown.map(({ phylogeny: { count, parent, origin, end } }) => {
        const isParent = new Set(parent);
        let sum = 0;
        for (let i = 0; i < count; i++) if (!isParent.has(i)) sum += end[i] - origin[i];
        return sum / n;
      }),
      0.5,
    );
    // The tips share the whole length, which is n in the mean (above).
    expectMean(
      grown.map(({ phylogeny }) => fairProportions(phylogeny).reduce((sum, share) => sum + share, 0) / n),
      1,
    );
  });
});

describe('birth and death (Kendall 1949, J. R. Stat. Soc. B 11: 230)', () => {
  const rates = { first: 4, births: 0.002, deaths: 0.0015, ticks: 1000 };
  const random = namedStream('trees', 'birth and death');
  const grown = Array.from({ length: 3000 }, () => {
    const tree = birthAndDeath(random, rates);
    return { tree, ...turnover(tree, { from: 0, to: rates.ticks }), late: turnover(tree, { from: 600, to: 1000 }) };
  });

  it('events are as many as rate and time lived say: their difference is a martingale', () => {
    for (const pick of [(one: (typeof grown)[number]) => one, (one: (typeof grown)[number]) => one.late]) {
      const windows = grown.map(pick);
      expectMean(
        windows.map(({ originations, exposure }) => originations - rates.births * exposure),
        0,
      );
      expectMean(
        windows.map(({ ends, exposure }) => ends - rates.deaths * exposure),
        0,
      );
    }
  });

  it('n lines become n e^((births - deaths) t), and live n (e^(r t) - 1)/r ticks until then', () => {
    const r = rates.births - rates.deaths;
    expectMean(
      grown.map(({ tree }) => tree.end.filter((end) => end === Infinity).length),
      rates.first * Math.exp(r * rates.ticks),
    );
    expectMean(
      grown.map(({ exposure }) => exposure),
      (rates.first * (Math.exp(r * rates.ticks) - 1)) / r,
    );
  });
});
