import type { App } from '../app.svelte.ts';
import { messageOf } from '../ui/words.ts';
import { openInstead } from './open-instead.ts';
import { readSceneAddress } from './scene-address.ts';
import { sceneNamed } from './scenes.ts';
import { usualSeed } from './show-address.ts';

/** Opens the scene that an address names; what cannot be opened is reported in one line. @param isLast whether no other world has been requested since */
export async function openScene(app: App, fragment: string, isLast: () => boolean): Promise<void> {
  try {
    const { scene, seed = usualSeed, instrument, set } = readSceneAddress(fragment);
    const known = sceneNamed(scene, 'address');
    const json = await known.load();
    const changes = set.map((change) => ({ ...change, at: 0 }));
    if (!isLast()) return;
    if (await app.worlds.load({ json, file: known.file }, seed, changes, fragment, isLast)) {
      await app.transport.play();
      if (instrument !== undefined && !app.dock.shows(instrument)) app.dock.toggle(instrument);
      return;
    }
    if (!isLast() || !app.notices.shown) return;
  } catch (error) {
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
  }
  if (isLast()) await openInstead(app);
}
