import type { App } from '../app.svelte.ts';
import { duration, messageOf, whole } from '../ui/words.ts';
import { runMark, showAddress } from './show-address.ts';

/** Addresses longer than this are cut off by some programs. */
const longAddress = 8000;
/** A replay that takes longer than this, in seconds, should rather be sent as a file. */
const longReplay = 60;

/** Puts a link to the present run into the address and onto the clipboard, and describes it. */
export async function shareRun(app: App): Promise<void> {
  const action = { label: 'Save as file', run: () => void app.worlds.saveFile() };
  if (app.world.text && app.world.text.seed !== app.world.text.firstSeed) {
    const text = 'This is a branch with its own seed, which a link cannot reproduce. Save the present world as a file instead.';
    app.notices.say({ text, kind: 'plain', action });
    return;
  }
  const { world } = app;
  const isCurrent = world.moment();
  let link: { text: string; tick: number };
  try {
    link = await app.worker.run.writeLink(world.sceneName, await world.twins?.changes.share());
  } catch (error) {
    app.notices.say({ text: messageOf(error), kind: 'trouble' });
    return;
  }
  // Meanwhile another world may have been opened.
  if (!isCurrent()) return;
  const { text: packed, tick } = link;
  showAddress(`${runMark}${packed}`);
  const copied = await navigator.clipboard?.writeText(location.href).then(
    () => true,
    () => false,
  );
  const where = copied ? 'The link is copied and is in the address.' : 'The link is in the address. Copy it from there.';
  const seconds = tick / Math.max(1, world.bestRate);
  if (location.href.length > longAddress) {
    const text = `${where} It has ${whole(location.href.length)} characters, which some programs cut off. A file is safer.`;
    app.notices.say({ text, kind: 'plain', action });
  } else if (seconds > longReplay) {
    const text = `${where} It replays ${whole(tick)} ticks, about ${duration(seconds)} on this machine. A file opens at once.`;
    app.notices.say({ text, kind: 'plain', action });
  } else app.notices.say({ text: `${where} It replays to tick ${whole(tick)}, bit for bit.`, kind: 'plain' });
}
