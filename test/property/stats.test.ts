import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geneticCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { type AlleleTable, allelesOfValues } from '../../src/analysis/stats/allele-table.ts';
import { axesOf, meanEvolvability, subspaceSimilarity } from '../../src/analysis/stats/covariance-matrices.ts';
import { divergence, neiFst, pairsThatDiffer } from '../../src/analysis/stats/divergence.ts';
import { alleleSpectrum, diversity, ewensTheta, expectedAlleles, heterozygosity } from '../../src/analysis/stats/diversity.ts';
import { familyBlocks } from '../../src/analysis/stats/family-jackknife.ts';
import { censusSize, generationTime, type Lives, lifeTable } from '../../src/analysis/stats/life-table.ts';
import { cohortFitness, deepClades, lifetimeOffspring } from '../../src/analysis/stats/lifetime-offspring.ts';
import { identityRuns, linkageByDistance, mapPlaces } from '../../src/analysis/stats/linkage.ts';
import { pairwiseCoalescence } from '../../src/analysis/stats/pairwise-coalescence.ts';
import { parentOffspringSlope } from '../../src/analysis/stats/parent-offspring.ts';
import { pedigreeKinship } from '../../src/analysis/stats/pedigree-kinship.ts';
import { selectionGradients } from '../../src/analysis/stats/selection-gradients.ts';
import { derivedCounts, type MutationTable, siteDiversity, siteFrequencies } from '../../src/analysis/stats/site-frequencies.ts';
import { solvePositive } from '../../src/math/cholesky.ts';
import { symmetricEigenvectors } from '../../src/math/eigenvalues.ts';
import { correlation } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

const runs = { numRuns: 150 };
const share = (of: readonly boolean[]) => of.filter(Boolean).length / of.length;
const near = (value: number, expected: number) =>
  Number.isNaN(expected) ? expect(value).toBeNaN() : expect(value).toBeCloseTo(expected, 10);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Tables of up to 8 organisms with few alleles. */
const tables = fc
  .record({ organisms: fc.integer({ min: 1, max: 8 }), ploidy: fc.constantFrom(1, 2), loci: fc.integer({ min: 1, max: 4 }) })
  .chain(({ organisms, ploidy, loci }) =>
    fc
      .array(fc.integer({ min: -2, max: 3 }), { minLength: organisms * ploidy * loci, maxLength: organisms * ploidy * loci })
      .map((alleles): AlleleTable => ({ organisms, ploidy: ploidy as 1 | 2, loci, alleles: Int32Array.from(alleles) })),
  );

const copy = ({ ploidy, loci, alleles }: AlleleTable, i: number, h: number, l: number) => alleles[(i * ploidy + h) * loci + l];

/** Whether pairs of copies of different organisms differ, one organism from each list. */
function pairsOf(table: AlleleTable, one: readonly number[], other: readonly number[], l: number): boolean[] {
  return one.flatMap((i) =>
    other
      .filter((j) => j !== i)
      .flatMap((j) =>
        range(table.ploidy).flatMap((g) => range(table.ploidy).map((h) => copy(table, i, g, l) !== copy(table, j, h, l))),
      ),
  );
}

describe('diversity, by counting pairs', () => {
  it('heterozygosity, alleles and their spectrum', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const group = range(table.organisms);
        for (const l of range(table.loci)) {
          const { between, within } = heterozygosity(table, group, l);
          near(between, group.length < 2 ? Number.NaN : share(pairsOf(table, group, group, l)));
          near(within, table.ploidy === 1 ? Number.NaN : share(group.map((i) => copy(table, i, 0, l) !== copy(table, i, 1, l))));
        }
        const spectrum = alleleSpectrum(table, group, range(table.loci));
        const counts = range(table.loci).flatMap((l) => {
          const copies = group.flatMap((i) => range(table.ploidy).map((h) => copy(table, i, h, l)));
          return [...new Set(copies)].map((allele) => copies.filter((one) => one === allele).length);
        });
        for (const [n, count] of spectrum.entries()) expect(count).toBe(counts.filter((one) => one === n).length);
        near(diversity(table, group, range(table.loci)).alleles, counts.length / table.loci);
      }),
      runs,
    );
  });

  it('divergence of two and three groups', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }), (table, of) => {
        const groups = range(3).map((g) => range(table.organisms).filter((i) => of[i] === g));
        const kept = groups.filter(({ length }) => length >= 2);
        fc.pre(kept.length >= 2);
        const loci = range(table.loci);
        const within = loci.flatMap((l) => kept.map((group) => share(pairsOf(table, group, group, l))));
        const pairs = loci.flatMap((l) =>
          kept.flatMap((one, a) => kept.slice(a + 1).map((other) => share(pairsOf(table, one, other, l)))),
        );
        const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const found = divergence(table, kept, loci);
        near(found.within, mean(within));
        near(found.between, mean(pairs));
        const total = mean(within) / kept.length + (1 - 1 / kept.length) * mean(pairs);
        near(found.fst, total > 0 ? 1 - mean(within) / total : Number.NaN);
        near(pairsThatDiffer(table, kept[0], kept[1], 0), share(pairsOf(table, kept[0], kept[1], 0)));
      }),
      runs,
    );
    expect(neiFst(0, 1, 2)).toBe(1);
    expect(neiFst(0.5, 0.5, 3)).toBeCloseTo(0, 12);
    expect(neiFst(0, 0, 2)).toBeNaN();
  });

  it('values are alleles by their bits, but 0 and -0 are one', () => {
    const { alleles } = allelesOfValues(Float32Array.of(0, -0, 1.5, 1.5, 1.5000001), 1, 5);
    expect(alleles[0]).toBe(alleles[1]);
    expect(alleles[2]).toBe(alleles[3]);
    expect(alleles[3]).not.toBe(alleles[4]);
  });

  it('Ewens’s theta gives the number of alleles back', () => {
    for (const theta of [0.01, 0.5, 3, 40]) near(ewensTheta(expectedAlleles(theta, 50), 50) / theta, 1);
    expect([ewensTheta(1, 10), ewensTheta(10, 10), ewensTheta(1, 1)]).toEqual([0, Number.POSITIVE_INFINITY, Number.NaN]);
  });
});

/** Mutations on lines: alleles 0 to m - 1, each with an earlier one below it or none. */
const mutationTables = fc
  .record({
    organisms: fc.integer({ min: 2, max: 7 }),
    ploidy: fc.constantFrom(1, 2),
    mutations: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ organisms, ploidy, mutations }) =>
    fc
      .record({
        parents: fc.tuple(...range(mutations).map((m) => fc.integer({ min: -1, max: m - 1 }))),
        alleles: fc.array(fc.integer({ min: -2, max: mutations - 1 }), {
          minLength: organisms * ploidy,
          maxLength: organisms * ploidy,
        }),
      })
      .map(
        ({ parents, alleles }): MutationTable => ({
          organisms,
          ploidy: ploidy as 1 | 2,
          loci: 1,
          alleles: Int32Array.from(alleles),
          parents: Int32Array.from(parents),
        }),
      ),
  );

describe('mutations as sites', () => {
  it('are carried by all copies above them; pi is the mean number that differ in a pair', () => {
    fc.assert(
      fc.property(mutationTables, (table) => {
        const carried = Array.from(table.alleles, (allele) => {
          const line = new Set<number>();
          for (let m = allele; m >= 0; m = table.parents[m]) line.add(m);
          return line;
        });
        const n = carried.length;
        const counts = Array.from(table.parents, (_, m) => carried.filter((line) => line.has(m)).length);
        const sites = counts.filter((count) => count > 0 && count < n).sort();
        const group = range(table.organisms);
        expect([...derivedCounts(table, group, 0)].sort()).toEqual(sites);
        let differences = 0;
        for (const [a, one] of carried.entries()) {
          for (const other of carried.slice(0, a)) {
            differences += [...one].filter((m) => !other.has(m)).length + [...other].filter((m) => !one.has(m)).length;
          }
        }
        const { pairwise, segregating, watterson } = siteDiversity(table, group, [0]);
        near(pairwise, differences / ((n * (n - 1)) / 2));
        expect(segregating).toBe(sites.length);
        near(watterson, sites.length / range(n - 1).reduce((sum, i) => sum + 1 / (i + 1), 0));
      }),
      runs,
    );
  });

  it('Tajima’s D is that of his worked example', () => {
    // Tajima 1989, Genetics 123: 585: n = 10, S = 16, pi = 3.888889, D = -1.446172 (as his formulas give it).
    const [n, S, pi] = [10, 16, 3.888889];
    // Only sums count: singletons and one more class that make S and pi so.
    const spectrum = new Float64Array(n + 1);
    const [single, double] = [(2 * 9) / 90, (2 * 2 * 8) / 90];
    spectrum[2] = (pi - S * single) / (double - single);
    spectrum[1] = S - spectrum[2];
    expect(siteFrequencies(spectrum).tajima).toBeCloseTo(-1.446172, 5);
    expect(siteFrequencies([0, 3, 1, 0]).tajima).toBeNaN();
    expect(siteFrequencies([0, 0, 0, 0, 0, 0]).tajima).toBeNaN();
  });
});

describe('linkage', () => {
  it('is D^2/(p(1 - p) q(1 - q)) of two alleles, and a squared correlation of values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 3, maxLength: 20 }), (copies) => {
        const n = copies.length;
        const [p, q] = [0, 1].map((l) => copies.filter((one) => one[l] === 1).length / n);
        const D = copies.filter(([a, b]) => a === 1 && b === 1).length / n - p * q;
        const [bin] = linkageByDistance(Float32Array.from(copies.flat()), 2, [0, 0]);
        const varies = p > 0 && p < 1 && q > 0 && q < 1;
        expect(bin.pairs).toBe(varies ? 1 : 0);
        near(bin.r2, varies ? (D * D) / (p * (1 - p) * q * (1 - q)) : Number.NaN);
      }),
      runs,
    );
    const stream = namedStream('1', 'linkage');
    const [n, loci] = [30, 6];
    const values = Float32Array.from({ length: n * loci }, () => stream.normal());
    // Loci 0 to 2 and 3 to 5 on a chromosome each; Haldane's 5 cM and 50 cM.
    const rates = [0, (1 - Math.exp(-0.1)) / 2, (1 - Math.exp(-1)) / 2, 0.5, (1 - Math.exp(-0.1)) / 2, (1 - Math.exp(-1)) / 2];
    expect([...mapPlaces(rates).morgans].map((at) => at.toFixed(3))).toEqual([
      '0.000',
      '0.050',
      '0.550',
      '0.000',
      '0.050',
      '0.550',
    ]);
    const column = (l: number) => range(n).map((c) => values[c * loci + l]);
    const r2 = (a: number, b: number) => correlation(column(a), column(b)) * correlation(column(a), column(b));
    const bins = linkageByDistance(values, loci, rates);
    expect(bins.map(({ pairs }) => pairs)).toEqual([0, 0, 2, 0, 4, 0, 9]);
    near(bins[2].r2, (r2(0, 1) + r2(3, 4)) / 2);
    near(
      bins[6].r2,
      range(3)
        .flatMap((a) => range(3).map((b) => r2(a, b + 3)))
        .reduce((sum, one) => sum + one, 0) / 9,
    );
  });

  it('runs of identity end where copies differ and where chromosomes end', () => {
    expect(identityRuns([1, 1, 2, 3, 3, 3], [1, 1, 9, 3, 3, 3], [0, 0, 0, 0, 0, 0])).toEqual([2, 3]);
    expect(identityRuns([1, 1, 2, 3, 3, 3], [1, 1, 2, 3, 3, 9], [0, 0, 0, 1, 1, 1])).toEqual([3, 2]);
    expect(identityRuns([1], [2], [0])).toEqual([]);
  });
});

/** Random lives: parents are born before their children and live at their births. */
const someLives = fc.integer({ min: 0, max: 2 ** 30 }).map((seed): Lives => {
  const stream = namedStream(String(seed), 'lives');
  const [birth, death, firstParent, secondParent, firstShare]: number[][] = [[], [], [], [], []];
  for (let i = 0; i < 40; i++) {
    const born = i < 6 ? -stream.integer(10) : birth[i - 1] < 0 ? 1 : birth[i - 1] + stream.integer(2);
    const living = range(i).filter((j) => birth[j] < born && !(death[j] < born));
    birth.push(born);
    death.push(stream.uniform() < 0.3 ? Number.NaN : Math.max(1, born + 1) + stream.integer(15));
    const parent = i >= 6 && living.length > 0 ? living[stream.integer(living.length)] : -1;
    const mate = parent >= 0 && stream.uniform() < 0.5 ? living[stream.integer(living.length)] : -1;
    firstParent.push(parent);
    secondParent.push(mate === parent ? -1 : mate);
    firstShare.push(secondParent[i] < 0 ? 1 : stream.uniform());
  }
  return { birth, death, firstParent, secondParent, firstShare };
});

const parentsOf = ({ firstParent, secondParent, firstShare }: Lives, i: number): [number, number][] =>
  firstParent[i] < 0
    ? []
    : secondParent[i] < 0
      ? [[firstParent[i], 1]]
      : [
          [firstParent[i], firstShare[i]],
          [secondParent[i], 1 - firstShare[i]],
        ];

describe('lives, tick by tick', () => {
  it('make the life table, census sizes and the generation time', () => {
    fc.assert(
      fc.property(someLives, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 9, max: 20 }), (lives, from, to) => {
        const rows = range(40).filter((i) => i % 3 !== 0);
        const [width, classes] = [3, 4];
        const of = (age: number) => Math.min(classes - 1, Math.max(0, Math.ceil(age / width) - 1));
        const [exposure, deaths, births] = [0, 0, 0].map(() => new Array<number>(classes).fill(0));
        const sizes: number[] = [];
        let [aged, all] = [0, 0];
        for (let tick = from + 1; tick <= to; tick++) {
          for (const i of rows) {
            const alive = lives.birth[i] < tick && !(lives.death[i] < tick);
            if (alive) exposure[of(tick - lives.birth[i])]++;
            if (lives.death[i] === tick && lives.birth[i] < tick) deaths[of(tick - lives.birth[i])]++;
          }
          for (const i of range(40).filter((one) => lives.birth[one] === tick)) {
            for (const [parent, part] of parentsOf(lives, i)) {
              if (!rows.includes(parent)) continue;
              births[of(tick - lives.birth[parent])] += part;
              aged += part * (tick - lives.birth[parent]);
              all += part;
            }
          }
          sizes.push(rows.filter((i) => lives.birth[i] <= tick && !(lives.death[i] <= tick)).length);
        }
        const table = lifeTable(lives, rows, { from, to }, width, classes);
        for (const [c, one] of table.classes.entries()) {
          near(one.exposure, exposure[c]);
          expect(one.deaths).toBe(deaths[c]);
          near(one.births, births[c]);
        }
        let left = 1;
        for (const c of range(classes).filter((one) => exposure[one] > 0)) {
          if (range(c).some((younger) => exposure[younger] === 0)) break;
          left *= (1 - deaths[c] / exposure[c]) ** width;
        }
        if (exposure[classes - 1] === 0) near(table.outlive, left);
        near(generationTime(lives, rows, { from, to }), all > 0 ? aged / all : Number.NaN);
        const size = censusSize(lives, rows, { from, to });
        expect(size.lived).toBe(rows.filter((i) => lives.birth[i] <= to && !(lives.death[i] <= from)).length);
        near(size.mean, sizes.reduce((sum, n) => sum + n, 0) / sizes.length);
        near(size.harmonic, sizes.includes(0) ? 0 : sizes.length / sizes.reduce((sum, n) => sum + 1 / n, 0));
      }),
      runs,
    );
  });

  it('make lifetime offspring and what follows from them', () => {
    fc.assert(
      fc.property(someLives, (lives) => {
        const rows = range(40).filter((i) => !Number.isNaN(lives.death[i]));
        const found = lifetimeOffspring(lives, rows);
        let chance = 0;
        for (const [k, row] of rows.entries()) {
          const shares = range(40).flatMap((i) =>
            parentsOf(lives, i)
              .filter(([parent]) => parent === row)
              .map(([, part]) => part),
          );
          near(
            found.offspring[k],
            shares.reduce((sum, one) => sum + one, 0),
          );
          chance += shares.reduce((sum, one) => sum + one * (1 - one), 0);
        }
        near(found.mendelian, chance / rows.length);
      }),
      runs,
    );
    // Two clones of four organisms each tick, all from one: V = 0.75, I = V / 0.25, Ne = N1 T / (V / mean^2).
    const one = cohortFitness({ offspring: Float64Array.of(2, 0, 0, 0), mendelian: 0 }, 4, 3);
    expect(one).toEqual({ mean: 0.5, variance: 0.75, opportunity: 3, effectiveSize: 4 });
    expect(cohortFitness({ offspring: Float64Array.of(1, 1), mendelian: 0 }, 4, 3).effectiveSize).toBe(Number.POSITIVE_INFINITY);
  });

  it('clades of a cohort are as deep as they can be with enough of them', () => {
    fc.assert(
      fc.property(someLives, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 6 }), (lives, latest, fewest) => {
        const rows = range(40).filter((i) => lives.birth[i] > latest);
        const cladesAt = (tick: number) =>
          rows.map((row) => {
            let at = row;
            while (lives.birth[at] > tick && lives.firstParent[at] >= 0) at = lives.firstParent[at];
            return at;
          });
        const number = (clades: readonly number[]) => {
          const shares = [...new Set(clades)].map((one) => share(clades.map((other) => other === one)));
          return 1 / shares.reduce((sum, one) => sum + one * one, 0);
        };
        const enough = range(latest + 1).find((tick) => number(cladesAt(tick)) >= fewest - 1e-9);
        const { tick, clades } = deepClades(lives, rows, latest, fewest);
        expect(Array.from(clades)).toEqual(cladesAt(tick));
        expect(Array.from(clades)).toEqual(cladesAt(rows.length === 0 ? latest : (enough ?? latest)));
      }),
      runs,
    );
  });

  it('kinship is that of the textbooks, and of recursion', () => {
    // Diploids: 0 and 1 founders; 2 and 3 full sibs; 4 of 2 and 3; 5 a clone of 4.
    const family = {
      firstParent: [-1, -1, 0, 0, 2, 4],
      secondParent: [-1, -1, 1, 1, 3, -1],
      firstShare: [1, 1, 0.5, 0.5, 0.5, 1],
    };
    const diploid = pedigreeKinship({ ...family, ploidy: 2 }, [0, 2, 3, 4, 5]);
    expect([...diploid.subarray(0, 5)]).toEqual([0.5, 0.25, 0.25, 0.25, 0.25]);
    expect(diploid[1 * 5 + 2]).toBe(0.25);
    // Inbreeding of 4 is 1/4: two draws from it are alike with (1 + 1/4)/2.
    expect(diploid[3 * 5 + 3]).toBe(0.625);
    expect(diploid[3 * 5 + 4]).toBe(0.625);
    fc.assert(
      fc.property(someLives, (lives) => {
        const kinship = (a: number, b: number): number => {
          if (a === b) return 1;
          const [young, old] = a > b ? [a, b] : [b, a];
          return parentsOf(lives, young).reduce((sum, [parent, part]) => sum + part * kinship(parent, old), 0);
        };
        const rows = [39, 38, 20, 5];
        const found = pedigreeKinship({ ...lives, ploidy: 1 }, rows);
        for (const [i, a] of rows.entries()) for (const [j, b] of rows.entries()) near(found[i * 4 + j], kinship(a, b));
      }),
      { numRuns: 40 },
    );
  });

  it('coalescence is that of each pair, met or cut off at the founding', () => {
    fc.assert(
      fc.property(someLives, (lives) => {
        const sample = [39, 37, 36, 30, 12, 3];
        const line = (node: number): number[] => (node < 0 ? [] : [node, ...line(lives.firstParent[node])]);
        let [met, ticks] = [0, 0];
        for (const [a, one] of sample.entries()) {
          for (const other of sample.slice(a + 1)) {
            const shared = line(one).find((node) => line(other).includes(node));
            if (shared !== undefined) met++;
            ticks += shared === undefined ? 99 : 50 - lives.birth[shared];
          }
        }
        const genealogy = { parent: (node: number) => lives.firstParent[node], ago: (node: number) => 50 - lives.birth[node] };
        expect(pairwiseCoalescence(genealogy, sample, 99)).toEqual({ pairs: 15, met, ticks });
      }),
      runs,
    );
  });
});

describe('selection', () => {
  const cohort = (seed: number, n: number, traits: number) => {
    const stream = namedStream(String(seed), 'cohort');
    const values = Float64Array.from({ length: n * traits }, () => 5 + 3 * stream.normal());
    const fitness = Float64Array.from({ length: n }, (_, i) => stream.integer(4) + Math.max(0, values[i * traits]));
    return { values, traits, fitness, families: Float64Array.from({ length: n }, () => stream.integer(20)) };
  };

  /** Least squares on standardised traits, by the normal equations, of the rows that count. */
  function naive({ values, traits, fitness }: ReturnType<typeof cohort>, rows: readonly number[]): number[] {
    const column = (t: number) => rows.map((i) => values[i * traits + t]);
    const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
    const standard = range(traits).map((t) => {
      const [of, centre] = [column(t), mean(column(t))];
      const deviation = Math.sqrt(mean(of.map((one) => (one - centre) ** 2)));
      return of.map((one) => (one - centre) / deviation);
    });
    const w = rows.map((i) => fitness[i]);
    const relative = w.map((one) => one / mean(w));
    const regress = (terms: readonly (readonly number[])[]) => {
      const matrix = Float64Array.from(terms.flatMap((a) => terms.map((b) => mean(a.map((one, i) => one * b[i])))));
      return solvePositive(
        matrix,
        terms.map((a) => mean(a.map((one, i) => one * relative[i]))),
      );
    };
    const ones = rows.map(() => 1);
    const linear = regress([ones, ...standard]);
    const pairs = range(traits).flatMap((a) => range(traits - a).map((k) => [a, a + k] as const));
    const full = regress([ones, ...standard, ...pairs.map(([a, b]) => standard[a].map((one, i) => one * standard[b][i]))]);
    return [
      ...standard.map((z) => mean(z.map((one, i) => one * relative[i]))),
      ...linear.subarray(1),
      ...range(traits).flatMap((a) =>
        range(traits).map((b) => {
          const place = pairs.findIndex(([one, other]) => one === Math.min(a, b) && other === Math.max(a, b));
          return (a === b ? 2 : 1) * full[1 + traits + place];
        }),
      ),
    ];
  }

  it('gradients and their errors are least squares, again without each block of families', () => {
    for (const seed of [1, 2, 3]) {
      const one = cohort(seed, 120, 2);
      const found = selectionGradients(one, true);
      const all = [...found.differentials, ...found.gradients, ...found.quadratic];
      const expected = naive(one, range(120));
      const blocks = familyBlocks(one.families);
      expect(blocks.count).toBe(found.blocks);
      const left = range(blocks.count).map((b) =>
        naive(
          one,
          range(120).filter((i) => blocks.of[i] !== b),
        ),
      );
      for (const [k, { value, error }] of all.entries()) {
        near(value, expected[k]);
        const mean = left.reduce((sum, row) => sum + row[k], 0) / left.length;
        const square = left.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0);
        near(error, Math.sqrt(((left.length - 1) / left.length) * square));
      }
    }
  });

  it('blocks keep families whole and are nearly even', () => {
    const { families } = cohort(5, 400, 1);
    const { of, count } = familyBlocks(families, 8);
    expect(count).toBeGreaterThan(4);
    for (const [i, block] of of.entries())
      for (const [j, other] of of.entries()) if (families[i] === families[j]) expect(block).toBe(other);
    for (const b of range(count)) expect(of.filter((one) => one === b).length).toBeGreaterThan(10);
  });

  it('refuses cohorts that say nothing', () => {
    const one = cohort(1, 60, 2);
    const same = { ...one, values: one.values.map((value, i) => (i % 2 === 0 ? value : one.values[i - 1])) };
    expect(() => selectionGradients(same, false)).toThrow(/collinear/);
    expect(() => selectionGradients({ ...one, fitness: new Float64Array(60) }, false)).toThrow(/offspring/);
    expect(() => selectionGradients({ ...one, values: one.values.map((v, i) => (i % 2 ? 1 : v)) }, false)).toThrow(/vary/);
    expect(() => selectionGradients(cohort(1, 10, 2), true)).toThrow('10 organisms for 6 terms');
  });

  it('the slope of offspring on parents is that of least squares', () => {
    const stream = namedStream('7', 'slope');
    const parents = Float64Array.from({ length: 50 }, () => stream.normal());
    const offspring = parents.map((parent) => 0.4 * parent + stream.normal());
    const families = parents.map((_, i) => Math.floor(i / 3));
    const slope = (rows: readonly number[]) => {
      const mean = (of: Float64Array) => rows.reduce((sum, i) => sum + of[i], 0) / rows.length;
      const [x, y] = [mean(parents), mean(offspring)];
      const square = rows.reduce((sum, i) => sum + (parents[i] - x) ** 2, 0);
      return rows.reduce((sum, i) => sum + (parents[i] - x) * (offspring[i] - y), 0) / square;
    };
    const found = parentOffspringSlope(offspring, parents, families);
    near(found.slope.value, slope(range(50)));
    const { of, count } = familyBlocks(families);
    const left = range(count).map((b) => slope(range(50).filter((i) => of[i] !== b)));
    const mean = left.reduce((sum, one) => sum + one, 0) / count;
    near(found.slope.error, Math.sqrt(((count - 1) / count) * left.reduce((sum, one) => sum + (one - mean) ** 2, 0)));
  });
});

describe('matrices', () => {
  const stream = namedStream('3', 'matrices');
  const random = (n: number) => {
    const values = Float64Array.from({ length: 40 * n }, (_, i) => stream.normal() * (1 + (i % n)));
    return geneticCovariance({ values, count: 40, stride: n, dimensions: n });
  };

  it('are put together again from their axes', () => {
    for (const n of [1, 2, 5, 9]) {
      const matrix = random(n);
      const { values, vectors } = axesOf(matrix);
      expect(symmetricEigenvectors(matrix)).toEqual(vectors);
      for (const a of range(n)) {
        for (const b of range(n)) {
          near(
            range(n).reduce((sum, i) => sum + values[i] * vectors[i * n + a] * vectors[i * n + b], 0),
            matrix[a * n + b],
          );
          near(
            range(n).reduce((sum, j) => sum + vectors[a * n + j] * vectors[b * n + j], 0),
            a === b ? 1 : 0,
          );
        }
      }
    }
  });

  it('Krzanowski’s similarity is the sum of eigenvalues of A’B B’A over k; 1 of itself, k/n of random ones', () => {
    const [one, other] = [axesOf(random(6)), axesOf(random(6))];
    near(subspaceSimilarity(one, one, 3), 1);
    const inner = range(3).map((a) =>
      range(3).map((b) => range(6).reduce((s, j) => s + one.vectors[a * 6 + j] * other.vectors[b * 6 + j], 0)),
    );
    const product = Float64Array.from(
      range(3).flatMap((a) => range(3).map((b) => range(3).reduce((s, k) => s + inner[a][k] * inner[b][k], 0))),
    );
    near(subspaceSimilarity(one, other, 3), axesOf(product).values.reduce((sum, value) => sum + value, 0) / 3);
    const isotropic = () =>
      axesOf(
        geneticCovariance({
          values: Float64Array.from({ length: 240 }, () => stream.normal()),
          count: 40,
          stride: 6,
          dimensions: 6,
        }),
      );
    const many = range(200).map(() => subspaceSimilarity(isotropic(), isotropic(), 3));
    const mean = many.reduce((sum, value) => sum + value, 0) / 200;
    const error = Math.sqrt(many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 200 / 199);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * error);
  });

  it('evolvability is its mean over random directions, the conditional one nearly', () => {
    const values = [2, 1.5, 1, 0.7, 0.5];
    let [e, c, ee] = [0, 0, 0];
    const draws = 20_000;
    for (let k = 0; k < draws; k++) {
      const b = values.map(() => stream.normal());
      const square = b.reduce((sum, one) => sum + one * one, 0);
      const one = b.reduce((sum, part, i) => sum + part * part * values[i], 0) / square;
      e += one / draws;
      ee += (one * one) / draws;
      c += square / b.reduce((sum, part, i) => sum + (part * part) / values[i], 0) / draws;
    }
    const found = meanEvolvability(values);
    expect(Math.abs(found.mean - e)).toBeLessThan(4 * Math.sqrt((ee - e * e) / draws));
    // Hansen and Houle's expansion to second order.
    expect(Math.abs(found.conditional / c - 1)).toBeLessThan(0.03);
    // In the space of the axes that hold 99 % of the variance: the others would set it alone.
    expect(found.kept).toBe(5);
    expect(meanEvolvability([1, 0])).toMatchObject({ kept: 1, conditional: 1 });
    expect(meanEvolvability([2, 1, 1e-4]).conditional).toBe(meanEvolvability([2, 1]).conditional);
    expect(meanEvolvability([0, 0]).conditional).toBeNaN();
    expect(found.dimensions).toBeCloseTo(5.7 / 2, 12);
  });
});
