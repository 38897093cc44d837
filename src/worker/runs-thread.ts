import type { RunsReply, RunsRequest } from './runs-protocol.ts';

/** A thread that checks plans and makes runs, one at a time. */
export interface RunsThread {
  ask(request: RunsRequest): void;
  /** Sets the receivers of its messages, and of one line when it fails, which ends it. */
  listen(reply: (reply: RunsReply) => void, broken: (text: string) => void): void;
  /** Ends it at once, including a run in progress. */
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
