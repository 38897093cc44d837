import { simulationFromSnapshot } from '../simulation/create.ts';
import { probesOf } from '../simulation/probes.ts';
import type { Change } from '../simulation/types.ts';
import { ProbeRecorder } from './probe-recorder.ts';
import type { ProbeTable } from './run-result.ts';

/** One future of a world: where it differs from what would have happened, and what to measure. */
export interface Fork {
  /** Seed of the draws to come; left out: the world's own. */
  readonly seed?: string;
  /** Made at once. */
  readonly changes: readonly Omit<Change, 'at'>[];
  /** Ticks to make from the snapshot on. */
  readonly ticks: number;
  /** Ids of the probes to sample. */
  readonly probes: readonly string[];
  /** Ticks between samples. */
  readonly every: number;
}

export interface ForkResult {
  readonly probes: ProbeTable;
  /** State of the world at the end. */
  readonly hash: string;
}

/**
 * Lets one fork of a snapshot run, in memory.
 * @throws {SnapshotError | SceneError | RangeError} for a damaged snapshot, a change that is not possible, an unknown probe.
 */
export function performFork(snapshot: ArrayBuffer, { seed, changes, ticks, probes, every }: Fork): ForkResult {
  const original = simulationFromSnapshot(snapshot);
  try {
    const known = probesOf(original);
    const chosen = probes.map((id) => {
      const probe = known.find((candidate) => candidate.id === id);
      if (!probe)
        throw new RangeError(`there is no probe '${id}'; give one of ${known.map((candidate) => candidate.id).join(', ')}`);
      return probe;
    });
    const world = original.fork(seed === undefined ? { changes } : { seed, changes });
    try {
      const end = world.tick + ticks;
      const recorder = new ProbeRecorder(world, chosen, every);
      world.observe(recorder);
      world.step(ticks);
      return { probes: recorder.finish(world, end), hash: world.hash() };
    } finally {
      world.dispose();
    }
  } finally {
    original.dispose();
  }
}
