import { type Remote, wrap } from 'comlink';
import type { SimulationWorker } from './protocol.ts';

/** Milliseconds between questions whether the worker is alive, and the longest wait for an answer. */
const pingEvery = 4000;
const pingPatience = 20_000;

export interface Connection {
  readonly worker: Remote<SimulationWorker>;
  close(): void;
}

/**
 * Starts the simulation worker. A call to a dead worker never settles, so deaths are told through `trouble`, once: when the
 * worker fails to load, throws outside a call, or does not answer for 20 seconds.
 */
export function connect(trouble: (text: string) => void): Connection {
  const thread = new Worker(new URL('./simulation-worker.ts', import.meta.url), { type: 'module', name: 'simulation' });
  const worker = wrap<SimulationWorker>(thread);
  let open = true;
  let asked = 0;
  let silentSince = 0;
  const fail = (text: string) => {
    if (!open) return;
    close();
    trouble(text);
  };
  const close = () => {
    open = false;
    clearInterval(timer);
    thread.terminate();
  };
  const timer = setInterval(() => {
    // Timers of a hidden page are throttled, and so is nothing in the worker: patience counts only while the page is seen.
    if (document.hidden) {
      silentSince = 0;
      return;
    }
    const now = performance.now();
    if (silentSince === 0) {
      silentSince = now;
      asked += 1;
      const token = asked;
      worker.ping(token).then(
        (answer) => {
          if (answer === asked) silentSince = 0;
        },
        () => {},
      );
    } else if (now - silentSince > pingPatience) fail('it has not answered for 20 seconds');
  }, pingEvery);
  thread.onerror = (event) => fail(event.message || 'its program could not be loaded');
  thread.onmessageerror = () => fail('a message could not be read');
  return { worker, close };
}
