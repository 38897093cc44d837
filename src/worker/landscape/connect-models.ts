import { type Remote, wrap } from 'comlink';
import type { ModelsWorker } from './models-protocol.ts';

/** Starts the worker of three models. @param trouble is called with one line when it fails */
export function connectModels(trouble: (text: string) => void): { worker: Remote<ModelsWorker>; close(): void } {
  const thread = new Worker(new URL('./models-worker.ts', import.meta.url), { type: 'module', name: 'models' });
  thread.onerror = (event) => trouble(event.message || 'its program could not be loaded');
  return { worker: wrap<ModelsWorker>(thread), close: () => thread.terminate() };
}
