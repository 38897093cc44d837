// Opens a run from what its folder has left: a state, or its provenance, from which it is made again.
import type { StateSource } from '../../experiment/served-index.ts';
import type { Provenance } from '../../export/provenance.ts';
import type { Change } from '../../simulation/types.ts';
import type { App } from '../app.svelte.ts';
import { whole } from '../ui/words.ts';

/** What is needed of a provenance, which has been checked. */
export type Recorded = Pick<Provenance, 'scene' | 'seed' | 'ticks' | 'changes' | 'hash'>;

/** Opens a kept state. @throws {Error} one line for one that cannot be read */
export async function openState(
  app: App,
  name: string,
  from: Exclude<StateSource, 'provenance'>,
  bytes: ArrayBuffer,
  fragment: string,
): Promise<void> {
  const state = from === 'checkpoint' ? 'its checkpoint' : 'the state of its branch';
  const opened = await app.worlds.openBytes(bytes, name, fragment);
  if (!opened) return;
  app.world.origin = `${name}, from ${state}`;
  app.notices.say({ text: `${name} is open at tick ${whole(opened.tick)}, from ${state}. Plots begin there.`, kind: 'plain' });
}

/**
 * Makes a run again, and compares the state at its end with the recorded one.
 * @param isLast of the request to which this belongs
 * @throws {Error} one line for a run that cannot be made here
 */
export async function makeAgain(
  app: App,
  name: string,
  { scene, seed, ticks, changes, hash }: Recorded,
  fragment: string,
  isLast: () => boolean,
): Promise<void> {
  const made = changes.map(({ tick, parameter, value }): Change => ({ at: tick, path: parameter, value }));
  if (!(await app.worlds.load({ json: scene, file: name }, seed, made, fragment, isLast))) {
    if (isLast()) throw new Error(app.notices.shown?.text ?? `${name} cannot be made again`);
    return;
  }
  app.world.origin = `${name}, made again from its provenance`;
  if (ticks > 0 && !(await app.transport.runTo(ticks))) return;
  const ended = await app.worker.run.hash();
  if (!isLast()) return;
  if (ended === hash) {
    app.notices.say({ text: `${name} is made again to tick ${whole(ticks)} and ends as recorded: hash ${hash}.`, kind: 'plain' });
  } else {
    const text = `${name} is made again to tick ${whole(ticks)}, but ends with hash ${ended}; recorded is ${hash}. Another version made it.`;
    app.notices.say({ text, kind: 'trouble' });
  }
}
