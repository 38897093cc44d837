import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import { traitReader } from '../population/trait-reader.ts';
import type { Trait } from '../population/traits.ts';
import { drawNeighbour } from './draw-neighbour.ts';
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
  columns: () => [playedColumn],
  duringLife(population, chosen, context) {
    const { table } = population;
    const [energy, played] = [table.f32('energy'), table.f32(playedColumn)];
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const play = strategyOf(population, chosen.payoffs.length);
    const uniform = (row: number, draw: number) => drawUniform(context.stream, low[row], high[row], context.tick, draw);
    // All decide before any is paid.
    for (let row = 0; row < table.count; row++) played[row] = play(row, uniform(row, 0));
    for (let row = 0; row < table.count; row++) {
      if (uniform(row, 1) >= chosen.encounters) continue;
      const other = drawNeighbour(population, row, chosen.reach, context);
      if (other >= 0) energy[row] += chosen.energy * chosen.payoffs[played[row]][played[other]];
    }
  },
};

/** The pure strategy that a uniform number chooses from a row's mixture: the softmax of its loci. */
function strategyOf(population: Population, n: number): (row: number, uniform: number) => number {
  const readers = strategies.slice(0, n).map((trait) => traitReader(population, trait));
  const weights = new Float64Array(n);
  return (row, uniform) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += weights[k] = exp(readers[k](row));
    let rest = uniform * sum;
    for (let k = 0; k < n - 1; k++) {
      rest -= weights[k];
      if (rest < 0) return k;
    }
    return n - 1;
  };
}
