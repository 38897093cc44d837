// The mechanism revival: some births are of organisms that died before.

import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import { reviveFor } from '../population/substitutes.ts';
import type { Mechanism } from './mechanism.ts';

/** Longest time that a parameter can name, ticks. */
const longest = 1_000_000_000;

const parameters = z.strictObject({
  share: parameter(z.number().min(0).max(1).default(0.02), {
    title: 'Share of births',
    description:
      'Chance that an organism about to have offspring bears that of a dead one instead, as a host: a copy of its genome, mutated like any other, at the cost of the host.',
    unit: '',
    live: true,
    step: 0.01,
  }),
  kept: parameter(z.enum(['any', 'parents']).default('any'), {
    title: 'Which of the dead are kept',
    description:
      'any: all alike, a seed bank. parents: in proportion to the offspring that they had, a hall of fame of those that did well in their time.',
    unit: '',
    live: true,
  }),
  rate: parameter(z.number().min(0).max(1).default(0.05), {
    title: 'Rate of entry',
    description: 'Chance that an organism is kept when it dies; with parents times its number of offspring, at most 1.',
    unit: '1/death',
    live: true,
    step: 0.01,
  }),
  youngest: parameter(z.int().min(1).max(longest).default(1), {
    title: 'Least age',
    description: 'For how many ticks an organism is dead at least before it can be revived.',
    unit: 'ticks',
    live: true,
  }),
  oldest: parameter(z.int().min(1).max(longest).default(longest), {
    title: 'Greatest age',
    description: 'Organisms that are dead for longer than this are given up.',
    unit: 'ticks',
    live: true,
  }),
  size: parameter(z.int().min(1).max(65_536).default(1000), {
    title: 'Size of the bank',
    description:
      'Most organisms that are kept, one genome each in memory and in snapshots. If more enter, those that died first are given up.',
    unit: 'organisms',
    live: true,
  }),
});

/** Draws of an organism that dies, and of a host for its entries of a tick: entry n draws at `host + 2 n` and the one after. */
const draws = { entry: 0, host: 1 } as const;

/** The past takes part in the present: genomes of the dead return. */
export const revival: Mechanism<z.infer<typeof parameters>> = {
  id: 'revival',
  title: 'Revival',
  group: 'world',
  summary: 'Some births are of organisms that died before: a seed bank, or a hall of fame.',
  lookFor:
    'Diversity is lost more slowly. Where types beat each other in a circle, the living meet opponents of the past again: does progress against the past become steadier?',
  source:
    'Kaj, Krone & Lascoux (2001), J. Appl. Probab. 38: 285 (seed banks); Rosin & Belew (1997), Evol. Comput. 5: 1 (hall of fame); Vinyals et al. (2019), Nature 575: 350 (league).',
  keepsDead: true,
  parameters,
  check({ on, parameters: { youngest, oldest } }) {
    if (!on || youngest <= oldest) return [];
    return [{ field: 'youngest', text: `${youngest} is above oldest, ${oldest}: none could return; lower youngest` }];
  },
  measures: [
    {
      columns: [
        { name: 'bank.organisms', title: 'Dead organisms in the bank', unit: 'organisms' },
        { name: 'bank.generation', title: 'Mean generation of the living minus that of the bank', unit: 'generations' },
      ],
      sample(population) {
        const { bank } = population;
        if (!bank) return [Number.NaN, Number.NaN];
        return [bank.count, meanGeneration(population) - meanGeneration(bank)];
      },
    },
  ],
  beforeConception(population, { share, youngest, oldest }, { tick, stream }) {
    const { bank, table, breeders } = population;
    if (!bank || bank.count === 0 || share === 0) return;
    const parents = table.u32('parents');
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const entries: number[] = [];
    const from: number[] = [];
    let dead: Uint32Array | undefined;
    let ordinal = 0;
    for (let entry = 0; entry < breeders; entry++) {
      const row = parents[entry];
      ordinal = entry > 0 && parents[entry - 1] === row ? ordinal + 1 : 0;
      const uniform = (draw: number) => drawUniform(stream, low[row], high[row], tick, draws.host + 2 * ordinal + draw);
      if (uniform(0) >= share) continue;
      // A child that is conceived now lives from the next tick on.
      dead ??= bank.rowsOfAge(tick + 1, youngest, oldest);
      if (dead.length === 0) return;
      entries.push(entry);
      from.push(dead[Math.floor(uniform(1) * dead.length)]);
    }
    reviveFor(population, entries, from);
  },
  atDeath(population, { kept, rate, oldest, size }, { tick, stream }) {
    const { bank, table, deaths } = population;
    if (!bank) return;
    const id = table.f64('id');
    const [low, high, offspring] = [table.u32('keyLow'), table.u32('keyHigh'), table.u32('offspring')];
    const entering: { row: number; rank: number }[] = [];
    for (const row of deaths.rows()) {
      const draw = drawUniform(stream, low[row], high[row], tick, draws.entry);
      const chance = kept === 'any' ? rate : Math.min(1, rate * offspring[row]);
      // Given that it enters, its draw is uniform below its chance: ranks are alike for all that enter.
      if (draw < chance) entering.push({ row, rank: draw / chance });
    }
    if (entering.length > size) entering.sort((a, b) => a.rank - b.rank || id[a.row] - id[b.row]).length = size;
    // At the next conception they are this old.
    bank.forget(tick + 2 - oldest, size - entering.length);
    const rows = entering.map(({ row }) => row).sort((a, b) => id[a] - id[b]);
    bank.enter(rows, tick + 1);
  },
};

/** NaN if there are none. */
function meanGeneration({ table, count }: Pick<Population, 'table' | 'count'> | NonNullable<Population['bank']>): number {
  const generation = table.u32('generation');
  let sum = 0;
  for (let row = 0; row < count; row++) sum += generation[row];
  return sum / count;
}
