import type { App } from '../app.svelte.ts';
import { showAddress, usualSeed } from './show-address.ts';

/** After an address that cannot be opened: the world stays, or meadow opens. */
export async function openInstead(app: App): Promise<void> {
  showAddress('');
  if (app.world.text) return;
  const notice = app.notices.shown;
  if (await app.worlds.load(app.worlds.scenes[0], usualSeed)) await app.transport.play();
  if (notice) app.notices.say({ ...notice, text: `${notice.text}. Meadow is open instead.` });
}
