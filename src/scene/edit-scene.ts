import { findParameter } from './find-parameter.ts';
import { parseScene } from './parse.ts';
import { readJson } from './read-json.ts';
import { applyChange, withValue } from './set-path.ts';

/**
 * The text of a scene with one parameter changed, and nothing else: values left to the defaults stay omitted.
 * @param path as in `set`
 * @returns JSON, indented
 * @throws {SceneError} for a text that is not a scene, an unknown path, or a value that is not allowed
 */
export function editScene(text: string, path: string, value: unknown): string {
  const json = readJson(text, 'scene');
  const scene = parseScene(json, 'scene');
  applyChange(scene, path, value, { atStart: true });
  const { keys } = findParameter(scene, path);
  return `${JSON.stringify(withValue(json, keys, value), undefined, 2)}\n`;
}
