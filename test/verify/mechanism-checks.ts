import { mean, standardError } from '../../src/math/statistics.ts';
import { cultureGrowth, EULER } from '../theory/culture.ts';
import { driverShare } from '../theory/drivers.ts';
import { marksLoss, marksWorld } from '../theory/marks.ts';
import { copyNumbers } from '../theory/transposons.ts';
import type { Verification } from './verification.ts';

interface Check {
  readonly name: string;
  readonly formula: string;
  readonly expected: number;
  /** Estimate of one seed. */
  measure(seed: string): number;
}

const transposition = { u: 0.04, v: 0.01, a: 0.002, b: 0.002 };

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
    formula: 'u - v = (V/m)(a + b m) + growth',
    expected: transposition.u - transposition.v,
    measure(seed) {
      const { m, V, growth } = copyNumbers({ ...transposition, size: 1000, generations: 600, seed });
      return (V / m) * (transposition.a + transposition.b * m) + growth;
    },
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
];

/** Checks of single mechanisms against their formulas, at full size. */
export const mechanismChecks: Verification = {
  name: 'mechanism-checks',
  title: 'Mechanisms against theory',
  measure(seed) {
    return Object.fromEntries(checks.map((check) => [check.name, check.measure(String(seed))]));
  },
  judge(results) {
    let holds = true;
    const rows = checks.map(({ name, formula, expected }) => {
      const values = results.map((result) => result[name]);
      const measured = mean(values);
      const error = standardError(values);
      // What has no chance in it agrees to the rounding of float32.
      const exact = error < 1e-7 * Math.abs(expected);
      const z = exact ? (measured / expected - 1) / 1e-4 : (measured - expected) / error;
      if (!(Math.abs(z) <= 4)) holds = false;
      return [name, formula, expected.toFixed(5), measured.toFixed(5), error.toExponential(1), exact ? 'exact' : z.toFixed(2)];
    });
    const lines = [['check', 'formula', 'expected', 'measured', 's.e.', 'z'], ...rows];
    const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
    return {
      lines: lines.map((line) => line.map((cell, c) => (c < 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ')),
      holds,
    };
  },
};
