import { describeParameters } from '../../scene/describe-parameters.ts';
import { editScene } from '../../scene/edit-scene.ts';
import { SceneError } from '../../scene/error.ts';
import { readJson } from '../../scene/read-json.ts';
import { checkPlots } from '../check-plots.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import { measuredColumns } from '../series-sampler.ts';
import type { Control } from './parameters.ts';

/** Scenes that a person writes, as texts. They have nothing to do with the run. */
export class ScenesTopic {
  /** Every parameter of the scene in a text; none if it is not a scene. */
  controls(text: string): readonly Control[] {
    try {
      return describeParameters(pageCatalogue.parseScene(readJson(text, 'scene'), 'scene'));
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      return [];
    }
  }

  /** The text with parameters changed. @throws {SceneError} one line for a value that is not allowed */
  edit(text: string, changes: Parameters<typeof editScene>[1]): string {
    return editScene(text, changes);
  }

  /** Why a text is not a scene, a line each; none if it can be run. */
  problems(text: string): readonly string[] {
    try {
      const scene = pageCatalogue.parseScene(readJson(text, 'scene'), 'scene');
      if (scene.view?.plots) {
        const world = pageCatalogue.createSimulation(scene, '1');
        try {
          checkPlots(scene, measuredColumns(world), 'scene');
        } finally {
          world.dispose();
        }
      }
      return [];
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      const rest = error.total - error.problems.length;
      return rest > 0 ? [...error.problems, `and ${rest} more`] : error.problems;
    }
  }
}
