import type { Habitat } from '../habitat/habitat.ts';
import type { Pattern } from '../habitat/plane/patterns.ts';
import type { Sense } from '../habitat/plane/senses.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import type { ExtensionName, Vocabulary } from '../habitat/vocabulary.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import { sceneJsonSchema } from '../scene/json-schema.ts';
import { parseScene, readSceneText } from '../scene/parse.ts';
import type { Scene } from '../scene/schema.ts';
import { vocabularyOf, withVocabulary } from '../scene/vocabulary-of.ts';
import { checkExtension } from './check-extension.ts';
import { createSimulation, simulationFromSnapshot } from './create.ts';
import { standardProbes } from './probes.ts';
import type { Probe, Simulation, StepOptions } from './types.ts';

/**
 * What an extension adds: what the default export of its module is. Name and version go into snapshots and provenance, so a new version is
 * due whenever worlds come out differently.
 * @experimental
 */
export interface Extension extends ExtensionName {
  /** They come last in the order of inheritance. */
  readonly mechanisms?: readonly Mechanism[];
  /** Senses in the plane, each with `write`. */
  readonly senses?: readonly Sense[];
  readonly probes?: readonly Probe[];
  /** Patterns of ground in the plane. */
  readonly patterns?: readonly Pattern[];
  readonly habitats?: readonly Habitat[];
}

/**
 * All that scenes can name and that worlds are measured by: a value. Scenes that it reads, worlds that are made of them and forks of these keep
 * it; nothing else does. `standard` is what Upslope comes with.
 * @experimental
 */
export class Catalogue implements Vocabulary {
  readonly mechanisms: MechanismSet;
  readonly senses: readonly Sense[];
  readonly patterns: readonly Pattern[];
  readonly habitats: readonly Habitat[];
  /** All probes, in the order of their columns. */
  readonly probes: readonly Probe[];
  readonly extensions: readonly ExtensionName[];

  private constructor(
    vocabulary: Vocabulary,
    /** Probes of extensions, which come last. */
    private readonly added: readonly Probe[],
  ) {
    this.mechanisms = vocabulary.mechanisms;
    this.senses = vocabulary.senses;
    this.patterns = vocabulary.patterns;
    this.habitats = vocabulary.habitats;
    this.extensions = vocabulary.extensions;
    this.probes = [...standardProbes(vocabulary), ...added];
  }

  /** The catalogue without extensions: use `standard`. @internal */
  static ofVocabulary(vocabulary: Vocabulary): Catalogue {
    return new Catalogue(vocabulary, []);
  }

  /**
   * A catalogue with an extension more; this one stays as it is.
   * @throws {Error} one line that says what is wrong: a field that is missing, unknown or of the wrong kind, or an id that is taken
   */
  with(extension: Extension): Catalogue {
    checkExtension(extension, this);
    const { name, version, mechanisms = [], senses = [], patterns = [], habitats = [], probes = [] } = extension;
    const vocabulary: Vocabulary = {
      mechanisms: this.mechanisms.with(mechanisms),
      senses: [...this.senses, ...senses],
      patterns: [...this.patterns, ...patterns],
      habitats: [...this.habitats, ...habitats],
      extensions: [...this.extensions, { name, version }],
    };
    for (const { kind, gives } of vocabulary.habitats) {
      try {
        vocabulary.mechanisms.of(gives);
      } catch (error) {
        throw new Error(`habitat '${kind}': ${(error as Error).message}`);
      }
    }
    const made = new Catalogue(vocabulary, [...this.added, ...probes]);
    const ids = made.probes.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice !== undefined) throw new Error(`there is a probe '${twice}' already; choose another id`);
    return made;
  }

  /** Reads a scene, as the function of that name. @throws {SceneError} as that */
  parseScene(json: unknown, file: string): Scene {
    return parseScene(json, file, false, this);
  }

  /** Reads a scene from the text of its file, as the function of that name. @throws {SceneError} as that */
  readSceneText(text: string, file: string): Scene {
    return readSceneText(text, file, this);
  }

  /**
   * A new world from a scene, as the function of that name.
   * @param scene that this catalogue has read
   * @throws {Error} as that, and for a scene that another catalogue has read
   */
  createSimulation(scene: Scene, seed: string, options?: StepOptions): Simulation {
    if (catalogueOf(scene) !== this)
      throw new Error(`the scene '${scene.name}' was read with another catalogue; read it with this one`);
    return createSimulation(scene, seed, options);
  }

  /**
   * A world from a snapshot of a world with the same extensions.
   * @throws {SnapshotError} if the snapshot is damaged, of another version, or was made with other extensions
   */
  simulationFromSnapshot(snapshot: ArrayBuffer, options?: StepOptions): Simulation {
    return simulationFromSnapshot(snapshot, this, options);
  }

  /** JSON Schema (draft 7) of scene files, for editors. */
  sceneJsonSchema(): Record<string, unknown> {
    return sceneJsonSchema(this);
  }

  /**
   * A scene of this catalogue that came from another thread, where it lost its catalogue.
   * @internal
   */
  adopt<S extends Scene>(scene: S): S {
    return withVocabulary(scene, this);
  }
}

/** What Upslope comes with. @experimental */
export const standard: Catalogue = Catalogue.ofVocabulary(standardVocabulary);

/** The catalogue that a scene was read with. @experimental */
export function catalogueOf(scene: Scene): Catalogue {
  const vocabulary = vocabularyOf(scene);
  return vocabulary instanceof Catalogue ? vocabulary : standard;
}
