import type { RunAddress } from '../../worker/topics/run.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import { countOf, size, whole } from '../ui/words.ts';
import { makeSharedTwin, makeTwin } from './make-twins.ts';
import type { TriedChange } from './twin-change.ts';

/** Bytes of a world from which a person is asked before it is made twice. */
const largeWorld = 100e6;

/** Worlds whose twin is being made. */
const opening = new WeakSet<WorldScope>();

/** Opens a twin of a world beside it, or tries a change in the one that is open. */
export async function openTwins(world: WorldScope, change?: TriedChange, asked = false): Promise<void> {
  const { page, text, twins } = world;
  if (twins) {
    if (!change) return;
    twins.changes.choose('there');
    await world.set(change.path, change.value);
    return;
  }
  if (!text || page.down || opening.has(world)) return;
  const { notices } = page;
  if (text.landscape) {
    notices.say({ text: 'A landscape cannot have a twin. Compare runs with the instrument Runs (r).', kind: 'plain' });
    return;
  }
  if (!page.view) {
    notices.say({
      text: 'A twin needs a drawing of the world, and this browser does not draw it. Compare runs with the instrument Runs (r).',
      kind: 'plain',
    });
    return;
  }
  if (world.progress) {
    notices.say({ text: `The world is running to tick ${whole(world.progress.goal)}. Open a twin after that.`, kind: 'plain' });
    return;
  }
  opening.add(world);
  try {
    const bytes = await notices.attempt(world.worker.twins.bytes());
    if (bytes === undefined) return;
    if (bytes > largeWorld && !asked) {
      notices.say({
        text: `This world is large: a twin takes at least another ${size(bytes)} of memory.`,
        kind: 'plain',
        action: { label: 'Open the twin', run: () => void openTwins(world, change, true) },
      });
      return;
    }
    const { playing } = world.figures;
    const made = await notices.attempt(makeTwin(world, change));
    if (made && !playing)
      notices.say({
        text: `The paused world has made ${countOf(made, 'tick')}: a twin begins at a tick at which measures are sampled.`,
        kind: 'plain',
      });
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
    await page.notices.attempt(makeSharedTwin(world, address));
  } finally {
    opening.delete(world);
  }
}
