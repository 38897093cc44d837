import { Recorder } from '../export/index.ts';
import type { Scene } from '../scene/schema.ts';
import { probesOf } from '../simulation/probes-of.ts';
import type { Change, Simulation } from '../simulation/types.ts';
import type { PlannedRun, Sweep } from './expand-plan.ts';
import { makeRun } from './make-run.ts';
import type { RunResult } from './run-result.ts';

/** Everything needed to make one run, as sent to a thread or a worker. */
export interface RunTask {
  readonly id: string;
  /** From `parseScene`. */
  readonly scene: Scene;
  readonly seed: string;
  readonly changes: readonly Change[];
  readonly ticks: number;
  /** Ticks between samples. */
  readonly every: number;
  readonly keep: readonly string[];
}

/** The task of a planned run. */
export function runTask({ every, keep }: Sweep, { id, cell, seed }: PlannedRun): RunTask {
  return { id, scene: cell.scene, seed, changes: cell.changes, ticks: cell.ticks, every, keep };
}

/**
 * Makes one run from tick 0 to its end, in memory.
 * @throws {Error} for failures of the run itself, such as lack of memory for its world.
 */
export function performRun(task: RunTask): RunResult {
  let kept: Readonly<Record<string, Uint8Array>> = {};
  const run = makeRun(task, (simulation) => {
    const tables = task.keep.length > 0 ? new TableKeeper(simulation, task) : undefined;
    return {
      probes: probesOf(simulation),
      observers: tables ? [tables.recorder] : [],
      finish() {
        kept = tables?.finish(simulation) ?? {};
        return tables?.rows() ?? {};
      },
    };
  });
  return { ...run, tables: kept };
}

/** Collects the Parquet files of some tables in memory; the bytes of the others are dropped. */
class TableKeeper {
  readonly recorder: Recorder;
  private readonly keep: readonly string[];
  private readonly chunks = new Map<string, Uint8Array[]>();

  constructor(simulation: Simulation, { id, keep, every }: RunTask) {
    this.keep = keep;
    this.recorder = new Recorder(simulation, {
      every,
      genomes: 'living',
      runId: id,
      csv: false,
      probes: [],
      open: (file) => {
        const name = file.slice(0, file.lastIndexOf('.'));
        if (!keep.includes(name)) return () => {};
        const parts: Uint8Array[] = [];
        this.chunks.set(name, parts);
        return (chunk) => void parts.push(chunk.slice());
      },
    });
  }

  finish(simulation: Simulation): Record<string, Uint8Array> {
    this.recorder.finish(simulation);
    return Object.fromEntries(
      this.keep.map((name) => {
        const parts = this.chunks.get(name) as Uint8Array[];
        const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
        let at = 0;
        for (const part of parts) {
          whole.set(part, at);
          at += part.length;
        }
        return [name, whole];
      }),
    );
  }

  rows(): Record<string, number> {
    const kept = this.recorder.writers.filter(({ table }) => this.keep.includes(table.name));
    return Object.fromEntries(kept.map(({ table, rowCount }) => [table.name, rowCount]));
  }
}
