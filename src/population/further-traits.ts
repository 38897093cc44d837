import type { Trait } from './traits.ts';

/** Leanings to the strategies of a game, as many as there may be. */
export const strategyIds = [
  'strategy.1',
  'strategy.2',
  'strategy.3',
  'strategy.4',
  'strategy.5',
  'strategy.6',
  'strategy.7',
  'strategy.8',
  'strategy.9',
  'strategy.10',
  'strategy.11',
  'strategy.12',
  'strategy.13',
  'strategy.14',
  'strategy.15',
  'strategy.16',
] as const;

/**
 * Traits that only some mechanisms read: a genome carries their loci where a mechanism or the scene asks for them.
 * @experimental
 */
export const furtherTraitIds = [
  'learning.rate',
  'learning.trace',
  'learning.halving',
  'reward.energy',
  'reward.damage',
  'reward.cue',
  'reward.social',
  'reward.novelty',
  'imitation.rate',
  'display',
  'preference',
  'offspring.preference',
  ...strategyIds,
] as const;

/** Id of a trait that only some mechanisms read. @experimental */
export type FurtherTraitId = (typeof furtherTraitIds)[number];

const reward = (id: FurtherTraitId, title: string, description: string): Trait => ({
  id,
  title,
  unit: 'reward/signal',
  description: `${description} Below 0 it is shunned.`,
  minimum: -2,
  maximum: 2,
  founder: 0,
  deviation: 0.5,
  limits: [-100, 100],
});

const strategy = (id: FurtherTraitId, index: number): Trait => ({
  id,
  title: `Leaning to strategy ${index + 1}`,
  unit: '',
  description: 'Strategies of a game are played with chances in proportion to e to the power of these.',
  minimum: -8,
  maximum: 8,
  founder: 0,
  deviation: 0.3,
  limits: [-40, 40],
});

/** The further traits in the order of their loci and columns, after the standard ones. @experimental */
export const furtherTraits: readonly Trait[] = [
  {
    id: 'learning.rate',
    title: 'Learning rate',
    unit: '1/reward',
    description: 'Length of a step of learning, for a reward of 1 beyond what is usual.',
    minimum: 0.0001,
    maximum: 1,
    founder: 0.01,
    deviation: 0.7,
    limits: [0.000001, 10],
    form: 'exponential',
  },
  {
    id: 'learning.trace',
    title: 'Memory of what was done',
    unit: '1/tick',
    description: 'Share of the eligibility trace that is left after a tick (gamma times lambda): how far back a reward reaches.',
    minimum: 0,
    maximum: 0.98,
    founder: 0.7,
    deviation: 0.5,
    limits: [0, 0.999],
  },
  {
    id: 'learning.halving',
    title: 'Halving of the learning rate',
    unit: '1/1000 ticks',
    description: 'How many times the learning rate halves in 1,000 ticks of life: 0 learns all its life alike.',
    minimum: 0,
    maximum: 20,
    founder: 1,
    deviation: 0.5,
    limits: [0, 1000],
  },
  reward('reward.energy', 'Wanting of energy', 'How much energy taken in, as a share of the appetite, is liked.'),
  reward('reward.damage', 'Wanting of damage', 'How much energy torn from it, as a share of its storage, is liked.'),
  reward('reward.cue', 'Wanting of the cue', 'How much the cue underfoot is liked.'),
  reward('reward.social', 'Wanting of company', 'How much somebody of its own population near it is liked.'),
  reward(
    'reward.novelty',
    'Wanting of the new',
    'How much it likes to observe what it has rarely observed (needs the mechanism curiosity).',
  ),
  {
    id: 'imitation.rate',
    title: 'Imitation rate',
    unit: '',
    description: 'Length of a step towards doing what a model was seen to do.',
    minimum: 0.0001,
    maximum: 1,
    founder: 0.01,
    deviation: 0.7,
    limits: [0.000001, 10],
    form: 'exponential',
  },
  {
    id: 'display',
    title: 'Display',
    unit: '',
    description: 'How showy it is; of no use but to mates that like it.',
    minimum: 0,
    maximum: 10,
    founder: 1,
    deviation: 0.3,
    limits: [0, 100],
  },
  {
    id: 'preference',
    title: 'Preference',
    unit: '',
    description: 'How much it prefers showy mates: a mate with one more of display is chosen e^preference times as readily.',
    minimum: -4,
    maximum: 4,
    founder: 0,
    deviation: 0.3,
    limits: [-20, 20],
  },
  {
    id: 'offspring.preference',
    title: 'Offspring preference',
    unit: '',
    description: 'How much it favours those of its offspring that are like it (above 0) or unlike it (below 0).',
    minimum: -4,
    maximum: 4,
    founder: 0,
    deviation: 0.3,
    limits: [-20, 20],
  },
  ...strategyIds.map(strategy),
];
