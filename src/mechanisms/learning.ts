import { z } from 'zod';
import { type Column, type Declaration, floatsNamed } from '../ecs/table.ts';
import { policyWeights } from '../genome/layout.ts';
import { fromValue } from '../kernel/arguments.ts';
import { logistic32 } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { ActionId } from '../policy/actions.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import type { Trait } from '../population/traits.ts';
import { columnMoments } from './column-moments.ts';
import { floatColumn, learn, learnedWeights, scores, scoresColumn, weightsColumn } from './learned-columns.ts';
import type { Mechanism } from './mechanism.ts';

/** Organisms that decide, and know what they take in and lose. */
type Learner = PopulationWith<'policy' | 'energy'>;

const parameters = z.strictObject({
  rule: parameter(z.enum(['policy-gradient', 'hebbian']).default('policy-gradient'), {
    title: 'Rule of learning',
    description:
      'policy-gradient: actions before a reward above the usual one become likelier (REINFORCE with an eligibility trace). hebbian: activity before times activity after, gated by the same reward, without backpropagation through the network.',
    unit: '',
    live: true,
  }),
  layers: parameter(z.enum(['all', 'outputs', 'biases']).default('all'), {
    title: 'Learned weights',
    description:
      'All weights of the policy, those to its outputs, or only the biases of its outputs: how often it takes each action overall.',
    unit: '',
    live: true,
  }),
  baseline: parameter(z.number().min(0).max(1).default(0.02), {
    title: 'Habituation to reward',
    description:
      'Share of the difference to the present reward that the usual reward moves in a tick; 0 compares with no reward.',
    unit: '1/tick',
    live: true,
    step: 0.01,
  }),
});

const reward = (id: string, title: string, description: string): Trait => ({
  id,
  title,
  unit: 'reward/signal',
  description: `${description} Below 0 it is avoided.`,
  minimum: -2,
  maximum: 2,
  founder: 0,
  deviation: 0.5,
  limits: [-100, 100],
});

/** How much novelty is liked: curiosity makes the signal, learning reads it. */
export const noveltyTrait = reward(
  'reward.novelty',
  'Wanting of novelty',
  'How much rare observations are liked (needs the mechanism curiosity).',
);

/** How much the taste of fruit is liked: poison makes the signal, learning reads it. */
export const tasteTrait = reward(
  'reward.taste',
  'Wanting of taste',
  'How much the good taste of fruit, times what it brings or costs as a share of the appetite, is liked (needs the mechanism poison).',
);

/** How much it is liked that food costs energy. */
export const painTrait = reward(
  'reward.pain',
  'Wanting of pain',
  'How much energy lost by food, as a share of the appetite, is liked, besides its part in the energy taken in (needs the mechanism poison).',
);

/** The traits that learning reads, by what they are for. */
export const learningGenes = {
  rate: {
    id: 'learning.rate',
    title: 'Learning rate',
    unit: '1/reward',
    description: 'Length of a step of learning, for a reward of 1 above the usual.',
    minimum: 0.0001,
    maximum: 1,
    founder: 0.01,
    deviation: 0.7,
    limits: [0.000001, 10],
    form: 'exponential',
  },
  trace: {
    id: 'learning.trace',
    title: 'Trace decay',
    unit: '1/tick',
    description: 'Share of the eligibility trace that is left after a tick (gamma times lambda): how far back a reward reaches.',
    minimum: 0,
    maximum: 0.98,
    founder: 0.7,
    deviation: 0.5,
    limits: [0, 0.999],
  },
  halving: {
    id: 'learning.halving',
    title: 'Learning-rate halvings',
    unit: '1/1000 ticks',
    description: 'How many times the learning rate halves in 1,000 ticks of life: at 0 it is constant.',
    minimum: 0,
    maximum: 20,
    founder: 1,
    deviation: 0.5,
    limits: [0, 1000],
  },
  energy: reward('reward.energy', 'Wanting of energy', 'How much energy taken in, as a share of the appetite, is liked.'),
  damage: reward('reward.damage', 'Wanting of damage', 'How much energy torn from it, as a share of its storage, is liked.'),
  cue: reward('reward.cue', 'Wanting of the cue', 'How much the cue underfoot is liked.'),
  social: reward('reward.social', 'Wanting of company', 'How much a neighbour of its own population is liked.'),
  novelty: noveltyTrait,
} as const satisfies Record<string, Trait>;

const read: readonly Trait[] = Object.values(learningGenes);

const own = {
  /** As wide as the weights. */
  trace: floatColumn('trace', 'state'),
  reward: floatColumn('reward', 'shown'),
  usual: floatColumn('reward.usual', 'state'),
  normalTurn: floatColumn('normal.turn', 'scratch'),
  normalThrust: floatColumn('normal.thrust', 'scratch'),
  decay: floatColumn('learning.decay', 'scratch'),
  step: floatColumn('learning.step', 'scratch'),
};

/** How new an observation is, while organisms are curious. */
export const noveltyColumn = floatColumn('novelty', 'shown');

/** How good what was eaten tastes, while a mechanism gives food a taste. */
export const tasteColumn = floatColumn('taste', 'shown');

const codes = { 'policy-gradient': 0, hebbian: 1, biases: 1, outputs: 2, all: 3 } as const;

/** Within a life, policies change by reward; what is rewarding, how fast they change and how far back reward reaches are learningGenes. */
export const learning: Mechanism<z.infer<typeof parameters>, 'policy' | 'energy'> = {
  id: 'learning',
  title: 'Learning',
  group: 'life',
  summary: 'Organisms learn within their lives what their genes reward; offspring do not inherit it.',
  lookFor: 'Whether wants evolve (the traits reward.*), and whether newborns need to learn less and less.',
  source:
    'Williams (1992), Mach. Learn. 8: 229 (REINFORCE); Sutton & Barto (2018), Reinforcement Learning, ch. 12 and 13; Frémaux & Gerstner (2016), Front. Neural Circuits 9: 85 (three-factor Hebbian rules); Ackley & Littman (1991), Artificial Life II (evolved rewards).',
  needs: ['policy', 'energy'],
  parameters,
  traits: read,
  worksWithout: read.filter((trait) => trait !== learningGenes.energy),
  measures: [
    {
      probe: {
        id: 'learning',
        title: 'Learning',
        description:
          'What the living have learned within their lives, and what it earns them, if genomes carry the loci that learning reads.',
      },
      columns: [
        { name: 'learned', title: 'Learned part of the weights, root mean square', unit: 'locus units' },
        { name: 'reward', title: 'Mean reward in the tick', unit: 'reward' },
        { name: 'reward.usual', title: 'Mean of the usual reward', unit: 'reward' },
        { name: 'chance.eat', title: 'Mean chance to eat in the tick', unit: '' },
      ],
      // Without that locus it cannot be switched on.
      appliesTo: ({ traits }) => traits.some(({ id }) => id === learningGenes.rate.id),
      sample: measureLearning,
    },
  ],
  columns: (population) => [
    weightsColumn(population),
    { ...weightsColumn(population), ...own.trace },
    own.reward,
    own.usual,
    scoresColumn(population),
    own.normalTurn,
    own.normalThrust,
    own.decay,
    own.step,
    ...read
      .filter(({ id }) => !population.traits.some((trait) => trait.id === id))
      .map((trait) => floatColumn(standIn(trait), 'scratch')),
  ],
  visible: learnedWeights,
  duringLife(population, { rule, layers, baseline }, { tick }) {
    measureReward(population, baseline, tick);
    const { table, arena } = population;
    const { actions } = population.policy;
    const { count, columns } = table;
    const { outputs, eat } = columns;
    const indexOf = (id: ActionId) => actions.findIndex((action) => action.id === id);
    arena.kernel.policyScores({
      count,
      outputs,
      spreadTurn: columns['policy.spread.turn'],
      spreadThrust: columns['policy.spread.thrust'],
      normalTurn: table.of(own.normalTurn),
      normalThrust: table.of(own.normalThrust),
      eat,
      bite: table.find('bite'),
      biteAt: indexOf('bite'),
      mate: table.find('mate'),
      mateAt: indexOf('mate'),
      share: table.find('share'),
      shareAt: indexOf('share'),
      scores: table.of(scores),
    });
    learn(population, own, { count, list: undefined, rule: codes[rule], layers: codes[layers] });
  },
};

/** What the living have learned, if they can learn: NaN while learning is off. */
function measureLearning(population: Learner): readonly number[] {
  const { table, layout, count } = population;
  const { network } = population.policy;
  if (count === 0 || !table.has('weights')) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const [weights, genome] = [table.f32('weights'), table.f32('genome')];
  let square = 0;
  let chance = 0;
  const outputs = table.f32('outputs');
  const wide = table.columns.outputs.width;
  for (let row = 0; row < count; row++) {
    const at = row * layout.stride;
    for (let slot = 0; slot < network.length; slot++) {
      const learned = weights[at + slot] - genome[at + slot];
      square += learned * learned;
    }
    chance += logistic32(outputs[row * wide + 2]);
  }
  const loci = layout.loci.filter(({ segment }) => segment === policyWeights).length;
  const mean = (column: Declaration<'f32'>) => columnMoments(population, column).mean;
  return [Math.sqrt(square / (count * loci)), mean(own.reward), mean(own.usual), chance / count];
}

/**
 * The reward of the tick: the sum over signals of the gene times the signal. Intake, damage, taste and pain are those of this tick; cue,
 * company and novelty were observed before its action, so that the trace relates them to the actions that led there. The step is
 * alpha (r - usual), alpha = learning.rate 2^(-age learning.halving / 1000).
 */
function measureReward(population: Learner, baseline: number, tick: number): void {
  const { table, arena } = population;
  const { senses } = population.policy;
  const { inputs, intake, appetite, damage, storage, birthTick } = table.columns;
  const gene = (trait: Trait) => columnOf(population, trait);
  const lanes = (id: string) => senses.find((sense) => sense.id === id);
  const [cue, company] = [lanes('cue'), lanes('neighbours')];
  const ofTaste = table.find(floatsNamed(tasteTrait.id));
  arena.kernel.measureReward({
    count: table.count,
    tick,
    baseline,
    ofEnergy: gene(learningGenes.energy),
    intake,
    appetite,
    ofDamage: gene(learningGenes.damage),
    damage: population.energy.hunted ? damage : undefined,
    storage,
    ofNovelty: gene(learningGenes.novelty),
    novelty: table.find(noveltyColumn),
    inputStride: inputs.rowBytes,
    ofCue: gene(learningGenes.cue),
    cue: cue && fromValue(inputs, cue.at),
    cues: cue?.labels.length ?? 0,
    ofSocial: gene(learningGenes.social),
    company: company && fromValue(inputs, company.at),
    companies: company?.labels.length ?? 0,
    ofTaste,
    taste: ofTaste && table.find(tasteColumn),
    ofPain: table.find(floatsNamed(painTrait.id)),
    rate: gene(learningGenes.rate),
    trace: gene(learningGenes.trace),
    halving: gene(learningGenes.halving),
    birthTick,
    reward: table.of(own.reward),
    usual: table.of(own.usual),
    decay: table.of(own.decay),
    step: table.of(own.step),
  });
}

/** Name of the column that holds a trait for which genomes carry no locus. */
const standIn = ({ id }: Trait) => `${id} of all`;

/** A trait row by row: its column, or one that holds its founder median for all. */
function columnOf({ table }: Learner, trait: Trait): Column<'f32'> {
  const carried = table.find(floatsNamed(trait.id));
  if (carried) return carried;
  const column = table.of(floatsNamed(standIn(trait)));
  column.values.fill(trait.founder, 0, table.count);
  return column;
}
