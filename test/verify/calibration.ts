import { calibrations } from '../theory/calibration/registry.ts';
import { cover, joined, judge } from '../theory/calibration/row.ts';
import type { Verification } from './verification.ts';

/** Trials are dealt over this many seeds: with fewer seeds there are fewer trials. */
const shares = 10;

const keys = ['trials', 'made', 'held', 'mm', 'mh', 'hh'] as const;

/** How often what is printed with 95 % holds the truth, in worlds where that is known. */
export const calibration: Verification = {
  name: 'calibration',
  title:
    'Calibration: how often intervals, percentiles and p-values that are printed hold the truth (95 +- 2 % within 3 standard errors)',
  scenes: ['meadow'],
  mostSeeds: shares,
  measure(seed) {
    const entries = calibrations.flatMap((row, r) => {
      const each = Math.ceil(row.trials.many / shares);
      const { trials, made, held, squares } = cover(row, (seed - 1) * each, seed * each);
      return [trials, made, held, ...squares].map((value, k): [string, number] => [`${r} ${keys[k]}`, value]);
    });
    return Object.fromEntries(entries);
  },
  judge(results) {
    let good = true;
    const lines = calibrations.map((row, r) => {
      const parts = results.map((result) => {
        const [trials, made, held, mm, mh, hh] = keys.map((key) => result[`${r} ${key}`]);
        return { trials, made, held, squares: [mm, mh, hh] as const };
      });
      const all = joined(parts);
      const { rate, error, holds } = judge(row, all);
      good &&= holds;
      const numbers = [
        `${(100 * rate).toFixed(1)} %`.padStart(8),
        (100 * error).toFixed(1).padStart(5),
        String(all.trials).padStart(7),
      ];
      return `${row.name.padEnd(46)}${numbers.join('  ')}  ${holds ? '' : 'NO  '}${row.over ? 'more allowed; ' : ''}${row.world}`;
    });
    return { lines: [`${'what is printed'.padEnd(46)}   holds  s.e.   trials  world`, ...lines], holds: good };
  },
};
