import { findParameter } from './find-parameter.ts';
import { parseScene } from './parse.ts';
import { readJson } from './read-json.ts';
import { applyChanges, withValue } from './set-path.ts';

/**
 * The text of a scene with some parameters changed, and nothing else: values left to the defaults stay omitted. It is checked when all are
 * changed: of two that depend on each other, either may come first.
 * @param changes paths as in `set`
 * @returns JSON, indented
 * @throws {SceneError} for a text that is not a scene, an unknown path, or a value that is not allowed
 */
export function editScene(text: string, changes: readonly { readonly path: string; readonly value: unknown }[]): string {
  let json = readJson(text, 'scene');
  const scene = parseScene(json, 'scene');
  applyChanges(scene, changes, { atStart: true });
  for (const { path, value } of changes) json = withValue(json, findParameter(scene, path).keys, value);
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
