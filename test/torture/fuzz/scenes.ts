import { SceneError } from '../../../src/scene/error.ts';
import { readSceneText } from '../../../src/scene/parse.ts';
import { bytesOf, type CaseTarget, textOf } from '../cases/target.ts';
import { orRefused } from '../cases/verdict.ts';
import { baseScenes, mutateScene } from './mutate-scene.ts';
import { runBriefly } from './run-briefly.ts';

export const scenes: CaseTarget = {
  name: 'scenes',
  title: 'scene files',
  extension: 'json',
  weight: 8,
  prepare() {
    const bases = baseScenes();
    return {
      make: (random) => bytesOf(mutateScene(random, bases)),
      give: (input) => orRefused([SceneError], () => runBriefly(readSceneText(textOf(input), 'scene.json'), 'fuzz')),
    };
  },
};
