import type { Measured } from '../../scene/lesson/judge.ts';
import { lessonScene } from '../../scene/lesson/lesson-scene.ts';
import { parseLesson } from '../../scene/lesson/parse-lesson.ts';
import type { Lesson } from '../../scene/lesson/schema.ts';
import type { CurrentRun } from '../current-run.ts';
import { checkLessonWorlds } from '../lesson-worlds.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import { type CheckValue, performCheck } from '../perform-check.ts';

/** What a check found in the present world. */
export interface CheckReport extends CheckValue {
  readonly seed: string;
}

/**
 * Lessons: checked here, where what checks scenes is loaded already, and measured in the present run. Not a module that is loaded later:
 * it would share so much with the worker that the worker would be built as several files, of which the size test knows one.
 */
export class LessonsTopic {
  constructor(private readonly current: CurrentRun) {}

  /** @param json a lesson as in its file @throws {SceneError} for what is not allowed */
  read(json: unknown, file: string): Lesson {
    return parseLesson(json, file);
  }

  /**
   * Checks a lesson of a person against its worlds.
   * @param scene the scene that it names, as in its file
   * @throws {SceneError} for parameters and measures that they do not have
   */
  check(lesson: Lesson, scene: unknown, file: string): void {
    checkLessonWorlds(lesson, scene, file, pageCatalogue);
  }

  /** The scene of the world that a step starts, as in a file. @param step index of the step; -1 for the first world */
  scene(lesson: Lesson, scene: unknown, step: number): unknown {
    return lessonScene(lesson, scene, lesson.steps[step]?.start);
  }

  /**
   * Measures what a check asks for in the present world.
   * @param step index of the check
   * @param earlier value of the check that it compares with
   */
  measure(lesson: Lesson, step: number, earlier?: Measured): CheckReport {
    const { world, recorder } = this.current.require();
    const check = lesson.steps[step];
    if (check?.kind !== 'check') throw new Error(`step ${step + 1} is not a check`);
    return { ...performCheck(lesson, check, world, recorder, earlier), seed: world.seed };
  }
}
