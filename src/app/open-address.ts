import type { EntryText } from '../worker/notebook/entry-text.ts';
import type { RunAddress } from '../worker/protocol.ts';
import { isReload } from './notebook-state.svelte.ts';
import { type Station, showAddress } from './station.svelte.ts';
import { messageOf } from './words.ts';

/** Prefix of a packed run in the fragment of an address. */
export const runMark = '#run=';
/** The whole fragment of the address of a run that `upslope serve` serves beside the page. */
const servedMark = '#served-run';

/**
 * Opens the run that an address carries or names, or meadow if there is none. A link that cannot be read is reported in one line
 * and meadow opens instead; a world that is open already does not change.
 */
export async function openAddress(station: Station, fragment: string): Promise<void> {
  const [meadow] = station.scenes;
  if (!station.world && (await takeUp(station))) return;
  const isServed = fragment === servedMark;
  if (!isServed && !fragment.startsWith(runMark)) {
    if (!station.world && (await station.load(meadow, '7'))) {
      await station.play();
      station.guide.offer();
      await offerLeft(station);
    }
    return;
  }
  const isLast = station.wish();
  try {
    if (isServed) {
      const { openServed } = await import('./open-served.ts');
      await openServed(station, fragment, isLast);
      return;
    }
    const address = await withScene(station, await station.worker.readLink(fragment.slice(runMark.length)));
    if (!isLast() || (await station.replay(address, 'link', fragment, isLast))) return;
  } catch (error) {
    station.say({ text: messageOf(error), kind: 'trouble' });
  }
  if (!isLast()) return;
  showAddress('');
  if (station.world) return;
  const { notice } = station;
  if (await station.load(meadow, '7')) await station.play();
  if (notice) station.say({ ...notice, text: `${notice.text}. Meadow is open instead.` });
}

/** After a reload: continues the run with which this tab was left. False if there is none, or it cannot be read. */
async function takeUp(station: Station): Promise<boolean> {
  if (!isReload()) return false;
  const entry = await station.notebook.left();
  if (!entry || !(await station.notebook.open(entry))) return false;
  const text = `${entry.title} continues from tick ${entry.tick.toLocaleString('en')}, where this tab was left.`;
  const action = { label: 'Begin again', run: () => void station.restart() };
  if (entry.playing) await station.play();
  station.say({ text, kind: 'plain', action });
  return true;
}

/** On a return: offers the run with which a closed tab was left. */
async function offerLeft(station: Station): Promise<void> {
  await station.notebook.refresh();
  const entry = await station.notebook.leftElsewhere();
  if (!entry || station.notice) return;
  station.say({
    text: `${entry.title}, tick ${entry.tick.toLocaleString('en')}, was left ${new Date(entry.savedAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}.`,
    kind: 'plain',
    action: { label: 'Continue', run: () => void goOn(station, entry) },
  });
}

async function goOn(station: Station, entry: EntryText): Promise<void> {
  if (await station.notebook.open(entry)) await station.play();
}

/** Replaces a name by its scene. */
async function withScene(station: Station, address: RunAddress): Promise<RunAddress> {
  if (typeof address.scene !== 'string') return address;
  const known = station.scenes.find(({ name }) => name === address.scene);
  if (!known) {
    const names = station.scenes.map(({ name }) => name).join(', ');
    throw new Error(`link: scene '${address.scene}' does not come with this page; it has ${names}`);
  }
  return { ...address, scene: await known.load() };
}
