// Runs with which a tab was left, kept in the notebook.
import type { EntryText } from '../../worker/notebook/entry-text.ts';
import type { App } from '../app.svelte.ts';
import { runMark, sceneMark } from './show-address.ts';

/** After a reload: continues the run with which this tab was left. False if there is none, or it cannot be read. */
export async function takeUp(app: App): Promise<boolean> {
  const entry = await app.notebook.left();
  // The address that the run came from is still there; where none describes it, it had been removed.
  const isOfRun = [sceneMark, runMark].some((mark) => location.hash.startsWith(mark));
  if (!entry || !(await app.notebook.open(entry, isOfRun ? location.hash : ''))) return false;
  const text = `${entry.title} continues from tick ${entry.tick.toLocaleString('en')}, where this tab was left.`;
  const action = { label: 'Begin again', run: () => void app.worlds.restart() };
  if (entry.playing) await app.transport.play();
  app.notices.say({ text, kind: 'plain', action });
  return true;
}

/** On a return: offers the run with which a closed tab was left, if no other notice is up. */
export function offerLeft(app: App, entry: EntryText): void {
  if (app.notices.shown) return;
  app.notices.say({
    text: `${entry.title}, tick ${entry.tick.toLocaleString('en')}, was left ${new Date(entry.savedAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}.`,
    kind: 'plain',
    action: { label: 'Continue', run: () => void goOn(app, entry) },
  });
}

async function goOn(app: App, entry: EntryText): Promise<void> {
  if (await app.notebook.open(entry)) await app.transport.play();
}
