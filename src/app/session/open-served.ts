import { type ServedIndex, unopenable } from '../../experiment/served-index.ts';
import type { App } from '../app.svelte.ts';
import { makeAgain, openState, type Recorded } from './open-left.ts';

/** Where `upslope serve RUN` answers for the run, beside the page. */
const place = './served-run/';

/**
 * Opens the run that `upslope serve` serves beside the page: its saved state if there is one, otherwise the run replayed from its provenance.
 * @param isLast of the request to which this belongs
 * @throws {Error} one line if there is no such run, or it cannot be opened
 */
export async function openServed(app: App, fragment: string, isLast: () => boolean): Promise<void> {
  const { name, from } = await ask<ServedIndex>('index');
  if (from === 'provenance') {
    await makeAgain(app, name, await ask<Recorded>('files/provenance.json'), fragment, isLast);
    return;
  }
  const bytes = await (await get('state')).arrayBuffer();
  if (isLast()) await openState(app, name, from, bytes, fragment);
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
