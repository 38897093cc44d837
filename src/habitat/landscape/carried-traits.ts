import type { TraitRange } from '../../genome/layout.ts';
import { furtherTraits } from '../../population/further-traits.ts';
import { type TraitText, traits } from '../../population/traits.ts';

/** Traits that mean something without a body: a genome on a landscape may carry a locus for each. */
export const carriedTraitIds = [
  'mutation.scale',
  'marker.1',
  'marker.2',
  'marker.3',
  'learning.rate',
  'display',
  'preference',
] as const;

/** The learning rate of the mechanism `gradient-step`. */
const learningRate: TraitText & TraitRange = {
  id: 'learning.rate',
  title: 'Learning rate',
  unit: '(locus units)^2/log fitness',
  description: 'Length of its children’s gradient steps, for a gradient of length 1; e^locus times the founder median.',
  minimum: 1e-6,
  maximum: 10,
  founder: 0.05,
  deviation: 0.7,
  form: 'exponential',
};

/** Those that a scene asks for, in the order in which traits stand everywhere. */
export function carriedTraits(ids: readonly string[]): readonly (TraitText & TraitRange)[] {
  return [...traits, learningRate, ...furtherTraits.filter(({ id }) => id !== 'learning.rate')].filter(({ id }) =>
    ids.includes(id),
  );
}
