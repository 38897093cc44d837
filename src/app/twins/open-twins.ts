import type { RunAddress } from '../../worker/topics/run.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import { size } from '../ui/words.ts';
import { type TriedChange, Twins } from './twins.svelte.ts';

/** Bytes of a world from which a person is asked before it is made twice. */
const largeWorld = 100e6;

/** Worlds whose twin is being made. */
const opening = new WeakSet<WorldScope>();

/** Opens a twin of a world beside it, or tries a change in the one that is open. */
export async function openTwins(world: WorldScope, change?: TriedChange, asked = false): Promise<void> {
  const { page, text, twins } = world;
  if (twins) {
    if (!change) return;
    twins.choose('there');
    await world.set(change.path, change.value);
    return;
  }
  if (!text || page.down || opening.has(world)) return;
  if (text.landscape) {
    const instead = 'On a landscape, compare runs with the instrument Runs (r).';
    page.notices.say({ text: `Twins are watched in worlds with places. ${instead}`, kind: 'plain' });
    return;
  }
  if (!page.view) {
    page.notices.say({
      text: 'Twins are watched where the world is drawn, and this browser does not draw it. Compare runs with the instrument Runs (r).',
      kind: 'plain',
    });
    return;
  }
  if (world.progress) {
    page.notices.say({ text: 'The world is on its way to a tick. Open a twin when it is there.', kind: 'plain' });
    return;
  }
  opening.add(world);
  try {
    const bytes = await page.notices.attempt(world.worker.twins.bytes());
    if (bytes === undefined) return;
    if (bytes > largeWorld && !asked) {
      page.notices.say({
        text: `This world is large: a twin takes at least another ${size(bytes)} of memory.`,
        kind: 'plain',
        action: { label: 'Open the twin', run: () => void openTwins(world, change, true) },
      });
      return;
    }
    await page.notices.attempt(Twins.open(world, change));
  } finally {
    opening.delete(world);
  }
}

/** Opens the twin of a link beside its world, which is at the tick of the link. */
export async function openShared(world: WorldScope, address: RunAddress): Promise<void> {
  const { page } = world;
  if (world.twins || page.down || !page.view || opening.has(world)) return;
  opening.add(world);
  try {
    await page.notices.attempt(Twins.openShared(world, address));
  } finally {
    opening.delete(world);
  }
}
