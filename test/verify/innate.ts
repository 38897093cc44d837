// Whether what has to be learned becomes innate in the needle, by how much a life can learn.
import { innate as question } from '../../src/analysis/lab/questions/innate.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import type { Verification } from './verification.ts';
import { claimed } from './watch-scene.ts';

/** Populations a seed in each world. */
const populations = 20;
const trials = [2, 8, 32, 128, 1000] as const;
const [dimensions, size, generations] = [6, 100, 2000];

/** Worlds in the order of the table: a way, and trials in a life where there is learning. */
const worlds = [
  { key: 'clones', name: 'clones, no learning', way: 'clones', trials: undefined },
  ...trials.map((n) => ({ key: `clones ${n}`, name: `clones, ${n} trials`, way: 'clones that learn', trials: n })),
  { key: 'sex', name: 'sex, no learning', way: 'sex', trials: undefined },
  ...trials.map((n) => ({ key: `sex ${n}`, name: `sex, ${n} trials`, way: 'sex and learning', trials: n })),
];

type Result = Record<string, number>;

/**
 * In how many of the populations of a seed everything became innate, the sum of the generations of that, in how many it was ever found and how
 * many were given up; sums of the shares of loci that are right and wrong in the end.
 */
function measure(seed: number): Result {
  const counts: Result = {};
  const answers = new Map(
    trials.map((n) => [
      n,
      Array.from({ length: populations }, (_, r) =>
        question.measure({
          form: 'needle',
          parameters: {},
          values: { dimensions, size, trials: n, generations },
          seed: `innate ${seed} ${r}`,
        }),
      ),
    ]),
  );
  for (const { key, way, trials: n } of worlds) {
    // Without learning the number of trials changes nothing.
    const rows = (answers.get(n ?? trials[0]) ?? []).map((answer) => answer.find(({ keys }) => keys[0] === way)?.measures ?? []);
    const sum = (m: number) => rows.reduce((total, row) => total + (Number.isNaN(row[m]) ? 0 : row[m]), 0);
    counts[key] = sum(0);
    counts[`${key}, generations`] = sum(1);
    counts[`${key}, found`] = sum(2);
    counts[`${key}, right`] = sum(3);
    counts[`${key}, wrong`] = sum(4);
    counts[`${key}, undecided`] = sum(5);
  }
  return counts;
}

/** A share of populations with its standard error by the seeds, which are independent. */
function share(results: readonly Result[], key: string): string {
  const shares = results.map((result) => result[key] / populations);
  return `${mean(shares).toFixed(3)} (${standardError(shares).toFixed(3)})`;
}

function rowOf(results: readonly Result[], { key, name }: (typeof worlds)[number]): string {
  if (results.length === 0) return `| ${name} | | | | | | |`;
  const total = (of: string) => results.reduce((sum, result) => sum + result[of], 0);
  const time = total(key) > 0 ? (total(`${key}, generations`) / total(key)).toFixed(0) : '-';
  const [right, wrong] = ['right', 'wrong'].map((of) => total(`${key}, ${of}`) / (results.length * populations));
  const undecided = total(`${key}, undecided`);
  return `| ${name} | ${share(results, `${key}, found`)} | ${share(results, key)} | ${time} | ${(1 - right - wrong).toFixed(2)} | ${wrong.toFixed(2)} | ${undecided} |`;
}

/** Whether what has to be learned becomes innate, by how much learning a life allows. */
export const innate: Verification = claimed(
  {
    name: 'innate',
    title: `What is learned becomes innate: of ${populations} populations of ${size} with ${dimensions} loci a seed, in how many all organisms have all loci right in the end, with learning of 2 to 1,000 trials a life and without`,
    scenes: [],
    measure,
    tables: (results) => ({
      innate: [
        '| world | found by some organism | innate in all | after generations | loci open in the end | wrong | undecided |',
        '|---|---|---|---|---|---|---|',
        ...worlds.map((world) => rowOf(results, world)),
        '',
        `${results.length * populations} populations of ${size} organisms a row, ${dimensions} loci (a quarter right, a quarter wrong, half open among founders), no mutation, at most ${generations} generations; shares with their standard errors, the mean generation of those in which it became innate, shares of loci in the end, and the number of populations that were given up.`,
      ],
    }),
  },
  worlds.map(({ key, name }) => ({ key, title: name, digits: 0 })),
  [
    ['with sex, 8 trials a life make it innate more often than no learning', (result) => result['sex 8'] > result.sex],
    ['with sex, 1,000 trials make it innate less often than 8', (result) => result['sex 1000'] < result['sex 8']],
  ],
);
