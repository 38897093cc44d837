import { mean, standardError } from '../../src/math/statistics.ts';
import { studentQuantile } from '../../src/math/student.ts';
import { call, Workplace } from '../unit/cli/test-io.ts';
import { markdownTable } from './markers.ts';
import type { Verification } from './verification.ts';

const ticks = 3500;
const windows = [
  [0, 1500],
  [500, 1500],
  [1000, 2000],
] as const;
const markers = ['marker.1', 'marker.2', 'marker.3'];
const statistics = ['selection_differential', 'selection_gradient'] as const;
/** Degrees of freedom of about 20 clades. */
const limit = studentQuantile(0.975, 19);

interface Row {
  readonly statistic: string;
  readonly kind: string;
  readonly about: string;
  readonly value: number | null;
  readonly standard_error: number | null;
}

/**
 * Standard errors of selection in a world whose organisms are kin and neighbours: how often 95 % intervals of neutral markers, whose true selection is 0, hold 0. Markers of
 * clones stay together with all other loci, so that those of one run say nearly the same: a run counts as one.
 */
export const statsErrors: Verification = {
  name: 'stats-errors',
  scenes: ['meadow'],
  title: `Errors of selection in meadow (run of ${ticks} ticks): 95 % intervals of ${markers.length} neutral markers, whose selection is 0`,
  async measure(seed) {
    const place = new Workplace();
    try {
      const run = place.at('run');
      const made = await call(['run', 'meadow', '--ticks', String(ticks), '--seed', String(seed), '--out', run]);
      if (made.status !== 0) throw new Error(made.err);
      const numbers: Record<string, number> = {};
      for (const [from, to] of windows) {
        const flags = ['--from', String(from), '--to', String(to), '--traits', markers.join(), '--sample', '2', '--json'];
        const { status, out, err } = await call(['stats', run, ...flags]);
        if (status !== 0) throw new Error(err);
        const rows = (JSON.parse(out) as { statistics: readonly Row[] }).statistics.filter(({ kind }) => kind === 'population');
        for (const { statistic, about, value, standard_error: error } of rows) {
          if (statistics.some((one) => one === statistic))
            numbers[`${from} ${statistic} ${about}`] = (value ?? Number.NaN) / (error ?? Number.NaN);
        }
      }
      return numbers;
    } finally {
      place.remove();
    }
  },
  judge(results) {
    const rows = windows.flatMap(([from, to]) => statistics.map((statistic) => describe(results, from, to, statistic)));
    // Not below 95 % by more than three standard errors, runs being independent and their windows nearly so.
    const held = mean(rows.map((one) => one.held));
    const allowed = 3 * Math.sqrt((0.95 * 0.05) / (results.length * windows.length));
    return { lines: table(rows), holds: held >= 0.95 - allowed };
  },
};

function describe(results: readonly Record<string, number>[], from: number, to: number, statistic: (typeof statistics)[number]) {
  const scores = results.map((one) => markers.map((marker) => one[`${from} ${statistic} ${marker}`]));
  const known = scores.map((run) => run.filter((z) => Number.isFinite(z))).filter((run) => run.length > 0);
  const shares = known.map((run) => run.filter((z) => Math.abs(z) < limit).length / run.length);
  const squares = known.flat().map((z) => z * z);
  return {
    window: `${from} to ${to}`,
    statistic: statistic.replaceAll('_', ' '),
    intervals: squares.length,
    held: mean(shares),
    error: standardError(shares),
    deviation: Math.sqrt(mean(squares)),
  };
}

const table = (rows: readonly ReturnType<typeof describe>[]): string[] =>
  markdownTable(
    ['ticks', 'statistic', 'intervals', 'that hold 0, %', 'value over its error, root mean square'],
    rows.map(({ window, statistic, intervals, held, error, deviation }) => [
      window,
      statistic,
      ...(intervals > 0
        ? [String(intervals), `${(100 * held).toFixed(0)} ± ${(100 * error).toFixed(0)}`, deviation.toFixed(2)]
        : ['', '', '']),
    ]),
  );
