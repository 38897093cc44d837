import { mechanisms } from '../mechanisms/index.ts';
import { valuesInOrder } from '../mechanisms/values-in-order.ts';
import * as all from './all.ts';
import type { Habitat } from './habitat.ts';
import { patterns } from './plane/patterns.ts';
import { senses } from './plane/senses.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The standard habitats, those that are named here before the others. */
const habitats = valuesInOrder<Readonly<Record<string, unknown>>>(all, [
  'planeHabitat',
  'landscapeHabitat',
]) as readonly Habitat[];

/** All that a scene can name without an extension. */
export const standardVocabulary: Vocabulary = { mechanisms, senses, patterns, habitats, extensions: [] };
