import { findParameter } from '../find-parameter.ts';
import { parseScene } from '../parse.ts';
import { applyChanges, withValue } from '../set-path.ts';
import type { Lesson, Step } from './schema.ts';

/**
 * The scene of a world of a lesson, as in a file: what the lesson and its step set is written into it, so that a link, a file and a replay have it.
 * @param json the scene that the lesson names, as in its file
 * @param start of the step that starts the world; undefined for the first world
 * @throws {SceneError} for a parameter or a value that the scene does not have
 */
export function lessonScene({ set = [], scene: name, view }: Lesson, json: unknown, start: Step['start'] = undefined): unknown {
  const all = [...set, ...(start?.set ?? [])];
  const file = `scenes/${name}.json`;
  const scene = parseScene(json, file);
  applyChanges(scene, all, { atStart: true });
  const made = all.reduce((before, { path, value }) => withValue(before, findParameter(scene, path).keys, value), json);
  return view ? withValue(made, ['view'], { ...(made as { view?: object }).view, ...view }) : made;
}
