import { habitatOf } from '../habitat/registry.ts';
import { showPath } from '../parameter/show.ts';
import type { Scene } from './schema.ts';

/**
 * Everything that a schema cannot say about a scene: what one value demands of another.
 * @param running true when the world stands already, so that what holds for founders only no longer matters
 * @returns one line a problem: path, what is wrong, what is allowed.
 */
export function checkScene(scene: Scene, running = false): string[] {
  const problems: string[] = [];
  habitatOf(scene.habitat.kind).check(scene, running, (path, text) => problems.push(`${showPath(path)}: ${text}`));
  return problems;
}
