/** An action of the vocabulary. A policy is offered it only where it has an effect. */
export interface Action {
  readonly id: ActionId;
  readonly title: string;
  /** gaussian: mean from the output, spread from the genome; bernoulli: chance from the output; level: the output itself. */
  readonly head: 'gaussian' | 'bernoulli' | 'level';
  readonly description: string;
  /** What gives it an effect. */
  readonly offered: string;
}

export const actionIds = ['turn', 'thrust', 'eat', 'bite', 'signal', 'mate', 'share'] as const;
export type ActionId = (typeof actionIds)[number];

/** All actions, in the order of their outputs. The first three are always offered: the heads kernel counts on it. */
export const actions: readonly Action[] = [
  {
    id: 'turn',
    title: 'Turn',
    head: 'gaussian',
    description: 'Turns left or right, up to the sharpest turn.',
    offered: 'always',
  },
  {
    id: 'thrust',
    title: 'Thrust',
    head: 'gaussian',
    description: 'Moves forward, from rest to top speed.',
    offered: 'always',
  },
  { id: 'eat', title: 'Eat', head: 'bernoulli', description: 'Eats what is on its cell of ground.', offered: 'always' },
  {
    id: 'bite',
    title: 'Bite',
    head: 'bernoulli',
    description: 'Bites the nearest target ahead, if it is within reach.',
    offered: 'where the population has targets',
  },
  {
    id: 'signal',
    title: 'Signal',
    head: 'level',
    description: 'Shows a signal, from 0 to 1, to organisms that sense it.',
    offered: 'where the population senses signals',
  },
  {
    id: 'mate',
    title: 'Mate',
    head: 'bernoulli',
    description: 'Is willing to mate.',
    offered: 'where a mechanism gives it an effect',
  },
  {
    id: 'share',
    title: 'Share',
    head: 'bernoulli',
    description: 'Gives energy to another organism.',
    offered: 'where a mechanism gives it an effect',
  },
];
