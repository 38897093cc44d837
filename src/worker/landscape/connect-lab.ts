import { type Remote, wrap } from 'comlink';
import type { LabWorker } from './lab-protocol.ts';

/** Starts the worker of the lab. @param trouble is called with one line when it fails */
export function connectLab(trouble: (text: string) => void): { worker: Remote<LabWorker>; close(): void } {
  const thread = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  thread.onerror = (event) => trouble(event.message || 'its program could not be loaded');
  return { worker: wrap<LabWorker>(thread), close: () => thread.terminate() };
}
