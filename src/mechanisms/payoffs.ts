import { z } from 'zod';
import { floatsNamed, type OwnColumnSpec } from '../ecs/table.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import type { Trait } from '../population/traits.ts';
import { drawNeighbours, listMeeting } from './draw-neighbour.ts';
import { floatColumn } from './learned-columns.ts';
import type { Mechanism } from './mechanism.ts';

/** Strategies that a game may have. */
const mostStrategies = 16;

/** Inclinations to the strategies. */
const strategies = Array.from(
  { length: mostStrategies },
  (_, index): Trait => ({
    id: `strategy.${index + 1}`,
    title: `Inclination to strategy ${index + 1}`,
    unit: '',
    description: 'Strategies of a game are played with chances in proportion to e to the power of these.',
    minimum: -8,
    maximum: 8,
    founder: 0,
    deviation: 0.3,
    limits: [-40, 40],
  }),
);

const parameters = z.strictObject({
  payoffs: parameter(
    z
      .array(z.array(z.number().min(-1000).max(1000)).min(2).max(mostStrategies))
      .min(2)
      .max(mostStrategies)
      .default([
        [-0.5, 1],
        [0, 0.5],
      ]),
    {
      title: 'Payoffs',
      description:
        'A row for each own strategy, a column for each strategy of the other; 2 to 16 strategies. Default: hawk and dove with V = 1 and C = 2.',
      unit: 'payoff',
      live: true,
    },
  ),
  energy: parameter(z.number().min(0).max(100).default(0.02), {
    title: 'Payoff energy',
    description: 'What a payoff of 1 adds to the reserve; below 0 it is subtracted.',
    unit: 'energy/payoff',
    live: true,
    step: 0.01,
  }),
  encounters: parameter(z.number().min(0).max(1).default(0.2), {
    title: 'Encounters',
    description: 'Chance in a tick that an organism plays against one of its neighbours; only this organism is paid.',
    unit: '1/tick',
    live: true,
    step: 0.05,
  }),
  reach: parameter(z.number().min(0).max(256).default(6), {
    title: 'Reach',
    description: 'Greatest distance of the other player.',
    unit: 'lengths',
    live: true,
    step: 0.5,
  }),
});

/** What each organism played last. */
const playedColumn = floatColumn('played', 'shown');

const own = {
  inclinations: { ...floatColumn('payoffs.inclinations', 'scratch'), width: mostStrategies },
  /** Rows of those that are played against, entry by entry. */
  others: { name: 'payoffs.others', type: 'i32', kind: 'scratch', start: 'zero' },
} as const satisfies Readonly<Record<string, OwnColumnSpec>>;

/** Games between neighbours: what pays depends on what others do. */
export const payoffs: Mechanism<z.infer<typeof parameters>, 'energy'> = {
  id: 'payoffs',
  title: 'Frequency-dependent payoffs',
  group: 'conflict',
  summary: 'Neighbours play a game: what pays depends on what others do.',
  lookFor:
    'Shares of strategies (traits strategy.*) that settle, cycle or chase each other through space, and mean fitness that does not rise.',
  source:
    'Maynard Smith & Price (1973), Nature 246: 15; Nowak & May (1992), Nature 359: 826; Kerr et al. (2002), Nature 418: 171 (rock-paper-scissors in space).',
  needs: ['energy'],
  parameters,
  traits: strategies,
  check({ parameters: { payoffs: rows } }) {
    const uneven = rows.findIndex((row) => row.length !== rows.length);
    if (uneven < 0) return [];
    const text = `there are ${rows.length} rows, but row ${uneven} has ${rows[uneven].length} entries; give ${rows.length}`;
    return [{ field: 'payoffs', text }];
  },
  reads: ({ payoffs: { length } }) => strategies.slice(0, length),
  columns: () => [playedColumn, own.inclinations, own.others],
  duringLife(population, chosen, context) {
    const { table, arena } = population;
    const { kernel } = arena;
    const { count } = table;
    const { keyLow, keyHigh } = table.columns;
    const { stream, tick } = context;
    const strategyCount = chosen.payoffs.length;
    gatherInclinations(population, strategyCount);
    const [inclinations, playedRows] = [table.of(own.inclinations), table.of(playedColumn)];
    // All decide before any is paid.
    const game = { inclinations, strategies: strategyCount, played: playedRows };
    kernel.playStrategies({ count, keyLow, keyHigh, stream, tick, draw: 0, ...game });
    const meeting = listMeeting(population, 1, chosen.encounters, context);
    const out = table.of(own.others);
    drawNeighbours(population, { ...meeting, reach: chosen.reach, out }, context);
    const [energy, played, rows, others] = [table.f32('energy'), playedRows.values, meeting.list.values, out.values];
    for (let k = 0; k < meeting.count; k++) {
      const [row, other] = [rows[k], others[k]];
      if (other >= 0) energy[row] += chosen.energy * chosen.payoffs[played[row]][played[other]];
    }
  },
};

/** Writes every row's inclinations to the strategies of the game side by side. */
function gatherInclinations({ table }: Population, strategyCount: number): void {
  const into = table.of(own.inclinations);
  const { values, width } = into;
  for (let k = 0; k < strategyCount; k++) {
    const { id, founder } = strategies[k];
    // A locus that genomes do not carry has its founder median in all.
    const column = table.find(floatsNamed(id))?.values;
    if (column) for (let row = 0, at = k; row < table.count; row++, at += width) values[at] = column[row];
    else for (let row = 0, at = k; row < table.count; row++, at += width) values[at] = founder;
  }
}
