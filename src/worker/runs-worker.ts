// The worker that makes the runs of *Runs*, one after the other.

import './without-eval.ts';

import { answerRuns } from './answer-runs.ts';
import type { RunsReply, RunsRequest } from './runs-protocol.ts';

const here = globalThis as unknown as DedicatedWorkerGlobalScope;

here.onmessage = ({ data }: MessageEvent<RunsRequest>) => {
  const post = (reply: RunsReply) => here.postMessage(reply, reply.kind === 'rows' ? [reply.values.buffer as ArrayBuffer] : []);
  answerRuns(data, post, () => performance.now());
};
