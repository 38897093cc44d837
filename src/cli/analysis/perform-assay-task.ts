import { type AssayFork, type AssayForkResult, performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';

/** A fork of an assay, as it is sent to a thread. */
export interface AssayTask {
  readonly snapshot: SharedArrayBuffer;
  readonly fork: AssayFork;
}

/** Runs a fork of an assay: the task of a thread of the pool. */
export function performAssayTask({ snapshot, fork }: AssayTask): AssayForkResult {
  // A private copy, because some readers of snapshots cannot use shared memory.
  return performAssayFork(new Uint8Array(new Uint8Array(snapshot)).buffer, fork);
}
