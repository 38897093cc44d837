import { afterAll, describe, expect, it } from 'vitest';
import { inbreedingEffectiveSize } from '../../src/analysis/stats/diversity.ts';
import { lifeTable } from '../../src/analysis/stats/life-table.ts';
import { linkageByDistance } from '../../src/analysis/stats/linkage.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { Workplace } from '../unit/cli/test-io.ts';
import { type NeutralModel, type NeutralStatistics, neutralStatistics, sampled } from './neutral-sites.ts';

const place = new Workplace();
afterAll(() => place.remove());

const models: readonly (NeutralModel & { readonly replicates: number })[] = [
  { process: 'wright-fisher', ploidy: 1, size: 40, loci: 20, mutation: 0.0125, ticks: 400, early: 20, replicates: 6 },
  { process: 'wright-fisher', ploidy: 2, size: 20, loci: 20, mutation: 0.0125, ticks: 400, early: 20, replicates: 6 },
  { process: 'moran', ploidy: 1, size: 16, loci: 20, mutation: 0.0625, ticks: 16 * 60, early: 16 * 8, replicates: 12 },
];

/** Sum of 1/i, i = 1 to n - 1. */
const harmonic = (n: number) => Array.from({ length: n - 1 }, (_, i) => 1 / (i + 1)).reduce((sum, one) => sum + one, 0);

/**
 * Chances that copies of a locus differ, between two organisms and within one, a tick later. Two parents are two organisms, so that the copies of an organism
 * come from two. A newborn of Moran's model takes the place of an organism that may be its parent.
 */
function differ(
  { process, ploidy, size }: NeutralModel,
  mutation: number,
  { between, within }: { between: number; within: number },
) {
  const met = process === 'moran' ? 2 / (size * size) : 1 / size;
  // Copies that come from one organism are the same one, or the other of the two.
  const kept = (1 - met) * between + (ploidy === 2 ? met * 0.5 * within : 0);
  // In Moran's model one of the two may be the newborn: a mutation in it alone.
  const mutated = process === 'moran' ? (2 / size) * mutation : 1 - (1 - mutation) * (1 - mutation);
  return {
    between: kept + mutated * (1 - kept),
    within: between + mutated * (1 - between),
  };
}

function later(model: NeutralModel, mutation: number, ticks: number) {
  let now = { between: 1, within: 1 };
  for (let tick = 0; tick < ticks; tick++) now = differ(model, mutation, now);
  return now;
}

describe.each(models)('a neutral population of $process with free recombination, ploidy $ploidy', (model) => {
  const { process, ploidy, size, mutation, early, replicates } = model;
  const generation = process === 'moran' ? size : 1;
  // Of a generation of N events of Moran's model, pairs meet in 2/N^2 each: half the size (Moran 1958). Two parents that are two organisms: Ne is N + 1/2 in diploids.
  const effective = process === 'moran' ? size / 2 : ploidy === 2 ? size + 0.5 : size;
  const theta = 2 * ploidy * effective * mutation;
  const runs: Promise<readonly NeutralStatistics[]> = (async () => {
    const made: NeutralStatistics[] = [];
    for (let seed = 1; seed <= replicates; seed++) made.push(await neutralStatistics(place, model, seed));
    return made;
  })();

  /** Within 4 standard errors over runs, and `allowed` of the expectation for what the theory leaves out. */
  async function compare(which: keyof NeutralStatistics, expected: number, allowed = 0): Promise<void> {
    const values = (await runs).map((one) => one[which]);
    const deviation = Math.abs(mean(values) - expected);
    const found = `${which} ${mean(values).toFixed(4)} (${standardError(values).toFixed(4)}), expected ${expected.toFixed(4)}`;
    expect(deviation, found).toBeLessThan(4 * standardError(values) + allowed * Math.abs(expected));
  }

  it('has the gene diversity of infinite alleles (Kimura & Crow 1964, Genetics 49: 725)', async () => {
    const { between, within } = later(model, mutation, 100 * size * generation);
    await compare('diversity', between);
    // F_IS is a little below 0, as parents are two organisms (Robertson 1965, Genet. Res. 6: 141).
    if (ploidy === 2) await compare('fixation', 1 - within / between);
  }, 120_000);

  // Theory of small samples is about populations without overlap, whose copies mutate each generation.
  if (process === 'wright-fisher') {
    it('has pi and Watterson’s theta of 2 n u, and Tajima’s D near 0', async () => {
      await compare('pi', theta);
      // Samples of 8 of 40 copies: now and then three lines meet at once, which the coalescent leaves out.
      await compare('watterson', theta, 0.03);
      await compare('sites', theta * harmonic(sampled), 0.03);
      // Means of D are a little below 0 in small samples of few sites (Tajima 1989, table 1: -0.1 at most).
      const values = (await runs).map(({ tajima }) => tajima);
      expect(Math.abs(mean(values) + 0.05)).toBeLessThan(4 * standardError(values) + 0.05);
    }, 120_000);

    it('associates loci on different chromosomes as its effective size says (Hill 1981, Genet. Res. 38: 209)', async () => {
      // Half of it is left a generation, less what pairs of two parents take and mutations break (test/theory/linkage-size.test.ts).
      const kept = 0.5 * (1 - 1 / (size - 1)) * (1 - mutation) * (1 - mutation);
      await compare('linkage', (kept * kept) / (1 - kept * kept) / size);
    }, 120_000);

    it('has the number of alleles of Ewens’s sampling formula', async () => {
      const expected = Array.from({ length: sampled }, (_, i) => theta / (theta + i)).reduce((sum, one) => sum + one, 0);
      await compare('alleles', expected, 0.03);
    }, 120_000);
  }

  it('gains kinship as fast as its inbreeding effective size says', async () => {
    await compare('kinship', 1 - later(model, 0, early).between);
    const kinships = (await runs).map(({ kinship }) => kinship);
    const sizeOf = (kinship: number) => inbreedingEffectiveSize(1, 1 - kinship, early / generation, ploidy);
    const [at, error] = [mean(kinships), standardError(kinships)];
    // The error of a function of the mean, to first order; what is allowed is that of discrete generations.
    const slope = Math.abs(sizeOf(at + error) - sizeOf(at - error)) / (2 * error);
    const allowed = process === 'moran' ? 0.5 : ploidy === 2 ? 0.25 : 0;
    expect(Math.abs(sizeOf(at) - effective), `${sizeOf(at)} (${slope * error})`).toBeLessThan(4 * slope * error + allowed);
  }, 120_000);

  it('has the effective size of its variance of offspring, and of its coalescence', async () => {
    if (process === 'moran') await compare('generation', size);
    else for (const one of await runs) expect(one.generation).toBe(1);
    // A copy leaves binomially many of mean 1 in each generation, geometrically many in a life: variance 1 - 1/N and 2 (1 - 1/N), Ne = N T N_1 / V.
    await compare('variance', size / ((process === 'moran' ? 2 : 1) * (1 - 1 / size)));
    await compare('coalescent', effective);
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
