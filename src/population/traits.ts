/** Name and meaning of a heritable trait: a column of the table that follows from one locus. @public */
export interface TraitText {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly description: string;
}

/**
 * A heritable trait of the body or the life history: one locus, expressed onto a range by a logistic or an exponential curve.
 * @public
 */
export interface Trait extends TraitText {
  readonly minimum: number;
  readonly maximum: number;
  /** Median of the founders, in trait units. */
  readonly founder: number;
  /** Standard deviation among founders, in locus units. */
  readonly deviation: number;
  /** The range that a scene may ask for: beyond it the trait would be meaningless (a body of no size, a gut that makes energy). */
  readonly limits: readonly [lowest: number, highest: number];
  /** As in `RangeMap`; logistic by default. */
  readonly form?: 'logistic' | 'exponential';
}

/** Ids of the traits of the body, in the order of their loci. @public */
export const traitIds = [
  'body.size',
  'body.speed',
  'diet.fruit',
  'life.threshold',
  'life.investment',
  'policy.spread.turn',
  'policy.spread.thrust',
  'mutation.scale',
  'marker.1',
  'marker.2',
  'marker.3',
] as const;

/** Id of a trait of the body that every organism in the plane has. @public */
export type TraitId = (typeof traitIds)[number];

const marker = (id: TraitId, n: number): Trait => ({
  id,
  title: `Marker ${n}`,
  unit: '',
  description: 'A neutral locus without effect on its bearer; organisms sense how alike their markers are.',
  minimum: -1,
  maximum: 1,
  founder: 0,
  deviation: 1,
  limits: [-100, 100],
});

/** The traits in the order of their loci and columns. @public */
export const traits: readonly Trait[] = [
  {
    id: 'body.size',
    title: 'Body size',
    unit: 'of the standard body',
    description: 'A larger body eats more, stores more and bites harder, but costs more to make, to keep and to move.',
    minimum: 0.4,
    maximum: 2.5,
    founder: 1,
    deviation: 0.2,
    limits: [0.05, 20],
  },
  {
    id: 'body.speed',
    title: 'Top speed',
    unit: 'lengths/tick',
    description: 'Distance moved in a tick at full thrust. A high top speed costs energy even at rest.',
    minimum: 0.1,
    maximum: 2.5,
    founder: 0.8,
    deviation: 0.2,
    limits: [0, 16],
  },
  {
    id: 'diet.fruit',
    title: 'Diet',
    unit: '0 grass, 1 fruit',
    description: 'What the gut digests: grass at 0, fruit at 1; in between, both less well.',
    minimum: 0,
    maximum: 1,
    founder: 0.5,
    deviation: 0.5,
    limits: [0, 1],
  },
  {
    id: 'life.threshold',
    title: 'Reserve at birth-giving',
    unit: 'of the storage',
    description: 'How full the reserve must be, beyond the price of the newborn’s body, before the organism has offspring.',
    minimum: 0.1,
    maximum: 0.95,
    founder: 0.5,
    deviation: 0.3,
    limits: [0, 1],
  },
  {
    id: 'life.investment',
    title: 'Investment',
    unit: 'of the reserve',
    description: 'Share of its reserve that a parent hands to each offspring.',
    minimum: 0.1,
    maximum: 0.9,
    founder: 0.45,
    deviation: 0.3,
    limits: [0, 1],
  },
  {
    id: 'policy.spread.turn',
    title: 'Spread of turns',
    unit: 'of the sharpest turn',
    description: 'Standard deviation of the Gaussian head for turning: the randomness of turns.',
    minimum: 0.02,
    maximum: 0.8,
    founder: 0.25,
    deviation: 0.3,
    limits: [0, 4],
  },
  {
    id: 'policy.spread.thrust',
    title: 'Spread of thrust',
    unit: 'of full thrust',
    description: 'Standard deviation of the Gaussian head for thrust.',
    minimum: 0.02,
    maximum: 0.8,
    founder: 0.2,
    deviation: 0.3,
    limits: [0, 4],
  },
  {
    id: 'mutation.scale',
    title: 'Mutation scale',
    unit: 'of the standard',
    description: 'Multiplies the size of mutations in its offspring, if the scene lets it evolve.',
    minimum: 0.1,
    maximum: 4,
    founder: 1,
    deviation: 0.3,
    limits: [0, 20],
  },
  marker('marker.1', 1),
  marker('marker.2', 2),
  marker('marker.3', 3),
];
