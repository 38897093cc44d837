import { type AssayFork, type AssayForkResult, performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';
import { loadCatalogue } from '../load-extension.ts';

/** A fork of an assay. */
export interface AssayTask {
  readonly snapshot: SharedArrayBuffer;
  readonly fork: AssayFork;
}

/** The same as it is sent to a thread: with the modules of the extensions that its world has. */
export interface SentTask extends AssayTask {
  readonly extensions: readonly string[];
}

/** Runs a fork of an assay: the task of a thread of the pool. */
export async function performAssayTask({ snapshot, fork, extensions }: SentTask): Promise<AssayForkResult> {
  const catalogue = await loadCatalogue(extensions);
  // A private copy, because some readers of snapshots cannot use shared memory.
  return performAssayFork(new Uint8Array(new Uint8Array(snapshot)).buffer, fork, catalogue);
}
