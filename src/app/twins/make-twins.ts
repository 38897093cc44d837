import { proxy, transfer } from 'comlink';
import { connect, type SimulationWorker } from '../../worker/connect.ts';
import type { WorldText } from '../../worker/describe-world.ts';
import type { RunAddress } from '../../worker/topics/run.ts';
import { twinThreads } from '../session/asked-threads.ts';
import { outlive } from '../session/outlive.svelte.ts';
import type { WorldScope } from '../session/world-scope.svelte.ts';
import type { TriedChange } from './twin-change.ts';
import { Twins } from './twins.svelte.ts';

/** A twin's world in its worker, and how the two begin. */
interface Prepared {
  readonly text: WorldText;
  /** Tick at which it was made. */
  readonly since: number;
  readonly begin: (twins: Twins) => Promise<void>;
}

/**
 * Makes a twin of the world as it is now, or at the next sample of its series. @param change made in the twin alone, before both continue
 * @returns ticks that the world made first
 * @throws {Error} with one line, if the change is refused or memory does not suffice for another world
 */
export async function makeTwin(world: WorldScope, change?: TriedChange): Promise<number> {
  let ticks = 0;
  await make(world, async (worker) => {
    const { tick } = await world.worker.run.address();
    ticks = (await world.worker.twins.haltAtSample()) - tick;
    const handed = await world.worker.twins.hand();
    const { kept } = handed;
    const moved = [kept.world, kept.record.buffer as ArrayBuffer, kept.series.values.buffer as ArrayBuffer];
    const text = await worker.twins.adopt(transfer(handed, moved));
    const begin = (twins: Twins) => (change ? twins.changes.set(change.path, change.value) : Promise.resolve());
    return { text, since: kept.tick, begin };
  });
  return ticks;
}

/**
 * Makes the twin of a link, which is run to the tick at which the world is.
 * @throws {Error} one line, if a change of the link is refused, or the world is not at the tick of the link
 */
export function makeSharedTwin(world: WorldScope, { scene, seed, changes, tick, twin }: RunAddress): Promise<void> {
  return make(world, async (worker) => {
    if (!twin) throw new Error('link: has no twin');
    const { parting, shared } = twin;
    const runTo = (goal: number) =>
      worker.transport.runTo(
        goal,
        proxy(() => {}),
      );
    const later = twin.changes.filter(({ at }) => at > parting);
    // Without what it got at the parting: that state is where its replicates begin.
    const text = await worker.run.load({ scene, file: 'link', seed, changes: [...changes.slice(0, shared), ...later] });
    await runTo(parting);
    const snapshot = await worker.run.snapshot();
    for (const { at, path, value } of twin.changes) if (at <= parting) await worker.parameters.set(path, value);
    await runTo(tick);
    const now = await Promise.all([world.worker.run.address(), worker.run.address()]);
    if (now[0].tick !== now[1].tick) throw new Error('The world has left the tick of the link, so its twin is not opened.');
    const isParted = changes.length > shared || twin.changes.length > 0;
    const begin = async (twins: Twins) => {
      if (isParted) twins.changes.takeUp({ tick: parting, snapshot, changes: shared }, changes.slice(shared), twin.changes);
    };
    return { text, since: parting, begin };
  });
}

/** @param prepare makes the twin's world in its worker, at the tick of the halted world */
async function make(world: WorldScope, prepare: (worker: SimulationWorker) => Promise<Prepared>): Promise<void> {
  let twins: Twins | undefined;
  let failed: (text: string) => void = () => {};
  const connection = connect({
    stopped: (text) => (twins ? twins.stopped(text) : failed(text)),
    silent: () => {},
    answers: () => {},
  });
  void connection.worker.threads(twinThreads());
  const lost = new Promise<never>((_, fail) => {
    failed = (text) => fail(new Error(`The twin could not be made: ${text}.`));
  });
  // It may also fail while nothing waits for it.
  lost.catch(() => {});
  const isCurrent = world.moment();
  const checkCurrent = () => {
    if (!isCurrent()) throw new Error('Another world is shown now. Open the twin again.');
  };
  const main = world.worker;
  try {
    // Its program is read while the world still runs.
    await Promise.race([connection.worker.ping(0), lost]);
    await main.twins.halt();
    const { text, since, begin } = await Promise.race([prepare(connection.worker), lost]);
    checkCurrent();
    const { port1, port2 } = new MessageChannel();
    await connection.worker.twins.tie(transfer(port2, [port2]), false);
    await main.twins.tie(transfer(port1, [port1]), true);
    checkCurrent();
    const { made, end } = outlive(() => new Twins(world, connection, text, since));
    twins = made;
    made.endEffects = end;
    world.twins = made;
    await begin(made);
    await world.refresh();
  } catch (error) {
    if (twins) twins.end();
    else connection.close();
    throw error;
  } finally {
    await main.twins.resume();
  }
}
