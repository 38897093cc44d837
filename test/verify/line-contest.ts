import { sumGains } from '../../src/experiment/describe-gains.ts';
import { correlation, mean, standardError } from '../../src/math/statistics.ts';
import { contestEnds, followLines, lineDesign } from './follow-lines.ts';
import { summarise, summaryTable } from './summary.ts';
import type { Verification } from './verification.ts';

const { every, until, horizon, forks, ticks } = lineDesign;
const lines = 8;
const segments = ['', 'traits', 'policy'] as const;
/** Where lines begin: with their founders, and at the first assay after these, when clades have been sorted. */
const starts = [0, every] as const;

/**
 * Gains of lines of descent along the gradients of their intervals, against contests of the genomes at both ends of the same lines. Both are log fitness
 * a generation, so that a segment should have the same number twice.
 */
export const lineContest: Verification = {
  name: 'line-contest',
  scenes: ['meadow'],
  title: `Gains of lines of descent of meadow against transplants between their ends, ticks 0 to ${until} (intervals of ${every} ticks, horizon ${horizon}, ${forks} forks; ${lines} lines, contests of ${ticks} ticks)`,
  mostSeeds: 5,
  measure(seed) {
    const followed = followLines(seed, lines);
    const numbers: Record<string, number> = {};
    for (const start of starts) {
      for (const [pair, line] of followed.lines.entries()) {
        const steps = line.filter(({ from }) => from >= start);
        const gains = steps.map(({ from, gains: own }) => ({
          gains: own,
          horizonGenerations: followed.rates.get(from) as number,
        }));
        const effects = contestEnds(followed, steps, seed, pair);
        for (const segment of segments) {
          const { gain, error } = sumGains(gains, segment || 'everything', 'change');
          numbers[`${start}/${segment}/${pair}/gain`] = gain;
          numbers[`${start}/${segment}/${pair}/error`] = error;
          for (const one of effects.filter((other) => other.segment === segment)) {
            numbers[`${start}/${segment}/${pair}/${one.effect}`] = one.gain;
          }
        }
      }
      for (const segment of segments) {
        const of = (what: string) => Array.from({ length: lines }, (_, pair) => numbers[`${start}/${segment}/${pair}/${what}`]);
        const contest = of(segment === '' ? 'whole' : 'mean');
        const key = `${start}/${segment}`;
        numbers[`${key}/gain`] = mean(of('gain'));
        numbers[`${key}/gain/lines`] = standardError(of('gain'));
        // Lines share their gradients, so that errors of the forks do not shrink with the number of lines.
        numbers[`${key}/gain/forks`] = mean(of('error'));
        numbers[`${key}/contest`] = mean(contest);
        numbers[`${key}/contest/lines`] = standardError(contest);
        numbers[`${key}/agree`] = of('gain').filter((gain, k) => agree(gain, contest[k])).length;
      }
    }
    followed.dispose();
    return numbers;
  },
  judge: (results) => ({
    lines: [...contestTable(results), ...agreement(results)],
    // Not asked of policies, whose gains are far from their contests.
    holds: withCorrelations(results).every((one) => one[`${every}/traits/correlation`] > 0.5),
  }),
  tables: (results) => ({ 'line-contest': contestTable(results) }),
};

/** The same sign, and within a factor of two. */
const agree = (gain: number, contest: number) => contest / gain >= 0.5 && contest / gain <= 2;

function agreement(results: readonly Record<string, number>[]): readonly string[] {
  const { count } = summarise(results);
  return starts.flatMap((start) =>
    segments.map((segment) => {
      const key = `${start}/${segment}`;
      const means = count((one) => agree(one[`${key}/gain`], one[`${key}/contest`]));
      const single = results.reduce((sum, one) => sum + one[`${key}/agree`], 0);
      return `from tick ${start}, ${nameOf(segment)}: same sign and within a factor of two in the mean over lines in ${means} seeds, in ${single} of ${lines * results.length} single lines`;
    }),
  );
}

const nameOf = (segment: string) => (segment === '' ? 'whole genomes' : segment === 'policy' ? 'policy weights' : segment);

const contestTable = (results: readonly Record<string, number>[]): string[] =>
  summaryTable(
    starts.flatMap((start) =>
      segments.flatMap((segment) =>
        [
          { key: 'gain', title: 'gain along lines' },
          { key: 'gain/lines', title: 'its standard error over lines' },
          { key: 'gain/forks', title: 'its standard error over forks' },
          { key: 'contest', title: segment === '' ? 'contest of their ends' : 'contest of their ends, mean of both directions' },
          { key: 'contest/lines', title: 'its standard error over lines' },
          { key: 'correlation', title: 'correlation of the two over lines', digits: 2 },
          { key: 'agree', title: `lines, of ${lines}, with the same sign and within a factor of two`, digits: 1 },
        ].map(({ key, title, digits = 3 }) => ({
          key: `${start}/${segment}/${key}`,
          title: `from tick ${start.toLocaleString('en')}, ${nameOf(segment)}: ${title}`,
          digits,
        })),
      ),
    ),
    withCorrelations(results),
  );

/** With the correlation over lines between gain and contest. */
const withCorrelations = (results: readonly Record<string, number>[]): readonly Record<string, number>[] =>
  results.map((one) => {
    const found = { ...one };
    for (const start of starts) {
      for (const segment of segments) {
        const of = (what: string) => Array.from({ length: lines }, (_, pair) => one[`${start}/${segment}/${pair}/${what}`]);
        found[`${start}/${segment}/correlation`] = correlation(of('gain'), of(segment === '' ? 'whole' : 'mean'));
      }
    }
    return found;
  });
