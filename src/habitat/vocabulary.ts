import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Habitat } from './habitat.ts';
import type { Pattern } from './plane/patterns.ts';
import type { Sense } from './plane/senses.ts';

/** An extension as snapshots and provenance name it. @experimental */
export interface ExtensionName {
  readonly name: string;
  readonly version: string;
}

/** All that a scene can name. Habitats are given it by whatever reads a scene or makes a world; a `Catalogue` is one. @experimental */
export interface Vocabulary {
  readonly mechanisms: MechanismSet;
  /** Senses in the plane. */
  readonly senses: readonly Sense[];
  /** Patterns of ground in the plane. */
  readonly patterns: readonly Pattern[];
  readonly habitats: readonly Habitat[];
  /** What it has beyond the standard, in the order in which it was added. */
  readonly extensions: readonly ExtensionName[];
}

/** What scenes in a habitat can name: of the mechanisms those whose needs it meets. */
export function vocabularyIn({ gives }: Habitat, vocabulary: Vocabulary): Vocabulary {
  const { mechanisms, senses, patterns, habitats, extensions } = vocabulary;
  return { mechanisms: mechanisms.of(gives), senses, patterns, habitats, extensions };
}
