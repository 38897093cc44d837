import { habitatOf } from '../habitat/registry.ts';
import { showPath } from '../parameter/show.ts';
import type { Scene } from './schema.ts';

/**
 * Everything that a schema cannot express about a scene: conditions between its values.
 * @param running true if the world exists already, so that conditions on founders no longer matter
 * @returns one line a problem: path, what is wrong, what is allowed.
 */
export function checkScene(scene: Scene, running = false): string[] {
  const problems: string[] = [];
  habitatOf(scene.habitat.kind).check(scene, running, (path, text) => problems.push(`${showPath(path)}: ${text}`));
  return problems;
}
