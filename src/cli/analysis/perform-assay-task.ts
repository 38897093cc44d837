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

/** Lets a fork of an assay run: what a thread of the pool does. */
export async function performAssayTask({ snapshot, fork, extensions }: SentTask): Promise<AssayForkResult> {
  const catalogue = await loadCatalogue(extensions);
  // A copy of its own: not everything that reads a snapshot takes shared memory.
  return performAssayFork(new Uint8Array(new Uint8Array(snapshot)).buffer, fork, catalogue);
}
