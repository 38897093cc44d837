// The mechanism culture: newborns copy a skill from the most skilled in reach.

import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';
import { columnMoments } from './column-moments.ts';
import { floatColumn } from './learned-columns.ts';
import type { Mechanism, MechanismContext } from './mechanism.ts';

const parameters = z.strictObject({
  models: parameter(z.enum(['everyone', 'met', 'parent']).default('met'), {
    title: 'Model of copying',
    description:
      'everyone: the most skilled of the whole population. met: the most skilled of those within reach of the parent, including the parent. parent: the parent.',
    unit: '',
    live: true,
  }),
  reach: parameter(z.number().min(0).max(256).default(12), {
    title: 'Reach',
    description: 'How far away from the parent a model may be.',
    unit: 'lengths',
    live: true,
    step: 1,
  }),
  loss: parameter(z.number().min(0).max(100).default(1), {
    title: 'Loss a',
    description: 'How far the most common copy falls short of the model’s skill.',
    unit: 'skill',
    live: true,
    step: 0.1,
  }),
  spread: parameter(z.number().min(0).max(100).default(0.3), {
    title: 'Spread b',
    description: 'How much copies differ: scale of a Gumbel distribution, so that some are better than their model.',
    unit: 'skill',
    live: true,
    step: 0.05,
  }),
  benefit: parameter(z.number().min(0).max(100).default(0.1), {
    title: 'Benefit',
    description:
      'With skill z > 0 the costs of living and of top speed are divided by 1 + benefit z. On landscapes log fitness rises by benefit z.',
    unit: '1/skill',
    live: true,
    step: 0.05,
  }),
});

type Parameters = z.infer<typeof parameters>;

const near: NearList = { rows: new Int32Array(64) };

const skillColumn = floatColumn('skill', 'state');

/** A skill that is copied with loss, and is sometimes better than its model. */
export const culture: Mechanism<Parameters> = {
  id: 'culture',
  title: 'Cumulative culture',
  group: 'life',
  summary: 'Newborns copy a skill from the most skilled in reach, mostly worse and sometimes better.',
  lookFor: 'In large groups skill grows without end; in small ones it is lost.',
  source:
    'Henrich (2004), Am. Antiquity 69: 197: mean change -a + b (0.5772 + ln N); Powell, Shennan & Thomas (2009), Science 324: 1298.',
  parameters,
  columns: () => [skillColumn],
  measures: [
    {
      columns: [
        { name: 'skill.mean', title: 'Mean skill', unit: 'skill' },
        { name: 'skill.highest', title: 'Highest skill', unit: 'skill' },
      ],
      sample(population) {
        const { mean, highest } = columnMoments(population, skillColumn);
        return [mean, highest];
      },
    },
  ],
  atBirth(births, chosen, context) {
    const { population, firstRow, count } = births;
    const { table } = population;
    const skill = table.f32(skillColumn);
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const parents = births.parentRows();
    let highest = Number.NEGATIVE_INFINITY;
    if (chosen.models === 'everyone') for (let row = 0; row < firstRow; row++) highest = Math.max(highest, skill[row]);
    for (let k = 0; k < count; k++) {
      const row = firstRow + k;
      const model =
        chosen.models === 'everyone' ? highest : modelOf(population, population.hostOf(parents[k]), firstRow, chosen, context);
      const uniform = drawUniform(context.stream, low[row], high[row], context.tick, 0);
      // A Gumbel variable by its inverse; a uniform number of 0 would be the worst possible copy.
      const luck = -log(-log(uniform > 0 ? uniform : 5.551115123125783e-17));
      skill[row] = model - chosen.loss + chosen.spread * luck;
    }
  },
  duringLife(population, { benefit }) {
    if (!population.has('energy') || benefit === 0) return;
    const { table } = population;
    const [energy, cost, skill] = [table.f32('energy'), table.f32('cost'), table.f32(skillColumn)];
    for (let row = 0; row < table.count; row++) {
      const saved = benefit * Math.max(0, skill[row]);
      energy[row] += cost[row] * (saved / (1 + saved));
    }
  },
  visible: {
    form: 'learned',
    share(population) {
      const skill = population.table.f32(skillColumn);
      return (row) => Math.max(0, skill[row]) / (1 + Math.abs(skill[row]));
    },
  },
  logFitness(population, { benefit }) {
    const skill = population.table.f32(skillColumn);
    return (row) => benefit * skill[row];
  },
};

/** The highest skill among a parent and the organisms near it, without newborns. */
function modelOf(
  population: Population,
  parent: number,
  firstNewborn: number,
  { models, reach }: Parameters,
  { nearInto }: MechanismContext,
): number {
  const skill = population.table.f32(skillColumn);
  let most = skill[parent];
  if (models === 'parent') return most;
  const found = nearInto(population, parent, reach, near);
  for (let i = 0; i < found; i++) if (near.rows[i] < firstNewborn) most = Math.max(most, skill[near.rows[i]]);
  return most;
}
