// The mechanism imitation: organisms shift their policy towards what they see others do.

import { z } from 'zod';
import type { OwnColumnSpec } from '../ecs/table.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import type { NearList } from '../population/near-list.ts';
import { traitReader } from '../population/trait-reader.ts';
import type { Trait } from '../population/traits.ts';
import { drawNeighbours, listMeeting, type Meetings } from './draw-neighbour.ts';
import { floatColumn, learn, learnedWeights, scores, scoresColumn, weightsColumn } from './learned-columns.ts';
import type { Mechanism, MechanismContext } from './mechanism.ts';

const parameters = z.strictObject({
  attention: parameter(z.number().min(0).max(1).default(0.1), {
    title: 'Attention',
    description: 'Chance in a tick that an organism watches another.',
    unit: '1/tick',
    live: true,
    step: 0.01,
  }),
  reach: parameter(z.number().min(0).max(256).default(8), {
    title: 'Reach of sight',
    description: 'How far away a model may be.',
    unit: 'lengths',
    live: true,
    step: 0.5,
  }),
  model: parameter(z.enum(['successful', 'elder', 'anyone']).default('successful'), {
    title: 'Choice of model',
    description:
      'successful: the one in reach with the fullest reserve, if it is fuller than one’s own. elder: the oldest, if it is older. anyone: each with the same chance.',
    unit: '',
    live: true,
  }),
});

type Parameters = z.infer<typeof parameters>;

const near: NearList = { rows: new Int32Array(64) };

const imitationRate: Trait = {
  id: 'imitation.rate',
  title: 'Imitation rate',
  unit: '',
  description: 'Length of a step towards the observed behaviour.',
  minimum: 0.0001,
  maximum: 1,
  founder: 0.01,
  deviation: 0.7,
  limits: [0.000001, 10],
  form: 'exponential',
};

const own = {
  /** As wide as the weights. */
  trace: { name: 'imitation.trace', type: 'f32', kind: 'scratch', start: 'zero' },
  /** Rows of those that watch and of those that they watch, side by side. */
  rows: { name: 'imitation.rows', type: 'u32', kind: 'scratch', start: 'zero' },
  models: { name: 'imitation.models', type: 'u32', kind: 'scratch', start: 'zero' },
  /** Rows of those that are seen, entry by entry. */
  seen: { name: 'imitation.seen', type: 'i32', kind: 'scratch', start: 'zero' },
  decay: floatColumn('imitation.decay', 'scratch'),
  step: floatColumn('imitation.step', 'scratch'),
} as const satisfies Readonly<Record<string, OwnColumnSpec>>;

/** Adopting observed behaviour. */
export const imitation: Mechanism<Parameters, 'policy' | 'energy'> = {
  id: 'imitation',
  title: 'Imitation',
  group: 'life',
  summary: 'Organisms shift their policy towards what they see others do.',
  lookFor: 'Behaviour that spreads faster than genes, and lines whose newborns no longer need the genes for it.',
  source:
    'Boyd & Richerson (1985), Culture and the Evolutionary Process; Pomerleau (1991), Neural Comput. 3: 88 (cross-entropy imitation); Rendell et al. (2010), Science 328: 208.',
  needs: ['policy', 'energy'],
  parameters,
  traits: [imitationRate],
  worksWithout: [imitationRate],
  columns: (population) => [
    weightsColumn(population),
    scoresColumn(population),
    { ...weightsColumn(population), ...own.trace },
    own.rows,
    own.models,
    own.seen,
    own.decay,
    own.step,
  ],
  visible: learnedWeights,
  duringLife(population, chosen, context) {
    const count = watch(population, chosen, context);
    if (count === 0) return;
    const { table, policy, arena } = population;
    const { columns } = table;
    const { outputs, turn, thrust, eat } = columns;
    const bite = table.find('bite');
    arena.kernel.imitationScores({
      count,
      rows: table.of(own.rows),
      models: table.of(own.models),
      outputs,
      spreadTurn: columns['policy.spread.turn'],
      spreadThrust: columns['policy.spread.thrust'],
      turn,
      thrust,
      eat,
      bite,
      biteAt: policy.actions.findIndex(({ id }) => id === 'bite'),
      scores: table.of(scores),
    });
    learn(population, own, { count, list: table.of(own.rows), rule: 0, layers: 3 });
  },
};

/** Lists which organism watches which in this tick, with the length of its step; returns how many watch. */
function watch(population: PopulationWith<'energy'>, { attention, reach, model }: Parameters, context: MechanismContext): number {
  const { table } = population;
  const { list, count: watching } = listMeeting(population, 0, attention, context);
  const meetings = { list, count: watching, reach, out: table.of(own.seen) };
  if (model === 'anyone') drawNeighbours(population, meetings, context);
  else bestNeighbours(population, meetings, model, context);
  const [rows, models, seen, watchers] = [table.u32(own.rows), table.u32(own.models), meetings.out.values, list.values];
  const [decay, step] = [table.f32(own.decay), table.f32(own.step)];
  const rate = traitReader(population, imitationRate);
  const [trace, width] = [table.f32(own.trace), table.of(own.trace).width];
  let found = 0;
  for (let k = 0; k < watching; k++) {
    if (seen[k] < 0) continue;
    const row = watchers[k];
    rows[found] = row;
    models[found] = seen[k];
    decay[found] = 0;
    step[found] = rate(row);
    // The step of learning is added to a trace, even if the trace keeps nothing (0 times NaN is NaN).
    trace.fill(0, row * width, (row + 1) * width);
    found++;
  }
  return found;
}

/** For each of a list the fullest or the oldest of the organisms near, if it exceeds the observer; -1 if none does. Of equals the lowest id. */
function bestNeighbours(
  population: PopulationWith<'energy'>,
  { list, count, reach, out }: Meetings,
  model: 'successful' | 'elder',
  context: MechanismContext,
): void {
  const { table, arena } = population;
  const { id: ids, energy, storage, birthTick } = table.columns;
  const grid = context.gridOf?.(population);
  if (grid) {
    const ages = model === 'elder' ? birthTick : undefined;
    arena.kernel.bestNeighbours({ count, list, ids, energy, storage, birthTick: ages, ...grid, reach, out });
    return;
  }
  const worth = (at: number) => (model === 'elder' ? -birthTick.values[at] : energy.values[at] / storage.values[at]);
  for (let k = 0; k < count; k++) {
    const found = context.nearInto(population, list.values[k], reach, near);
    let most = worth(list.values[k]);
    let chosen = -1;
    for (let i = 0; i < found; i++) {
      const other = near.rows[i];
      const value = worth(other);
      if (value > most || (value === most && chosen >= 0 && ids.values[other] < ids.values[chosen])) {
        most = value;
        chosen = other;
      }
    }
    out.values[k] = chosen;
  }
}
