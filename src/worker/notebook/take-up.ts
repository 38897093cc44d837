import { SceneError } from '../../scene/error.ts';
import { SnapshotError } from '../../simulation/snapshot.ts';
import { Run } from '../live-run.ts';
import { checkKept } from './check-kept.ts';
import type { SavedRun } from './entry.ts';

/**
 * Restores the run of an entry.
 * @throws {Error} one line if what is kept does not fit together, or the world refuses it
 */
export function takeUp({ kept, course }: SavedRun): Run {
  try {
    return Run.resume(kept, course, checkKept);
  } catch (error) {
    if (error instanceof SnapshotError || error instanceof SceneError) throw error;
    throw new Error(`it is damaged: ${error instanceof Error ? error.message : String(error)}; use another copy`, {
      cause: error,
    });
  }
}
