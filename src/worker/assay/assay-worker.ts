import { performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';
import { summariseAssay } from '../../analysis/assay/summarise-assay.ts';
import { namedStream } from '../../math/streams.ts';
import type { AssayReply, AssayRequest } from './assay-protocol.ts';

const here = globalThis as unknown as DedicatedWorkerGlobalScope;

here.onmessage = ({ data }: MessageEvent<AssayRequest>) => {
  const post = (reply: AssayReply) => here.postMessage(reply);
  try {
    if (data.kind === 'fork') post({ kind: 'fork', index: data.index, result: performAssayFork(data.snapshot, data.fork) });
    else {
      const stream = namedStream(data.seed, 'assay null');
      post({ kind: 'summary', summary: summariseAssay(data.forks, data.genomes, data.clades, stream) });
    }
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};
