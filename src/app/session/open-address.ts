import type { EntryText } from '../../worker/notebook/entry-text.ts';
import type { RunAddress } from '../../worker/topics/run.ts';
import type { App } from '../app.svelte.ts';
import { isReload } from '../instruments/notebook/notebook-state.svelte.ts';
import { messageOf } from '../ui/words.ts';
import { readSceneAddress, sceneMark, usualSeed } from './scene-address.ts';
import type { BundledScene } from './scenes.ts';
import { showAddress } from './show-address.ts';

/** Prefix of a packed run in the fragment of an address. */
export const runMark = '#run=';
/** The whole fragment of the address of a run that `upslope serve` serves beside the page. */
const servedMark = '#served-run';

/**
 * Opens the run that an address carries or names, or meadow if there is none. A link that cannot be read is reported in one line
 * and meadow opens instead; a world that is open already does not change.
 */
export async function openAddress(app: App, fragment: string): Promise<void> {
  const [meadow] = app.worlds.scenes;
  if (!app.world.text && (await takeUp(app))) return;
  const isServed = fragment === servedMark;
  if (fragment.startsWith(sceneMark)) {
    await openScene(app, fragment);
    return;
  }
  if (!isServed && !fragment.startsWith(runMark)) {
    if (!app.world.text && (await app.worlds.load(meadow, usualSeed))) {
      await app.transport.play();
      app.guide.offer();
      await offerLeft(app);
    }
    return;
  }
  const isLast = app.worlds.wish();
  try {
    if (isServed) {
      const { openServed } = await import('./open-served.ts');
      await openServed(app, fragment, isLast);
      return;
    }
    const address = await withScene(app, await app.worker.run.readLink(fragment.slice(runMark.length)));
    if (!isLast() || (await app.worlds.replay(address, 'link', fragment, isLast))) return;
  } catch (error) {
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
  }
  if (isLast()) await openInstead(app);
}

/** Opens the scene that an address names. */
async function openScene(app: App, fragment: string): Promise<void> {
  const isLast = app.worlds.wish();
  try {
    const { scene, seed = usualSeed, instrument, set } = readSceneAddress(fragment);
    const known = sceneNamed(app, scene, 'address');
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

/** After an address that cannot be opened: the world stays, or meadow opens. */
async function openInstead(app: App): Promise<void> {
  showAddress('');
  if (app.world.text) return;
  const notice = app.notices.shown;
  if (await app.worlds.load(app.worlds.scenes[0], usualSeed)) await app.transport.play();
  if (notice) app.notices.say({ ...notice, text: `${notice.text}. Meadow is open instead.` });
}

/** @param place that names it, for the message @throws {Error} if the page has no such scene */
function sceneNamed(app: App, name: string, place: string): BundledScene {
  const known = app.worlds.scenes.find((one) => one.name === name);
  if (known) return known;
  const names = app.worlds.scenes.map((one) => one.name).join(', ');
  throw new Error(`${place}: scene '${name}' does not come with this page; it has ${names}`);
}

/** After a reload: continues the run with which this tab was left. False if there is none, or it cannot be read. */
async function takeUp(app: App): Promise<boolean> {
  if (!isReload()) return false;
  const entry = await app.notebook.left();
  if (!entry || !(await app.notebook.open(entry))) return false;
  const text = `${entry.title} continues from tick ${entry.tick.toLocaleString('en')}, where this tab was left.`;
  const action = { label: 'Begin again', run: () => void app.worlds.restart() };
  if (entry.playing) await app.transport.play();
  app.notices.say({ text, kind: 'plain', action });
  return true;
}

/** On a return: offers the run with which a closed tab was left. */
async function offerLeft(app: App): Promise<void> {
  await app.notebook.refresh();
  const entry = await app.notebook.leftElsewhere();
  if (!entry || app.notices.shown) return;
  app.notices.say({
    text: `${entry.title}, tick ${entry.tick.toLocaleString('en')}, was left ${new Date(entry.savedAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}.`,
    kind: 'plain',
    action: { label: 'Continue', run: () => void goOn(app, entry) },
  });
}

async function goOn(app: App, entry: EntryText): Promise<void> {
  if (await app.notebook.open(entry)) await app.transport.play();
}

/** Replaces a name by its scene. */
async function withScene(app: App, address: RunAddress): Promise<RunAddress> {
  if (typeof address.scene !== 'string') return address;
  return { ...address, scene: await sceneNamed(app, address.scene, 'link').load() };
}
