import type { RunAddress } from '../worker/protocol.ts';
import type { Station } from './station.svelte.ts';

/** What stands before a packed run in the fragment of an address. */
export const runMark = '#run=';

/**
 * Opens the run that an address carries, or meadow when it carries none. A link that cannot be read is told in one line and
 * meadow opens instead; a world that is open already stays as it is.
 */
export async function openAddress(station: Station, fragment: string): Promise<void> {
  const [meadow] = station.scenes;
  if (!fragment.startsWith(runMark)) {
    if (!station.world && (await station.load(meadow, '7'))) await station.play();
    return;
  }
  try {
    const address = await station.worker.readLink(fragment.slice(runMark.length));
    if (await station.replay(withScene(station, address), 'link')) return;
  } catch (error) {
    station.say({ text: error instanceof Error ? error.message : String(error), kind: 'trouble' });
  }
  if (station.world) return;
  const { notice } = station;
  if (await station.load(meadow, '7')) await station.play();
  if (notice) station.say({ ...notice, text: `${notice.text}. Meadow is open instead.` });
}

/** Puts the scene in the place of its name. */
function withScene(station: Station, address: RunAddress): RunAddress {
  if (typeof address.scene !== 'string') return address;
  const known = station.scenes.find(({ name }) => name === address.scene);
  if (!known) {
    const names = station.scenes.map(({ name }) => name).join(', ');
    throw new Error(`link: scene '${address.scene}' does not come with this page; it has ${names}`);
  }
  return { ...address, scene: known.json };
}
