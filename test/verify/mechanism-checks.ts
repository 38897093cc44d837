import { mean, standardError } from '../../src/math/statistics.ts';
import { cultureGrowth, EULER } from '../theory/culture.ts';
import { driverShare } from '../theory/drivers.ts';
import { linkage } from '../theory/linkage.ts';
import { marksLoss, marksWorld } from '../theory/marks.ts';
import { runaway } from '../theory/runaway.ts';
import { elementExpected, elementPath, markerChanges } from '../theory/transfers.ts';
import { copyNumbers, measuredShare, selectedShare } from '../theory/transposons.ts';
import { markdownTable } from './markers.ts';
import type { Verification } from './verification.ts';

interface Check {
  readonly name: string;
  readonly formula: string;
  readonly expected: number;
  /** Estimate of one seed. */
  measure(seed: string): number;
}

const transposition = { u: 0.04, v: 0.01, a: 0.002, b: 0.002 };

const element = { founders: 2000, rate: 0.1, ticks: 25 };

const checks: readonly Check[] = [
  ...[
    [0.7, 0.8],
    [0.6, 0.5],
  ].map(
    ([k, s]): Check => ({
      name: `7b driver k ${k}, s ${s}`,
      formula: 'p = (2k - 1)/s',
      expected: (2 * k - 1) / s,
      measure: (seed) => driverShare({ transmission: k, cost: s, seed, generations: 500, size: 2000 }),
    }),
  ),
  {
    name: '7c transposons',
    formula: '(u - v)/(1 + u - v) = (V/m)(a + b m)',
    expected: selectedShare(transposition.u, transposition.v),
    measure: (seed) => measuredShare(copyNumbers({ ...transposition, size: 1000, generations: 600, seed }), transposition),
  },
  ...[10, 100, 1000].map(
    (size): Check => ({
      name: `5c culture, N ${size}`,
      formula: '-a + b (0.5772 + ln N)',
      expected: -1 + 0.2441 * (EULER + Math.log(size)),
      measure: (seed) => mean(cultureGrowth({ size, loss: 1, spread: 0.2441, models: 'everyone', generations: 600, seed })),
    }),
  ),
  ...[2, 12, 60].map(
    (period): Check => ({
      name: `5b marks, period ${period}`,
      formula: '(1 - l)^2 r^2 |H - 1|^2 / (4 w^2)',
      expected: marksLoss(period, 0.5),
      measure(seed) {
        const world = marksWorld({ period, share: 0.5, deviation: 0, founders: 2, seed });
        world.simulation.step(20 * period + 200);
        const loss = world.meanLoss(period);
        world.simulation.dispose();
        return loss;
      },
    }),
  ),
  ...[1, 2].flatMap((ploidy) =>
    [0.1, 0.3].map(
      (rate): Check => ({
        name: `7a linkage, ploidy ${ploidy}`,
        formula: `recombinant gametes, r = ${rate}`,
        expected: rate,
        measure(seed) {
          const { parted, informative } = linkage({ ploidy, rate, founders: 900, ticks: 120, seed });
          return parted / informative;
        },
      }),
    ),
  ),
  {
    name: '7d random mating',
    formula: 'correlation of display and preference',
    expected: 0,
    measure: (seed) => runaway(false, seed).r,
  },
  ...['neighbours', 'anyone'].map(
    (donors): Check => ({
      name: `7f transfer from ${donors}`,
      formula: 'mean change of a neutral marker',
      expected: 0,
      measure: (seed) => mean(markerChanges(donors, 1500, 80, seed)),
    }),
  ),
  {
    name: `7f element, tick ${element.ticks}`,
    formula: "i' = i + h (1 - i) i N/(N - 1)",
    expected: elementExpected(element)[element.ticks],
    measure: (seed) => elementPath({ ...element, seed })[element.ticks],
  },
];

const keyOf = ({ name, formula }: Check) => `${name} ${formula}`;

const head = ['check', 'formula', 'expected', 'measured', 's.e.', 'z'];

/** A row a check: its cells, and by how many standard errors it is off. */
function checkRows(results: readonly Record<string, number>[]): { cells: string[]; z: number }[] {
  return checks.map((check) => {
    const { name, formula, expected } = check;
    const values = results.map((result) => result[keyOf(check)]);
    const measured = mean(values);
    const error = standardError(values);
    // What has no chance in it agrees to the rounding of float32.
    const exact = error < 1e-7 * Math.abs(expected);
    const z = exact ? (measured / expected - 1) / 1e-4 : (measured - expected) / error;
    const numbers = [expected.toFixed(5), measured.toFixed(5), error.toExponential(1), exact ? 'exact' : z.toFixed(2)];
    return { cells: [name, formula, ...numbers], z };
  });
}

/** What permutations show of mate choice, for which no formula is known. */
function choiceSentence(results: readonly Record<string, number>[]): string {
  const chosen = results.map(({ chosenR }) => chosenR);
  const largest = Math.max(...results.map(({ chosenP }) => chosenP)).toFixed(3);
  return `Under mate choice the correlation of display and preference is ${mean(chosen).toFixed(3)} (standard error ${standardError(chosen).toFixed(4)}); the largest p of 200 permutations over the seeds is ${largest}.`;
}

/** Checks of single mechanisms against their formulas, at full size. */
export const mechanismChecks: Verification = {
  name: 'mechanism-checks',
  title: 'Mechanisms against theory',
  scenes: [],
  measure(seed) {
    const chosen = runaway(true, String(seed));
    return {
      ...Object.fromEntries(checks.map((check) => [keyOf(check), check.measure(String(seed))])),
      chosenR: chosen.r,
      chosenP: chosen.p,
    };
  },
  judge(results) {
    // A claim of a direction, by permutations, has no expected value: it is printed below the table.
    let holds = results.every(({ chosenR, chosenP }) => chosenR > 0 && chosenP < 0.01);
    const rows = checkRows(results);
    holds &&= rows.every(({ z }) => Math.abs(z) <= 4);
    const lines = [head, ...rows.map(({ cells }) => cells)];
    const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
    return {
      lines: [
        ...lines.map((line) => line.map((cell, c) => (c < 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ')),
        `7d ${choiceSentence(results)}`,
      ],
      holds,
    };
  },
  tables: (results) => ({
    'mechanism-checks': [
      ...markdownTable(
        head,
        checkRows(results).map(({ cells }) => cells),
      ),
      '',
      choiceSentence(results),
    ],
  }),
};
