import { orUserError } from '../files.ts';
import type { Io, StopSignal } from '../io.ts';
import type { Claims } from './claims.ts';

/** Default seconds without a heartbeat after which a claim is taken over. */
export const defaultLease = 300;

/** Milliseconds between two looks at what other processes are making. */
const pollInterval = 500;

/** Work that any number of processes may share, also from different machines: each item is made by one of them. */
export interface SharedWork<Item extends { readonly id: string }> {
  readonly io: Io;
  readonly claims: Claims;
  /** Seconds without a heartbeat after which a claim is taken over. */
  readonly lease: number;
  /** What to make, in the order in which it is begun. */
  readonly items: readonly Item[];
  /** Items to begin before the first is done. */
  readonly capacity: number;
  /** What begins the line when a claim cannot be written, and what to do then. */
  readonly problem: { readonly what: string; readonly advice: string };
  /** Whether an item has been made, by whichever process. */
  isSettled(item: Item): boolean;
  /** Makes an item and leaves its result where the others find it; an error ends everything. */
  perform(item: Item): Promise<void>;
  /** Called once for each item that has been made, by whichever process. */
  onSettled(item: Item): void;
  /** Called about twice a second. @param waiting items that other processes make, when only those are left */
  show(waiting: number): void;
  /** Ends at once, also items that are being made. */
  close(): Promise<void>;
}

/**
 * Brings every item to its end: makes the free ones, waits for those that other processes make, and takes them over if these fall silent. Then all claims are
 * released.
 * @returns the signal that ended it early
 * @throws the first error of `perform`
 */
export async function shareWork<Item extends { readonly id: string }>(work: SharedWork<Item>): Promise<StopSignal | undefined> {
  const { io, claims, lease, items, capacity, problem } = work;
  const renewal = setInterval(() => claims.renew(), (1000 * lease) / 3);
  let stopped: StopSignal | undefined;
  let wake = () => {};
  const deafen = io.onStop((signal) => {
    stopped ??= signal;
    wake();
  });
  let broken: { readonly error: unknown } | undefined;
  const inFlight = new Set<Item>();
  const begin = (item: Item) => {
    inFlight.add(item);
    work
      .perform(item)
      .then(() => work.onSettled(item))
      .catch((error: unknown) => {
        broken ??= { error };
      })
      .finally(() => {
        claims.release(item.id);
        inFlight.delete(item);
        wake();
      });
  };
  // Items to look at, from `at` on, and those that other processes were making at the last look.
  let queue = items;
  let at = 0;
  let others: Item[] = [];
  let pollAt = 0;
  try {
    while (stopped === undefined && broken === undefined) {
      if (at === queue.length && others.length > 0 && io.now() >= pollAt) {
        [queue, at, others] = [others, 0, []];
        pollAt = io.now() + Math.max(pollInterval, queue.length);
      }
      while (at < queue.length && inFlight.size < capacity) {
        const item = queue[at++];
        if (work.isSettled(item)) {
          work.onSettled(item);
          continue;
        }
        if (!orUserError(problem.what, problem.advice, () => claims.take(item.id))) {
          others.push(item);
          continue;
        }
        if (!work.isSettled(item)) {
          begin(item);
          continue;
        }
        // Another process published it between the look and the claim.
        claims.release(item.id);
        work.onSettled(item);
      }
      if (at === queue.length && others.length === 0 && inFlight.size === 0) break;
      work.show(at === queue.length && inFlight.size === 0 ? others.length : 0);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollInterval);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (broken !== undefined) throw broken.error;
    return stopped;
  } finally {
    clearInterval(renewal);
    deafen();
    // Threads first: their last work must not meet a claim of another process.
    await work.close();
    claims.releaseAll();
  }
}
