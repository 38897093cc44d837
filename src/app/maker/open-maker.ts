import type { App } from '../app.svelte.ts';
import { type BundledScene, bundledScenes } from '../session/scenes.ts';
import { messageOf } from '../ui/words.ts';
import { MakerState, remixOf } from './maker-state.svelte.ts';

/** Whether a scene takes place in the plane: only there is ground to paint and are bodies to make. */
export const isPlane = (json: unknown): json is object =>
  (json as { habitat?: { kind?: unknown } } | undefined)?.habitat?.kind === 'plane';

/** The scenes of the page that take place in the plane. */
export async function planeScenes(): Promise<readonly BundledScene[]> {
  const found = await Promise.all(bundledScenes.map(async (scene) => isPlane(await scene.load())));
  return bundledScenes.filter((_, i) => found[i]);
}

/** Opens the maker with a scene: the given one, or that of the world that is shown, or the usual one where that has no plane. */
export async function openMaker(app: App, json: unknown = app.world.source.json): Promise<void> {
  const wasPlaying = app.world.figures.playing;
  try {
    const start = isPlane(json) ? json : await bundledScenes[0].load();
    if (wasPlaying) await app.transport.pause();
    const maker = new MakerState(app, wasPlaying);
    app.maker = maker;
    await maker.begin(`${JSON.stringify(remixOf(start as object), undefined, 2)}\n`);
  } catch (error) {
    app.maker = undefined;
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
  }
}
