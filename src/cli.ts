import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/** Performs a task of a pool thread: threads are started on this file, look their task up in it, and load nothing else. */
type Perform = (task: never) => unknown;
export const performAssayTask: Perform = async (task) =>
  (await import('./cli/analysis/perform-assay-task.ts')).performAssayTask(task);
export const performContestTask: Perform = async (task) =>
  (await import('./cli/analysis/perform-contest-task.ts')).performContestTask(task);
export const performLabTask: Perform = async (task) => (await import('./cli/lab/perform-lab-task.ts')).performLabTask(task);
export const performTask: Perform = async (task) => (await import('./cli/sweep/perform-task.ts')).performTask(task);

if (isMainThread) {
  const [{ main }, { nodeIo }] = await Promise.all([import('./cli/main.ts'), import('./cli/node-io.ts')]);
  // Beside the folder of this program, where the build puts it.
  const io = nodeIo(new URL('../page/', import.meta.url));
  process.exitCode = await io.end(await main(process.argv.slice(2), io));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await import('../node_modules/piscina/dist/worker.js');
}
