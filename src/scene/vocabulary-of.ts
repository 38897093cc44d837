import type { Habitat } from '../habitat/habitat.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import type { ExtensionName, Vocabulary } from '../habitat/vocabulary.ts';

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

/** @throws {Error} for a kind that the vocabulary lacks */
export function habitatNamed({ habitats }: Vocabulary, kind: string): Habitat {
  const habitat = habitats.find((one) => one.kind === kind);
  if (!habitat) throw new Error(`there is no kind of habitat '${kind}'; known: ${habitats.map((one) => one.kind).join(', ')}`);
  return habitat;
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
