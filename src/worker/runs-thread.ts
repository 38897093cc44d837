import type { RunsReply, RunsRequest } from './runs-protocol.ts';

/** A thread that checks plans and makes runs, one thing at a time. */
export interface RunsThread {
  ask(request: RunsRequest): void;
  /** Who hears from now on what it says, and in one line why it broke down, which ends it. */
  listen(reply: (reply: RunsReply) => void, broken: (text: string) => void): void;
  /** Ends it at once, a run in the making included. */
  end(): void;
}

/** Starts a worker for runs. */
export function startRunsThread(): RunsThread {
  const worker = new Worker(new URL('./runs-worker.ts', import.meta.url), { type: 'module', name: 'runs' });
  return {
    ask: (request) => worker.postMessage(request),
    listen(reply, broken) {
      worker.onmessage = ({ data }: MessageEvent<RunsReply>) => reply(data);
      worker.onerror = (event) => broken(event.message || 'its program could not be loaded');
      worker.onmessageerror = () => broken('a message could not be read');
    },
    end: () => worker.terminate(),
  };
}
