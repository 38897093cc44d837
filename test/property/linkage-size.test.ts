import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlleleTable } from '../../src/analysis/stats/allele-table.ts';
import { linkageEffectiveSize, sizeOfLinkage } from '../../src/analysis/stats/linkage-size.ts';
import { covariance, variance } from '../../src/math/statistics.ts';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The ratio by its definition: over pairs of loci of two chromosomes, over pairs of their alleles. */
function naive({ ploidy, loci, alleles }: AlleleTable, group: readonly number[], chromosome: readonly number[]) {
  const copies = (l: number) => group.map((i) => range(ploidy).map((h) => alleles[(i * ploidy + h) * loci + l]));
  const counts = range(loci).map((l) =>
    [...new Set(copies(l).flat())].map((allele) => copies(l).map((own) => own.filter((one) => one === allele).length)),
  );
  const varies = range(loci).filter((l) => counts[l].some((own) => variance(own) > 0));
  const pairs = varies.flatMap((l) => varies.filter((m) => m < l && chromosome[m] !== chromosome[l]).map((m) => [l, m]));
  const covariances = pairs.map(([l, m]) => sum(counts[l].flatMap((a) => counts[m].map((b) => covariance(a, b) ** 2))));
  const variances = pairs.map(([l, m]) => sum(counts[l].map((a) => variance(a))) * sum(counts[m].map((b) => variance(b))));
  return { pairs: pairs.length, r2: sum(covariances) / sum(variances) };
}

const cases = fc
  .record({ organisms: fc.integer({ min: 6, max: 9 }), ploidy: fc.constantFrom(1, 2), loci: fc.integer({ min: 2, max: 5 }) })
  .chain(({ organisms, ploidy, loci }) =>
    fc.record({
      alleles: fc.array(fc.integer({ min: 0, max: 2 }), {
        minLength: organisms * ploidy * loci,
        maxLength: organisms * ploidy * loci,
      }),
      apart: fc.array(fc.boolean(), { minLength: loci, maxLength: loci }),
      organisms: fc.constant(organisms),
      ploidy: fc.constant(ploidy as 1 | 2),
      loci: fc.constant(loci),
    }),
  );

describe('effective size by linkage', () => {
  it('is made of squared covariances of alleles of loci on two chromosomes, with the jackknife over organisms', () => {
    fc.assert(
      fc.property(cases, ({ alleles, apart, organisms, ploidy, loci }) => {
        const table: AlleleTable = { organisms, ploidy, loci, alleles: Int32Array.from(alleles) };
        const chromosome = range(loci).map((l) => sum(apart.slice(1, l + 1).map(Number)));
        const group = range(organisms).filter((i) => i !== 1);
        const n = group.length;
        const found = linkageEffectiveSize(table, group, chromosome);
        const whole = naive(table, group, chromosome);
        expect(found.pairs).toBe(whole.pairs);
        if (whole.pairs === 0) {
          expect(found.size).toBeNaN();
          return;
        }
        expect(found.r2).toBeCloseTo(whole.r2, 10);
        expect(found.excess).toBeCloseTo(whole.r2 - 1 / (n - 1), 10);
        const without = group.map((left) => {
          const { pairs, r2 } = naive(
            table,
            group.filter((i) => i !== left),
            chromosome,
          );
          return pairs > 0 ? r2 - 1 / (n - 2) : 0;
        });
        expect(found.error).toBeCloseTo(Math.sqrt(((n - 1) * (n - 1)) / n) * Math.sqrt(variance(without) * (n / (n - 1))), 8);
        expect(found.low).toBeLessThanOrEqual(found.size);
        expect(found.high).toBeGreaterThanOrEqual(found.size);
      }),
      { numRuns: 150 },
    );
  });

  it('solves r^2 = 1/(3 Ne) - 0.69/Ne^2, and is infinite without an excess', () => {
    for (const size of [5, 12, 100, 1e4]) expect(sizeOfLinkage(1 / (3 * size) - 0.69 / (size * size))).toBeCloseTo(size, 6);
    expect(sizeOfLinkage(0)).toBe(Number.POSITIVE_INFINITY);
    expect(sizeOfLinkage(-0.01)).toBe(Number.POSITIVE_INFINITY);
    expect(sizeOfLinkage(Number.NaN)).toBeNaN();
    // The larger the disequilibrium, the smaller the population.
    for (let r = 0.001; r < 0.5; r *= 1.3) expect(sizeOfLinkage(1.3 * r)).toBeLessThan(sizeOfLinkage(r));
  });
});
