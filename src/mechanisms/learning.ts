import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import { type FurtherTraitId, furtherTraits } from '../population/further-traits.ts';
import type { PlanePopulation } from '../population/plane-population.ts';
import { floatColumn, scoresColumn, weightsColumn } from './learned-columns.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  rule: parameter(z.enum(['policy-gradient', 'hebbian']).default('policy-gradient'), {
    title: 'Rule of learning',
    description:
      'policy-gradient: what was done before a reward beyond the usual becomes likelier (REINFORCE with an eligibility trace). hebbian: activity before times activity after, gated by the same reward, without anything that is carried back through the network.',
    unit: '',
    live: true,
  }),
  layers: parameter(z.enum(['all', 'outputs', 'biases']).default('all'), {
    title: 'What can be learned',
    description:
      'All weights of the policy, those to its outputs, or only the biases of its outputs: how much it does of each action at all.',
    unit: '',
    live: true,
  }),
  baseline: parameter(z.number().min(0).max(1).default(0.02), {
    title: 'Getting used to reward',
    description: 'Share of the way that the usual reward goes to the present one in a tick; 0 compares with no reward.',
    unit: '1/tick',
    live: true,
    step: 0.01,
  }),
});

const read = [
  'learning.rate',
  'learning.trace',
  'learning.halving',
  'reward.energy',
  'reward.damage',
  'reward.cue',
  'reward.social',
  'reward.novelty',
] as const satisfies readonly FurtherTraitId[];

const codes = { 'policy-gradient': 0, hebbian: 1, biases: 1, outputs: 2, all: 3 } as const;

/** Within a life, policies change by reward; what is rewarding, how fast and how far back it reaches are genes. */
export const learning: Mechanism<z.infer<typeof parameters>> = {
  id: 'learning',
  title: 'Learning',
  summary:
    'Organisms learn within their lives: what they did before something that their genes call good becomes likelier. The weights they were born with are what their offspring inherit.',
  lookFor: 'Whether wants evolve (the traits reward.*), and whether newborns need less and less to be taught.',
  source:
    'Williams (1992), Mach. Learn. 8: 229 (REINFORCE); Sutton & Barto (2018), Reinforcement Learning, ch. 12 and 13; Frémaux & Gerstner (2016), Front. Neural Circuits 9: 85 (three-factor Hebbian rules); Ackley & Littman (1991), Artificial Life II (evolved rewards).',
  habitats: ['plane'],
  parameters,
  traits: read,
  needs: ['reward.energy'],
  columns: (population) => [
    weightsColumn(population),
    { ...weightsColumn(population), name: 'trace', start: 'zero' },
    floatColumn('reward', 'shown'),
    floatColumn('reward.usual', 'state'),
    scoresColumn(population),
    ...['normal.turn', 'normal.thrust', 'learning.decay', 'learning.step'].map((name) => floatColumn(name, 'scratch')),
    ...read.filter((id) => !population.traits.some((trait) => trait.id === id)).map((id) => floatColumn(standIn(id), 'scratch')),
  ],
  live(population, { rule, layers, baseline }, { tick }) {
    const plane = population as PlanePopulation;
    measureReward(plane, baseline, tick);
    const { table, network, actions, arena } = plane;
    const { kernel, scratch } = arena;
    const indexOf = (id: string) => actions.findIndex((action) => action.id === id);
    const done = (id: string) => [table.pointer(id), indexOf(id)] as const;
    kernel.policyScores(
      table.count,
      table.pointer('outputs'),
      table.rowBytes('outputs'),
      table.pointer('policy.spread.turn'),
      table.pointer('policy.spread.thrust'),
      table.pointer('normal.turn'),
      table.pointer('normal.thrust'),
      table.pointer('eat'),
      ...done('bite'),
      ...done('mate'),
      ...done('share'),
      table.pointer('scores'),
    );
    kernel.learn(
      table.count,
      0,
      table.pointer('inputs'),
      table.rowBytes('inputs'),
      network.inputs,
      table.pointer('weights'),
      table.rowBytes('weights'),
      network.hidden,
      network.hiddenBlocks,
      network.outputBlocks,
      table.pointer('scores'),
      table.pointer('trace'),
      table.pointer('learning.decay'),
      table.pointer('learning.step'),
      codes[rule],
      codes[layers],
      scratch.pointer,
    );
  },
};

/**
 * The reward of the tick: the sum over signals of the gene times the signal. Taken in and damage are those of this tick; cue,
 * company and novelty were observed before its action, so that the trace brings them back to what led there. The step is
 * alpha (r - usual), alpha = learning.rate 2^(-age learning.halving / 1000).
 */
function measureReward(population: PlanePopulation, baseline: number, tick: number): void {
  const { table, senses, arena } = population;
  const gene = (id: FurtherTraitId) => pointerOf(population, id);
  const inputs = (id: string) => {
    const sense = senses.find((one) => one.id === id);
    return sense ? ([table.pointer('inputs') + 4 * sense.at, sense.labels.length] as const) : ([0, 0] as const);
  };
  arena.kernel.measureReward(
    table.count,
    tick,
    baseline,
    ...([gene('reward.energy'), table.pointer('intake'), table.pointer('appetite')] as const),
    ...([gene('reward.damage'), population.hunted ? table.pointer('damage') : 0, table.pointer('storage')] as const),
    ...([gene('reward.novelty'), table.has('novelty') ? table.pointer('novelty') : 0] as const),
    table.rowBytes('inputs'),
    ...([gene('reward.cue'), ...inputs('cue')] as const),
    ...([gene('reward.social'), ...inputs('neighbours')] as const),
    ...([gene('learning.rate'), gene('learning.trace'), gene('learning.halving')] as const),
    table.pointer('birthTick'),
    table.pointer('reward'),
    table.pointer('reward.usual'),
    table.pointer('learning.decay'),
    table.pointer('learning.step'),
  );
}

/** Name of the column that stands in for a trait of which genomes carry no locus. */
const standIn = (id: FurtherTraitId) => `${id} of all`;

/** Where a further trait stands, row by row: its column, or one that holds its founder median for everybody. */
function pointerOf({ table }: PlanePopulation, id: FurtherTraitId): number {
  if (table.has(id)) return table.pointer(id);
  const founder = furtherTraits.find((trait) => trait.id === id)?.founder ?? 0;
  table.f32(standIn(id)).fill(founder, 0, table.count);
  return table.pointer(standIn(id));
}
