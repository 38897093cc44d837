import { describeParameters } from '../scene/describe-parameters.ts';
import { SceneError } from '../scene/error.ts';
import { readJson } from '../scene/read-json.ts';
import { pageCatalogue } from './page-catalogue.ts';
import type { Control } from './protocol.ts';

/** Parameters of the scene in a text; none if it is not a scene. */
export function controlsOfText(text: string): readonly Control[] {
  try {
    return describeParameters(pageCatalogue.parseScene(readJson(text, 'scene'), 'scene'));
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    return [];
  }
}

/** Why a text is not a scene, a line each; none if it is one. */
export function problemsOfText(text: string): readonly string[] {
  try {
    pageCatalogue.parseScene(readJson(text, 'scene'), 'scene');
    return [];
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    const rest = error.total - error.problems.length;
    return rest > 0 ? [...error.problems, `and ${rest} more`] : error.problems;
  }
}
