import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { SceneError } from '../scene/error.ts';
import { lessonScene } from '../scene/lesson/lesson-scene.ts';
import { measuresOf } from '../scene/lesson/measures-of.ts';
import type { Lesson } from '../scene/lesson/schema.ts';
import { applyChanges } from '../scene/set-path.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import { measuredColumns } from './series-sampler.ts';

/**
 * Checks a lesson against its worlds: parameters that it sets, at the start or live, and measures that it names.
 * @param json the scene that the lesson names, as in its file
 * @param file name of the lesson's input in messages
 * @throws {SceneError} a line for each that its worlds do not have
 */
export function checkLessonWorlds(lesson: Lesson, json: unknown, file: string, catalogue: Catalogue): void {
  const problems: string[] = [];
  const where = showText(file, 200);
  const attempt = <T>(path: string, make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      problems.push(`${where}: ${path}: ${showText(error.message, 400)}`);
      return undefined;
    }
  };
  let scene = attempt('set', () => catalogue.parseScene(lessonScene(lesson, json), file));
  for (const [i, { start, set }] of lesson.steps.entries()) {
    if (start) scene = attempt(`steps[${i}].start`, () => catalogue.parseScene(lessonScene(lesson, json, start), file)) ?? scene;
    const before = scene;
    if (before && set) scene = attempt(`steps[${i}].set`, () => applyChanges(before, set)) ?? scene;
  }
  if (problems.length === 0) {
    const world = catalogue.createSimulation(catalogue.parseScene(lessonScene(lesson, json), file), lesson.seed);
    try {
      const known = measuredColumns(world).map(({ probe, name }) => `${probe}/${name}`);
      for (const { path, measure } of measuresOf(lesson)) {
        if (known.includes(measure)) continue;
        problems.push(`${where}: ${path}: '${showText(measure)}' is not measured in this world; ${suggest(measure, known)}`);
      }
    } finally {
      world.dispose();
    }
  }
  if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
}
