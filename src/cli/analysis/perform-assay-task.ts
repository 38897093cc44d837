import { type AssayFork, type AssayForkResult, performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';

/** A fork of an assay, as it is sent to a thread. */
export interface AssayTask {
  readonly snapshot: SharedArrayBuffer;
  readonly fork: AssayFork;
}

/** Lets a fork of an assay run: what a thread of the pool does. */
export function performAssayTask({ snapshot, fork }: AssayTask): AssayForkResult {
  // A copy of its own: not everything that reads a snapshot takes shared memory.
  return performAssayFork(new Uint8Array(new Uint8Array(snapshot)).buffer, fork);
}
