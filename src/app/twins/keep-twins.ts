import { transfer } from 'comlink';
import { whole } from '../ui/words.ts';
import type { Twins } from './twins.svelte.ts';

/** Keeps both worlds, as they are at one tick, as two entries of the notebook. */
export async function keepBoth({ world, worker, text, changes }: Twins): Promise<void> {
  const { page } = world;
  const tick = await page.notices.attempt(world.worker.twins.halt());
  if (tick === undefined) return;
  try {
    await worker.twins.reached(tick);
    const { here, there } = changes.difference;
    await page.notebook.keep(`${text.title}, tick ${whole(tick)}${here && `, ${here}`}`);
    const name = `${text.title}, tick ${whole(tick)}, twin${there && `: ${there}`}`;
    const saved = await page.notices.attempt(worker.notebook.save({ id: crypto.randomUUID(), kind: 'moment', name }));
    await page.notebook.refresh();
    if (saved) page.notices.say({ text: `Kept in the notebook: both worlds at tick ${whole(tick)}.`, kind: 'plain' });
  } finally {
    await world.worker.twins.resume();
  }
}

/** Continues with the twin in place of the world, which stays among the lines of the run. */
export async function keepTwin({ world, worker }: Twins): Promise<void> {
  const { page } = world;
  const { playing } = world.figures;
  const tick = await page.notices.attempt(world.worker.twins.halt());
  if (tick === undefined) return;
  const take = async () => {
    await worker.twins.reached(tick);
    const handed = await worker.twins.hand();
    const { kept } = handed;
    return world.worker.twins.take(transfer(handed, [kept.world, kept.record.buffer as ArrayBuffer]));
  };
  const text = await page.notices.attempt(take());
  if (!text) {
    await world.worker.twins.resume();
    return;
  }
  if (!page.worlds.goBack(text, tick)) return;
  if (playing) await page.transport.play();
  page.notices.say({
    text: `This is the twin now. The former world is kept at tick ${whole(tick)}, as another line.`,
    kind: 'plain',
  });
}
