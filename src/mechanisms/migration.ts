import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  rate: parameter(z.number().min(0).max(1).default(0.01), {
    title: 'Rate',
    description: 'Chance to migrate: on landscapes of a newborn, to another deme; in the plane of any organism, in a tick.',
    unit: '1/birth, 1/tick',
    live: true,
    step: 0.001,
  }),
  demes: parameter(z.int().min(2).max(256).default(8), {
    title: 'Demes',
    description:
      'On landscapes: number of demes of the population. Parents and mates come from the same deme; every deme has as many offspring. In the plane barriers make demes.',
    unit: 'demes',
    live: false,
  }),
});

const place = new Float64Array(2);

/** Number of the deme of an organism on a landscape. */
const demeColumn = { name: 'deme', type: 'u32', kind: 'state', start: 'zero' } as const;

/** Demes that exchange migrants. */
export const migration: Mechanism<z.infer<typeof parameters>> = {
  id: 'migration',
  title: 'Migration between demes',
  group: 'world',
  summary: 'Some organisms are carried to another deme or place, over every barrier.',
  lookFor: 'How few migrants keep demes similar: about one in a generation, whatever their size.',
  source: 'Wright (1931), Genetics 16: 97; Wright (1943), Genetics 28: 114 (F = 1/(1 + 2 N m) for N haploids).',
  needs: ['demes'],
  parameters,
  check({ on, parameters: { demes }, gives, founders }) {
    // Where organisms have places, demes are not founded.
    if (!on || gives.includes('place') || 2 * demes <= founders) return [];
    return [{ field: 'demes', text: `${demes} demes of ${founders} organisms hold less than two each; give fewer demes` }];
  },
  columns: (population) => (population.has('place') ? [] : [demeColumn]),
  whenSwitchedOn(population, { demes }) {
    if (population.has('place')) return;
    // In equal parts, by place in the order of ids, whatever their rows.
    const { table } = population;
    const deme = table.u32(demeColumn);
    for (let row = 0; row < table.count; row++) deme[row] = row % demes;
  },
  atBirth(births, { rate, demes }, { tick, stream }) {
    const { population, firstRow, count } = births;
    if (population.has('place')) return;
    const { table } = population;
    const deme = table.u32(demeColumn);
    const parents = births.parentRows();
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    for (let k = 0; k < count; k++) {
      const row = firstRow + k;
      const home = deme[parents[k]];
      const uniform = (draw: number) => drawUniform(stream, low[row], high[row], tick, draw);
      const other = (home + 1 + Math.floor(uniform(1) * (demes - 1))) % demes;
      deme[row] = uniform(0) < rate ? other : home;
    }
  },
  duringLife(population, { rate }, { tick, stream, scatter }) {
    if (!population.has('place') || !scatter || rate === 0) return;
    const { table } = population;
    const [x, y] = [table.f32('x'), table.f32('y')];
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    for (let row = 0; row < table.count; row++) {
      const uniform = (draw: number) => drawUniform(stream, low[row], high[row], tick, draw);
      if (uniform(0) >= rate) continue;
      scatter(uniform(1), uniform(2), place);
      x[row] = place[0];
      y[row] = place[1];
    }
  },
};
