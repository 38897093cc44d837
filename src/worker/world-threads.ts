import type { ThreadHost } from '../kernel/threads/crew.ts';

/** Most threads of a world on a page, unless its address asks for more. */
const most = 8;

let asked: number | undefined;

/** How many threads worlds have from now on. @param count 1 or more; undefined: one less than there are cores, so that drawing has one */
export function askThreads(count: number | undefined): void {
  asked = count;
}

/** Threads of a world of the page; undefined where the browser shares no memory, or there is one core for it. */
export function worldThreads(): ThreadHost | undefined {
  if (!globalThis.crossOriginIsolated) return undefined;
  const count = asked ?? Math.min(most, navigator.hardwareConcurrency - 1);
  if (count < 2) return undefined;
  return {
    count,
    start(given) {
      const thread = new Worker(new URL('./kernel-thread.ts', import.meta.url), { type: 'module', name: 'thread of the world' });
      // An error would go up to the page and end the simulation: a thread that cannot begin leaves its share to the others.
      thread.onerror = (event) => event.preventDefault();
      thread.postMessage(given);
    },
  };
}
