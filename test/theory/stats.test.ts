import { afterAll, describe, expect, it } from 'vitest';
import { inbreedingEffectiveSize } from '../../src/analysis/stats/diversity.ts';
import { lifeTable } from '../../src/analysis/stats/life-table.ts';
import { linkageByDistance } from '../../src/analysis/stats/linkage.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { Workplace } from '../unit/cli/test-io.ts';
import { early, type NeutralModel, type NeutralStatistics, neutralStatistics, sampled } from './neutral-sites.ts';

const place = new Workplace();
afterAll(() => place.remove());

const replicates = 6;
const models: readonly NeutralModel[] = [
  { ploidy: 1, size: 40, loci: 20, mutation: 0.0125, ticks: 400 },
  { ploidy: 2, size: 20, loci: 20, mutation: 0.0125, ticks: 400 },
];

/** Sum of 1/i, i = 1 to n - 1. */
const harmonic = (n: number) => Array.from({ length: n - 1 }, (_, i) => 1 / (i + 1)).reduce((sum, one) => sum + one, 0);

describe.each(models)('a neutral population with free recombination, ploidy $ploidy', (model) => {
  const { ploidy, size, mutation } = model;
  const copies = ploidy * size;
  const theta = 2 * copies * mutation;
  const runs: Promise<readonly NeutralStatistics[]> = (async () => {
    const made: NeutralStatistics[] = [];
    for (let seed = 1; seed <= replicates; seed++) made.push(await neutralStatistics(place, model, seed));
    return made;
  })();

  /** Within 4 standard errors over runs, and `allowed` of the expectation for what the theory leaves out. */
  async function compare(which: keyof NeutralStatistics, expected: number, allowed = 0): Promise<void> {
    const values = (await runs).map((one) => one[which]);
    const deviation = Math.abs(mean(values) - expected);
    const told = `${mean(values).toFixed(4)} (${standardError(values).toFixed(4)}), expected ${expected.toFixed(4)}`;
    expect(deviation, told).toBeLessThan(4 * standardError(values) + allowed * Math.abs(expected));
  }

  it('has the gene diversity of infinite alleles (Kimura & Crow 1964, Genetics 49: 725)', async () => {
    // The fixed point of F' = (1 - u)^2 (1/n + (1 - 1/n) F) over n copies: without approximation for small n.
    const kept = (1 - mutation) * (1 - mutation);
    await compare('diversity', 1 - kept / (copies - (copies - 1) * kept));
  }, 120_000);

  it('has pi and Watterson’s theta of 2 n u, and Tajima’s D near 0', async () => {
    await compare('pi', theta);
    // Samples of 8 of 40 copies: now and then three lines meet at once, which the coalescent leaves out.
    await compare('watterson', theta, 0.03);
    await compare('sites', theta * harmonic(sampled), 0.03);
    // Means of D are a little below 0 in small samples of few sites (Tajima 1989, table 1: -0.1 at most).
    const values = (await runs).map(({ tajima }) => tajima);
    expect(Math.abs(mean(values) + 0.05)).toBeLessThan(4 * standardError(values) + 0.05);
  }, 120_000);

  it('has the number of alleles of Ewens’s sampling formula', async () => {
    const expected = Array.from({ length: sampled }, (_, i) => theta / (theta + i)).reduce((sum, one) => sum + one, 0);
    await compare('alleles', expected, 0.03);
  }, 120_000);

  it('gains kinship by 1/n of what is left a generation, so that its inbreeding effective size is its own', async () => {
    const lost = 1 - (1 - 1 / copies) ** early;
    // Copies of two organisms: before the first birth none is identical, in a diploid the two of a founder are not either.
    await compare('kinship', lost);
    expect(inbreedingEffectiveSize(1, 1 - lost, early, ploidy)).toBeCloseTo(size, 8);
  }, 120_000);

  it('has its own size as effective size by variance and by coalescence', async () => {
    for (const { generation } of await runs) expect(generation).toBe(1);
    await compare('variance', size, 1 / size);
    await compare('coalescent', size, 1 / size);
    if (ploidy === 2) {
      // F_IS of a small random-mating population with selfing at random is near -1/(2N) (Robertson 1965), 0 without bias of pairs.
      await compare('fixation', 0, 0.05);
    }
  }, 120_000);
});

describe('independent loci', () => {
  it('have a mean r^2 of 1/(n - 1) in n copies', () => {
    const stream = namedStream('1', 'independent');
    const [n, loci] = [25, 12];
    const values = Array.from({ length: 40 }, () => {
      const genomes = Float32Array.from({ length: n * loci }, () => stream.normal());
      const bins = linkageByDistance(genomes, loci, new Float64Array(loci).fill(0.5));
      expect(bins.at(-1)?.pairs).toBe((loci * (loci - 1)) / 2);
      return bins.at(-1)?.r2 as number;
    });
    expect(Math.abs(mean(values) - 1 / (n - 1))).toBeLessThan(4 * standardError(values));
  });
});

describe('a life table', () => {
  it('of constant chances a tick has e0 = T = 1/q, R0 = b/q and e^r = 1 - q + b', () => {
    // In each tick a life ends with chance q; each organism bears with chance b, also in its last tick.
    const stream = namedStream('2', 'life table');
    const [q, b] = [0.05, 0.055];
    const found = Array.from({ length: 24 }, () => {
      const [birth, death, parent]: number[][] = [[], [], []];
      for (let i = 0; i < 200; i++) birth.push(0), death.push(Number.NaN), parent.push(-1);
      let living = birth.map((_, i) => i);
      const ticks = 200;
      for (let tick = 1; tick <= ticks; tick++) {
        const bearers = living.filter(() => stream.uniform() < b);
        living = living.filter((i) => {
          if (stream.uniform() >= q) return true;
          death[i] = tick;
          return false;
        });
        for (const bearer of bearers) living.push(birth.push(tick) - 1), death.push(Number.NaN), parent.push(bearer);
      }
      const none = birth.map(() => -1);
      const lives = { birth, death, firstParent: parent, secondParent: none, firstShare: birth.map(() => 1) };
      return lifeTable(
        lives,
        birth.map((_, i) => i),
        { from: 0, to: ticks },
        1,
        150,
      );
    });
    const compare = (values: readonly number[], expected: number) =>
      expect(Math.abs(mean(values) - expected), `${mean(values)} for ${expected}`).toBeLessThan(4 * standardError(values));
    compare(
      found.map(({ classes }) => classes[0].expectation),
      1 / q,
    );
    compare(
      found.map(({ netReproduction }) => netReproduction),
      b / q,
    );
    compare(
      found.map(({ cohortGeneration }) => cohortGeneration),
      1 / q,
    );
    compare(
      found.map(({ growth }) => growth),
      Math.log(1 - q + b),
    );
  });
});
