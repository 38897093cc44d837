import { mechanisms } from '../mechanisms/index.ts';
import type { Habitat } from './habitat.ts';
import { landscapeHabitat } from './landscape/landscape-habitat.ts';
import { patchesHabitat } from './patches/patches-habitat.ts';
import { patterns } from './plane/patterns.ts';
import { planeHabitat } from './plane/plane-habitat.ts';
import { senses } from './plane/senses.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The standard habitats: a new one needs a line here. */
const habitats: readonly Habitat[] = [
  planeHabitat,
  landscapeHabitat,
  patchesHabitat,
] as readonly Habitat<never>[] as readonly Habitat[];

/** All that a scene can name without an extension. */
export const standardVocabulary: Vocabulary = { mechanisms, senses, patterns, habitats, extensions: [] };
