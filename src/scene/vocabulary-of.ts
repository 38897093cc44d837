import type { Habitat, WorldTraits } from '../habitat/habitat.ts';
import type { HabitatScene } from '../habitat/habitat-world.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import { type ExtensionName, type Vocabulary, vocabularyIn } from '../habitat/vocabulary.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import { capabilities } from '../population/capabilities.ts';

/**
 * Under a symbol, so that copies of a scene keep it and its JSON lacks it: a scene that went through JSON or into another thread is
 * read again with its vocabulary. Scenes of the standard vocabulary carry none.
 */
const carried = Symbol('vocabulary');

interface Carrier {
  readonly [carried]?: Vocabulary;
}

/** The vocabulary that a scene was read with. */
export function vocabularyOf(scene: object): Vocabulary {
  return (scene as Carrier)[carried] ?? standardVocabulary;
}

/** The scene as one that was read with a vocabulary. */
export function withVocabulary<S extends object>(scene: S, vocabulary: Vocabulary): S {
  return vocabulary.extensions.length === 0 ? scene : { ...scene, [carried]: vocabulary };
}

/** The habitat of a scene. */
export function habitatOf(scene: { readonly habitat: { readonly kind: string } }): Habitat {
  return habitatNamed(vocabularyOf(scene), scene.habitat.kind);
}

/** The mechanisms that a scene can name: those whose needs its habitat meets. */
export function mechanismsOf(scene: Parameters<typeof habitatOf>[0]): MechanismSet {
  return vocabularyOf(scene).mechanisms.of(habitatOf(scene).gives);
}

/** Traits and causes of death in the world of a scene. @param scene as it was at tick 0 */
export function worldTraitsOf(scene: HabitatScene<{ readonly kind: string }>): WorldTraits {
  const habitat = habitatOf(scene);
  return habitat.traitsOf(scene, vocabularyIn(habitat, vocabularyOf(scene)));
}

/** @throws {Error} for a kind that the vocabulary lacks */
export function habitatNamed({ habitats }: Vocabulary, kind: string): Habitat {
  const habitat = habitats.find((one) => one.kind === kind);
  if (!habitat) throw new Error(`there is no kind of habitat '${kind}'; known: ${habitats.map((one) => one.kind).join(', ')}`);
  return habitat;
}

/**
 * Why scenes in a habitat cannot name a mechanism that the vocabulary has: what it needs and the habitat does not give, as a sentence;
 * undefined if that is not the reason.
 */
export function missingFor(mechanism: string, kind: string, vocabulary: Vocabulary): string | undefined {
  const { gives } = habitatNamed(vocabulary, kind);
  const missing = vocabulary.mechanisms.get(mechanism)?.needs?.filter((need) => !gives.includes(need)) ?? [];
  if (missing.length === 0) return undefined;
  const texts = missing.map((need) => `${capabilities[need]} (${need})`);
  return `'${mechanism}' needs ${texts.join(' and ')}, which the habitat '${kind}' does not give`;
}

const show = (extensions: readonly ExtensionName[]) => extensions.map(({ name, version }) => `${name} ${version}`).join(', ');

/**
 * What is wrong if something was made with other extensions than these, as the end of a sentence about it; undefined if nothing is.
 * @param made names and versions that it was made with
 */
export function extensionProblem(made: readonly ExtensionName[], { extensions }: Vocabulary): string | undefined {
  const [needed, given] = [show(made), show(extensions)];
  if (needed === given) return undefined;
  if (needed === '') return `was made without an extension (got ${given}); leave the extension out`;
  return `was made with the extension ${needed} (got ${given === '' ? 'none' : given}); give that one`;
}
