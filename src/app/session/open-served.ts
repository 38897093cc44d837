import { type ServedIndex, unopenable } from '../../experiment/served-index.ts';
import type { Change } from '../../simulation/types.ts';
import type { App } from '../app.svelte.ts';
import { whole } from '../ui/words.ts';

/** Where `upslope serve RUN` answers for the run, beside the page. */
const place = './served-run/';

/** What is read of a provenance, which the server has checked. */
interface Recorded {
  readonly scene: unknown;
  readonly seed: string;
  readonly ticks: number;
  readonly changes: readonly { readonly tick: number; readonly parameter: string; readonly value: unknown }[];
  readonly hash: string;
}

/**
 * Opens the run that `upslope serve` serves beside the page: its saved state if there is one, otherwise the run replayed from its provenance.
 * @param isLast of the request to which this belongs
 * @throws {Error} one line if there is no such run, or it cannot be opened
 */
export async function openServed(app: App, fragment: string, isLast: () => boolean): Promise<void> {
  const { name, from } = await ask<ServedIndex>('index');
  if (from === 'provenance') await makeAgain(app, name, await ask<Recorded>('files/provenance.json'), fragment, isLast);
  else await openState(app, name, from === 'checkpoint' ? 'its checkpoint' : 'the state of its branch', fragment, isLast);
}

async function openState(app: App, name: string, state: string, fragment: string, isLast: () => boolean): Promise<void> {
  const bytes = await (await get('state')).arrayBuffer();
  if (!isLast()) return;
  const opened = await app.worlds.openBytes(bytes, name, fragment);
  if (!opened) return;
  app.world.origin = `${name}, from ${state}`;
  app.notices.say({ text: `${name} is open at tick ${whole(opened.tick)}, from ${state}. Plots begin there.`, kind: 'plain' });
}

async function makeAgain(
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

/** @throws {Error} what the server says where it refuses */
async function get(what: string): Promise<Response> {
  const answer = await fetch(place + what, { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) return answer;
  if (answer?.status === unopenable) throw new Error((await answer.text()).trim());
  throw new Error('no run is served here; start the server with the folder of a run: upslope serve RUN');
}

async function ask<T>(what: string): Promise<T> {
  try {
    return (await (await get(what)).json()) as T;
  } catch (error) {
    throw error instanceof SyntaxError ? new Error('no run is served here; start the server with: upslope serve RUN') : error;
  }
}
