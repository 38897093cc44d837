import { z } from 'zod';
import { checkpointMagic } from '../experiment/left-files.ts';
import { type Packable, type Provenance, pack, provenanceSchema, software, unpack } from '../export/index.ts';
import type { ExtensionName } from '../habitat/vocabulary.ts';
import type { Change } from '../simulation/types.ts';
import { type Files, orUserError } from './files.ts';
import { resumeAdvice } from './output-file.ts';
import { readSealed, writeSealed } from './sealed-file.ts';
import { UserError } from './user-error.ts';

/** A run's plan: all that was chosen before its first tick. */
export interface RunPlan {
  /** The scene at tick 0, `--set` included, as plain JSON. */
  readonly scene: Readonly<Record<string, unknown>>;
  readonly seed: string;
  readonly seedGenerated: boolean;
  /** Ticks to make. */
  readonly ticks: number;
  /** Extensions that the scene needs; absent without any. */
  readonly extensions?: readonly ExtensionName[] | undefined;
  /** Scheduled from outside the scene. */
  readonly changes: readonly Change[];
  readonly record: Provenance['record'];
  /** Ticks between checkpoints; 0: whenever it costs little. */
  readonly checkpointTicks: number;
}

/** A run at a tick: the plan, the state of the world, and that of the files being written. */
export interface Checkpoint {
  readonly plan: RunPlan;
  readonly tick: number;
  /** Wall-clock time so far, seconds. */
  readonly seconds: number;
  readonly snapshot: Uint8Array;
  readonly recorder: Packable;
  /** Length of each file at that tick; bytes after it were written later and are cut off. */
  readonly lengths: Readonly<Record<string, number>>;
}

const planSchema = z.strictObject({
  scene: provenanceSchema.shape.scene,
  seed: provenanceSchema.shape.seed,
  seedGenerated: z.boolean(),
  extensions: provenanceSchema.shape.extensions,
  ticks: provenanceSchema.shape.ticks,
  changes: z.array(z.strictObject({ at: z.int().min(0), path: z.string(), value: z.unknown() })),
  record: provenanceSchema.shape.record,
  checkpointTicks: z.int().min(0),
});

/** The parts of a checkpoint that are checked here; the recorder checks its own part. */
const savedSchema = z.object({
  plan: z.string(),
  tick: z.int().min(0),
  seconds: z.number().min(0),
  lengths: z.record(z.string(), z.int().min(0)),
  recorder: z.record(z.string(), z.unknown()),
  snapshot: z.instanceof(Uint8Array),
  software: z.object({ name: z.string(), version: z.string() }),
});

/**
 * Writes a checkpoint to the disk: the previous one stays whole until the new one is.
 * @param check runs before it replaces the previous one; an error that it throws ends the work
 */
export function writeCheckpoint(files: Files, path: string, checkpoint: Checkpoint, check: () => void): void {
  const payload = pack({ ...checkpoint, software, plan: JSON.stringify(checkpoint.plan) } as unknown as Packable);
  orUserError(`cannot write ${path}`, resumeAdvice, () => writeSealed(files, path, checkpointMagic, payload, check));
}

/**
 * Reads a checkpoint.
 * @param use `look`: the run does not continue from it, so that any version may have written it
 * @throws {UserError} for a damaged checkpoint, or one of another version of this program
 */
export function readCheckpoint(files: Files, path: string, use: 'resume' | 'look' = 'resume'): Checkpoint {
  const payload = orUserError(`cannot read ${path}`, 'make it readable', () => readSealed(files, path, checkpointMagic));
  if (payload === undefined) throw damagedCheckpoint(path);
  let saved: z.infer<typeof savedSchema>;
  let plan: RunPlan;
  try {
    saved = savedSchema.parse(unpack(payload));
    plan = planSchema.parse(JSON.parse(saved.plan));
  } catch {
    throw damagedCheckpoint(path);
  }
  if (use === 'resume' && saved.software.version !== software.version) {
    throw new UserError(
      `${path} was written by version ${saved.software.version}, this is ${software.version}; resume with the version that began the run`,
    );
  }
  return { ...saved, plan, recorder: saved.recorder as Packable };
}

/** The message for a damaged checkpoint. */
export const damagedCheckpoint = (path: string): UserError =>
  new UserError(`${path} is damaged; start the run again in another directory`);
