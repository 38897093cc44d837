import type { TaskReply, TaskThread } from './task-protocol.ts';

/** Starts a worker for tasks. */
export function startTaskThread(): TaskThread {
  const worker = new Worker(new URL('./task-worker.ts', import.meta.url), { type: 'module', name: 'task' });
  return {
    ask: (kind, ask, moved = []) =>
      new Promise((settle, fail) => {
        worker.onmessage = ({ data }: MessageEvent<TaskReply>) =>
          'failed' in data ? fail(new Error(data.failed)) : settle(data.answer as never);
        worker.onerror = (event) => fail(new Error(event.message || 'its program could not be loaded'));
        worker.postMessage({ kind, ask }, moved);
      }),
    end: () => worker.terminate(),
  };
}
