import { Worker } from 'node:worker_threads';

/** Milliseconds between two heartbeats. */
const interval = 2000;

/** What the thread runs. It is text, so that it needs no file beside the program. */
const code = `
const { readFileSync, utimesSync } = require('node:fs');
const { workerData: { path, token, interval } } = require('node:worker_threads');
setInterval(() => {
  try {
    if (!readFileSync(path, 'utf8').includes(token)) return;
    const now = new Date();
    utimesSync(path, now, now);
  } catch {}
}, interval);
`;

/**
 * Lets a lock beat while this process lives, in a thread of its own: the main thread may compute for minutes. It stops with the
 * process, also where that is only halted.
 * @param token of the owner: a lock of another owner is left alone
 * @returns a function that ends it
 */
export function startHeartbeat(path: string, token: string): () => void {
  const thread = new Worker(code, { eval: true, execArgv: [], workerData: { path, token, interval } });
  thread.unref();
  // Without a thread others would wait for less time before they take over, and this process notices that.
  thread.on('error', () => {});
  return () => void thread.terminate();
}
