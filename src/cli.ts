import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { main } from './cli/main.ts';
import { nodeIo } from './cli/node-io.ts';

// The tasks of pool threads, which are started on this file and look their task up in it.
export { performAssayTask } from './cli/analysis/perform-assay-task.ts';
export { performContestTask } from './cli/analysis/perform-contest-task.ts';
export { performLabTask } from './cli/lab/perform-lab-task.ts';
export { performTask } from './cli/sweep/perform-task.ts';

if (isMainThread) {
  // Beside the folder of this program, where the build puts it.
  const here = import.meta.url;
  const io = nodeIo(new URL('../page/', here));
  process.exitCode = await io.end(await main(process.argv.slice(2), io));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await import('../node_modules/piscina/dist/worker.js');
}
