import { join } from 'node:path';
import { performRun, type RunTask } from '../../experiment/perform-run.ts';
import { writeRunResult } from '../../experiment/run-result.ts';
import { fileReason, nodeFiles } from '../files.ts';
import { loadCatalogue } from '../load-extension.ts';
import { publishMeanwhile } from '../shares/publish.ts';

/** A run to be made and published. */
export interface SweepTask {
  readonly run: RunTask;
  /** Folder of the results. */
  readonly results: string;
  readonly owner: string;
  /** Modules of the extensions that its world has. */
  readonly extensions: readonly string[];
}

/**
 * The result of a run: published, by this process or before; failed in itself; or made but impossible to write, which stops the
 * whole sweep.
 */
export type TaskOutcome =
  | { readonly kind: 'done'; readonly first: boolean; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unwritten'; readonly message: string };

/** Makes a run and publishes its result: the task of a thread of the pool. */
export async function performTask({ run, results, owner, extensions }: SweepTask, files = nodeFiles): Promise<TaskOutcome> {
  let chunks: Uint8Array[];
  try {
    const catalogue = await loadCatalogue(extensions);
    chunks = writeRunResult(performRun({ ...run, scene: catalogue.adopt(run.scene) }));
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  const name = `${run.id}.run`;
  try {
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    return { kind: 'done', first: await publishMeanwhile(files, results, name, owner, chunks), bytes };
  } catch (error) {
    const reason = fileReason(error);
    if (reason === undefined) throw error;
    return { kind: 'unwritten', message: `cannot write ${join(results, name)}: ${reason}` };
  }
}
