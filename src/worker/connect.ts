import { type ProxyMarked, type Remote, wrap } from 'comlink';
import type { Session } from './session.ts';
import { watchSilence } from './watch-silence.ts';

/** Milliseconds between pings of the worker, and how many of them may pass without an answer. */
const pingEvery = 4000;
const pingsUnanswered = 5;

/** The simulation worker, as the page calls it: `worker.record.phylogeny()`. Its topics stay in the worker; what methods return is copied or moved. */
export type SimulationWorker = Remote<{ readonly [Topic in keyof Session]: Session[Topic] & ProxyMarked }>;

export interface Connection {
  readonly worker: SimulationWorker;
  close(): void;
}

/** Reports on the worker. */
export interface ConnectionEvents {
  /** It failed to load or threw outside a call, and has ended: its calls never settle. Reported once. */
  stopped(text: string): void;
  /** It has not answered for this many seconds. It may be dead, or only starved of time: then it recovers. */
  silent(seconds: number): void;
  /** It answers again. */
  answers(): void;
}

/** Starts the simulation worker and watches whether it answers. */
export function connect(events: ConnectionEvents): Connection {
  const thread = new Worker(new URL('./simulation-worker.ts', import.meta.url), { type: 'module', name: 'simulation' });
  const worker = wrap(thread) as SimulationWorker;
  const silence = watchSilence(() => worker.ping(0), pingsUnanswered, {
    silent: () => events.silent((pingEvery * pingsUnanswered) / 1000),
    answers: () => events.answers(),
  });
  let open = true;
  const fail = (text: string) => {
    if (!open) return;
    close();
    events.stopped(text);
  };
  const close = () => {
    open = false;
    clearInterval(timer);
    silence.end();
    thread.terminate();
  };
  // Timers of a hidden page are throttled: patience counts only while the page is visible.
  const timer = setInterval(() => silence.look(document.hidden), pingEvery);
  thread.onerror = (event) => fail(event.message || 'its program could not be loaded');
  thread.onmessageerror = () => fail('a message could not be read');
  return { worker, close };
}
