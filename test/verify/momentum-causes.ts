import type { MomentumFit } from '../../src/analysis/gradient/momentum.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { landscapeCauses, landscapeMomentum, meadowCauses, meadowMomentum } from '../theory/momentum-causes.ts';
import type { Verification } from './verification.ts';

const [side, ticks, every] = [320, 6000, 200];
const windows = 120;

const enter = (key: string, fit: MomentumFit | undefined): Record<string, number> => ({
  [`${key} momentum`]: fit?.identified ? fit.momentum : Number.NaN,
  [`${key} low`]: fit?.low ?? Number.NaN,
  [`${key} high`]: fit?.high ?? Number.NaN,
  [`${key} strength`]: fit?.strength ?? Number.NaN,
});

/** Mean and standard error of what is known, over seeds. JSON makes null of NaN. */
function show(values: readonly (number | null)[]): string {
  const known = values.filter((value): value is number => value !== null && !Number.isNaN(value));
  if (known.length === 0) return '-';
  return known.length < 2 ? mean(known).toFixed(2) : `${mean(known).toFixed(3)} ± ${standardError(known).toFixed(3)}`;
}

/** Momentum's causes, each on against off (theory, section 4): where it is identified, and by how much it differs. */
export const momentumCauses: Verification = {
  name: 'momentum-causes',
  scenes: ['meadow'],
  title: `Momentum with transfer, choice, imitation and migration on against off: a landscape (optimum on a circle, ${windows} windows of 5 generations) beside the expected selection differential, there beside its linear part G b, and a meadow of side ${side} (${ticks} ticks, windows of ${every}, observed gradients of traits)`,
  mostSeeds: 8,
  measure(seed) {
    const result: Record<string, number> = {};
    for (const cause of Object.keys(landscapeCauses)) {
      const { expected, linear } = landscapeMomentum(cause, `momentum ${seed}`, windows);
      Object.assign(result, enter(`landscape ${cause}`, expected), enter(`by G b ${cause}`, linear));
    }
    for (const cause of Object.keys(meadowCauses)) {
      Object.assign(result, enter(`meadow ${cause}`, meadowMomentum(cause, `momentum ${seed}`, side, ticks, every)));
    }
    return result;
  },
  judge(results) {
    const known = (value: number | null) => value !== null && !Number.isNaN(value);
    const lines = [['where', 'mechanism', 'identified', 'momentum', 'minus that without', 'first stage'].join('  ')];
    for (const [where, causes] of [
      ['landscape', landscapeCauses],
      ['by G b', landscapeCauses],
      ['meadow', meadowCauses],
    ] as const) {
      for (const [cause, { against }] of Object.entries(causes)) {
        const of = (one: string, what: string) => results.map((result) => result[`${where} ${one} ${what}`]);
        const own = of(cause, 'momentum');
        const others = against ? of(against, 'momentum') : [];
        const differences = own.flatMap((value, s) => (against && known(value) && known(others[s]) ? [value - others[s]] : []));
        lines.push(
          [
            where.padEnd(9),
            cause.padEnd(10),
            `${own.filter(known).length} of ${results.length}`.padEnd(9),
            show(own).padEnd(17),
            (against ? `${show(differences)} (${against})` : '').padEnd(24),
            show(of(cause, 'strength')),
          ].join('  '),
        );
      }
    }
    // Where nothing but selection moves the mean there is no momentum to find beside its expected differential.
    const base = results.map((result) => result['landscape none momentum']).filter(known);
    const holds = base.length < 3 || Math.abs(mean(base)) < 4 * standardError(base);
    return { lines, holds };
  },
};
