import { mechanismsIn, type SceneSwitches } from '../../../scene/mechanisms-in.ts';
import { bundledScenes } from '../../session/scenes.ts';

/** Names of the built-in scenes that are about a mechanism, in their order; those whose file cannot be loaded are left out. */
export async function scenesWith(mechanism: string): Promise<string[]> {
  const files = await Promise.allSettled(bundledScenes.map((scene) => scene.load()));
  return bundledScenes
    .filter((_, i) => {
      const file = files[i];
      return file.status === 'fulfilled' && mechanismsIn(file.value as SceneSwitches).has(mechanism);
    })
    .map(({ name }) => name);
}
