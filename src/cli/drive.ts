import type { Simulation } from '../simulation/types.ts';
import { type Io, type StopSignal, stopStatus } from './io.ts';
import { Progress } from './progress.ts';
import { worldProblem } from './world-problem.ts';

/** How long the world runs between checks of signals and progress, milliseconds. */
const sliceMilliseconds = 40;
/** By default a checkpoint is made when it adds less than this share to the time ... */
const checkpointShare = 0.02;
/** ... and not more often than this, milliseconds. */
const leastCheckpointInterval = 10_000;

export interface DriveOptions {
  /** Ticks to stop at. */
  readonly ticks: number;
  /** Checkpoints are made at multiples of this: where the recorder has just taken its samples. */
  readonly every: number;
  /** Ticks between checkpoints; 0: by the clock. */
  readonly checkpointTicks: number;
  /** Makes a checkpoint; undefined where none are made. */
  readonly checkpoint?: () => void;
  /** Called at every multiple of a number of ticks, before the checkpoint of the same tick. */
  readonly keep?: { readonly every: number; readonly snapshot: () => void } | undefined;
}

/** `done`: ticks made or extinct. Otherwise the exit status of the signal, and whether a checkpoint was made for it. */
export type DriveResult = { readonly done: true } | { readonly done: false; readonly status: number; readonly saved: boolean };

/**
 * Runs a simulation to a tick, with progress, checkpoints and a handler for Ctrl-C. The first request to stop continues to the
 * next sample and makes a checkpoint; a second one stops at once.
 * @throws {UserError} where a landscape leads to where it cannot measure
 */
export async function drive(io: Io, simulation: Simulation, options: DriveOptions): Promise<DriveResult> {
  const { ticks, every, checkpoint, keep } = options;
  const progress = new Progress(io, simulation.tick, ticks);
  let signal: StopSignal | undefined;
  let atOnce = false;
  const deafen = io.onStop((received) => {
    atOnce = signal !== undefined || checkpoint === undefined;
    signal = received;
    if (atOnce) return;
    progress.clear();
    const next = Math.min(ticks, (Math.floor(simulation.tick / every) + 1) * every);
    io.err(`continuing to tick ${next} for a checkpoint; Ctrl-C again stops at once\n`);
  });
  let savedAt = simulation.tick;
  let savedTime = io.now();
  let cost = 0;
  const save = () => {
    const before = io.now();
    checkpoint?.();
    savedTime = io.now();
    savedAt = simulation.tick;
    cost = savedTime - before;
  };
  const isDue = () =>
    options.checkpointTicks > 0
      ? simulation.tick - savedAt >= options.checkpointTicks
      : io.now() - savedTime >= Math.max(leastCheckpointInterval, cost / checkpointShare);
  let slice = 1;
  try {
    while (simulation.tick < ticks && simulation.status === 'running') {
      const toSample = every - (simulation.tick % every);
      const before = io.now();
      const toKept = keep ? keep.every - (simulation.tick % keep.every) : toSample;
      const made = simulation.step(Math.min(slice, toSample, toKept, ticks - simulation.tick));
      const took = io.now() - before;
      slice = Math.max(1, Math.min(2 * slice, Math.floor((slice * sliceMilliseconds) / Math.max(took, 1))));
      if (made === 0) break;
      if (keep && simulation.tick % keep.every === 0) keep.snapshot();
      await io.breathe();
      progress.update({ tick: simulation.tick, organisms: simulation.populations.reduce((sum, { count }) => sum + count, 0) });
      if (simulation.tick >= ticks || simulation.status !== 'running') break;
      if (signal !== undefined && atOnce) return { done: false, status: stopStatus[signal], saved: false };
      if (checkpoint === undefined || simulation.tick % every !== 0) continue;
      if (signal !== undefined) {
        save();
        return { done: false, status: stopStatus[signal], saved: true };
      }
      if (isDue()) save();
    }
    return { done: true };
  } catch (error) {
    throw worldProblem(error, `tick ${simulation.tick}: `);
  } finally {
    deafen();
    progress.clear();
  }
}
