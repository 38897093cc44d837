import type { ExtensionName, Vocabulary } from '../habitat/vocabulary.ts';
import { SceneError } from '../scene/error.ts';
import { parseScene } from '../scene/parse.ts';
import type { Scene } from '../scene/schema.ts';
import { applyChanges } from '../scene/set-path.ts';
import { extensionProblem, habitatOf } from '../scene/vocabulary-of.ts';
import { SnapshotError } from './snapshot.ts';

/** The scene with its own changes at tick 0, which shape world and founders like values in the file. */
export function startOf<S extends Scene>(scene: S): S {
  const atStart = scene.changes.filter(({ at }) => at === 0);
  return applyChanges(scene, atStart);
}

/** The parts of a scene that cannot change while a world lives: equal for two worlds whose columns have the same meaning. */
export function fixedPart(scene: Scene): string {
  return JSON.stringify(habitatOf(scene).fixedPart(scene));
}

/** Scene of a snapshot, which may have been written by a program with other mechanisms, senses or patterns. */
function sceneOf(json: unknown, vocabulary: Vocabulary): Scene {
  try {
    return parseScene(json, 'snapshot', true, vocabulary);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    throw new SnapshotError(`its scene does not fit this program: ${error.problems[0]}`);
  }
}

/**
 * The scene with which the world of a snapshot began, and the one when the snapshot was taken.
 * @throws {SnapshotError} if it was made with other extensions, if one does not fit this program, or they are not scenes of one world
 */
export function scenesOf<S extends Scene>(
  {
    initialScene,
    scene,
    extensions = [],
  }: { initialScene: unknown; scene: unknown; extensions?: readonly ExtensionName[] | undefined },
  vocabulary: Vocabulary,
): readonly [S, S] {
  const problem = extensionProblem(extensions, vocabulary);
  if (problem !== undefined) throw new SnapshotError(`it ${problem}`);
  const initial = sceneOf(initialScene, vocabulary);
  // Most worlds are still as they began.
  const now = JSON.stringify(scene) === JSON.stringify(initialScene) ? initial : sceneOf(scene, vocabulary);
  const names = (one: Scene) => JSON.stringify([one.habitat.kind, ...Object.keys(one.populations)]);
  if (names(initial) !== names(now)) throw new SnapshotError('its scene is not of the world that it began with');
  return [initial as S, now as S];
}
