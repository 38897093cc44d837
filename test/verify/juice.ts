import { followJuice } from '../theory/juice.ts';
import { summarise } from './summary.ts';
import { overSeeds, type Verification } from './verification.ts';

const ticks = [1000, 4000, 8000, 12_000];
const kinds = ['half', 'tenth', 'hundredth'];

/** Learning to drink follows the exact solution of expected REINFORCE, plateaus included. */
export const juice: Verification = {
  name: 'juice',
  title:
    'Juice: growth of -1/p + 1/(1 - p) + 2 ln(p/(1 - p)) in units of the learning rate times ticks (1 by theory), and mean chance to drink',
  scenes: ['juice'],
  measure(seed) {
    const rows = followJuice(String(seed), ticks);
    return Object.fromEntries(
      rows.flatMap(({ population, tick, measured, chance, expectedChance, allowance }) => [
        [`${population}.${tick}`, measured],
        [`${population}.${tick}.chance`, chance],
        [`${population}.${tick}.expected`, expectedChance],
        ['allowance', allowance],
      ]),
    );
  },
  judge(results) {
    let holds = true;
    const lines = [
      'population     tick  expected  measured  std error       z  chance  expected for steps without length',
      ...kinds.flatMap((kind) =>
        ticks.map((tick) => {
          const { mean, standardError } = overSeeds(results.map((result) => result[`${kind}.${tick}`]));
          const chance = overSeeds(results.map((result) => result[`${kind}.${tick}.chance`]));
          const expected = overSeeds(results.map((result) => result[`${kind}.${tick}.expected`]));
          if (Math.abs(mean - 1) > 4 * standardError + results[0].allowance) holds = false;
          const cells = [kind.padEnd(11), String(tick).padStart(7), '1'.padStart(9), mean.toFixed(4).padStart(9)];
          cells.push(standardError.toFixed(4).padStart(10), ((mean - 1) / standardError).toFixed(2).padStart(7));
          cells.push(chance.mean.toFixed(4).padStart(7), expected.mean.toFixed(4).padStart(9));
          return cells.join(' ');
        }),
      ),
      `A step has length 0.01 here: it may differ from the solution for steps without length by ${results[0].allowance.toFixed(3)}.`,
    ];
    return { lines, holds };
  },
  found: {
    scene: 'juice',
    text(results) {
      const { seeds, mean, both } = summarise(results);
      const chances = (tick: number) => kinds.map((kind) => mean(`${kind}.${tick}.chance`, 3)).join(', ');
      return (
        `${seeds}: -1/p + 1/(1 - p) + 2 ln(p/(1 - p)) grows by the learning rate times the ticks in the exact solution; measured, by ${both('half.12000', 4)} of that for p0 = 0.5, ` +
        `${both('tenth.12000', 4)} for 0.1 and ${both('hundredth.12000', 4)} for 0.01 at tick 12,000 (standard errors in brackets; steps of length 0.01 may differ from it by ` +
        `${mean('allowance', 3)}). Mean chances are ${chances(8000)} at tick 8,000 and ${chances(12_000)} at tick 12,000; for steps without length the last would be ` +
        `${mean('hundredth.12000.expected', 2)}, because learners leave the plateau at different times. Not shown: learners with more than one action or with a policy that observes.`
      );
    },
  },
};
