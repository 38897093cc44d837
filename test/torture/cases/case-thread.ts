import { parentPort, workerData } from 'node:worker_threads';
import { allTargets } from '../all-targets.ts';
import { type Block, type CaseFailure, performBlock, TargetStore } from './perform-block.ts';
import { sharedTally } from './shared-tally.ts';

/** What a thread says: that it is ready to begin a block, has failed in a case, or is through. */
export type ThreadMessage =
  | { readonly kind: 'begun' }
  | { readonly kind: 'failure'; readonly failure: CaseFailure }
  | { readonly kind: 'done' };

/** Performs the blocks that come, one after the other, as a thread whose watcher may end it at any time. */
export function serveBlocks(): void {
  const port = parentPort;
  if (!port) throw new Error('serveBlocks: this is not a thread');
  const tally = sharedTally((workerData as { tally: SharedArrayBuffer }).tally);
  const targets = new TargetStore(allTargets);
  const say = (message: ThreadMessage) => port.postMessage(message);
  port.on('message', async (block: Block | 'end') => {
    if (block === 'end') {
      targets.remove();
      port.close();
      return;
    }
    const target = await targets.get(block.target);
    say({ kind: 'begun' });
    await performBlock(target, block, tally, (failure) => say({ kind: 'failure', failure }));
    say({ kind: 'done' });
  });
}
