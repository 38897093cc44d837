import { copyGradient, slopeWorlds } from '../theory/locus-gradient.ts';
import type { Verification } from './verification.ts';

/** Check 8b: what a copy of a locus gains on a slope, by whatever way copies spread; a world a seed. */
export const locusGradient: Verification = {
  name: 'locus-gradient',
  title:
    'Assayed gradient of a copy on a linear landscape (60 forks, 10 generations, one standard deviation of mutation) beside a T',
  scenes: [],
  mostSeeds: slopeWorlds.length,
  measure: (seed) => copyGradient(slopeWorlds[(seed - 1) % slopeWorlds.length], 60, 1, `gradient ${seed}`),
  judge(results) {
    const lines = results.map(({ gradient, error, expected }, k) => {
      const cells = [gradient.toFixed(3), error.toFixed(3), expected.toFixed(3), ((gradient - expected) / error).toFixed(1)];
      return `${slopeWorlds[k][0].padEnd(24)}  ${cells.map((cell) => cell.padStart(8)).join('  ')}`;
    });
    return {
      lines: [`${'world'.padEnd(24)}  gradient      s.e.       a T         z`, ...lines],
      holds: results.every(
        ({ gradient, error, expected }) => Math.abs(gradient - expected) < 4 * error && error < 0.1 * expected,
      ),
    };
  },
};
