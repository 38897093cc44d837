import { provenanceSchema, software } from '../export/index.ts';
import { readJson } from '../scene/parse.ts';
import { showPath, showText } from '../scene/show.ts';
import type { RunPlan } from './checkpoint.ts';
import { drive } from './drive.ts';
import type { Io } from './io.ts';
import { makeWorld, type RunResult, startRun } from './run.ts';
import { checkEmpty } from './run-directory.ts';
import { readText } from './scenes.ts';
import { UserError } from './user-error.ts';

/** Longest provenance that is read, characters: a scene and its changes. */
const longest = 4_000_000;

/** A run as its provenance tells of it, and what it says that it comes to. */
export interface RecordedRun {
  readonly plan: RunPlan;
  readonly hash: string;
}

/**
 * Reads the plan of a finished run from its provenance.
 * @throws {UserError} for what is no provenance of a run
 */
export function readRecordedRun(io: Io, path: string): RecordedRun {
  const shown = showText(path, 200);
  const json = readJson(readText(io.files, path, 'give the provenance.json of a run'), shown, 'provenance', longest);
  const parsed = provenanceSchema.safeParse(json);
  if (!parsed.success) {
    const { path: place, message } = parsed.error.issues[0];
    const where = place.length > 0 ? ` at ${showPath(place as (string | number)[])}` : '';
    throw new UserError(
      `${shown} is no provenance that can be replayed${where}: ${showText(message, 200)}; give the provenance.json of a run`,
    );
  }
  const provenance = parsed.data;
  const plan: RunPlan = {
    scene: provenance.scene,
    seed: provenance.seed,
    seedGenerated: provenance.seed_generated,
    ticks: provenance.ticks,
    changes: provenance.changes.map(({ tick, parameter, value }) => ({ at: tick, path: parameter, value })),
    record: provenance.record,
    checkpointTicks: 0,
  };
  if (provenance.software.version !== software.version) {
    io.err(`note: ${shown} was written by version ${showText(provenance.software.version)}, this is ${software.version}\n`);
  }
  return { plan, hash: provenance.hash };
}

/** `upslope replay`. Makes a run again and compares the state it ends in. Returns the exit status: 1 when it differs. */
export async function replay(io: Io, path: string, out: string | undefined): Promise<number> {
  const { plan, hash: recorded } = readRecordedRun(io, path);
  const shown = showText(path, 200);
  if (out !== undefined) checkEmpty(io.files, out);
  const { status, hash } = out === undefined ? await rerun(io, plan) : await startRun(io, plan, out);
  if (hash === undefined) return status;
  if (hash !== recorded) {
    io.err(`upslope: the replay differs: it ends with hash ${hash} at tick ${plan.ticks}, ${shown} says ${recorded}\n`);
    return 1;
  }
  io.out(`The replay ends as recorded: hash ${hash} at tick ${plan.ticks}.\n`);
  return 0;
}

async function rerun(io: Io, plan: RunPlan): Promise<RunResult> {
  const simulation = makeWorld(plan);
  try {
    const result = await drive(io, simulation, { ticks: plan.ticks, every: plan.ticks + 1, checkpointTicks: 0 });
    return result.done ? { status: 0, hash: simulation.hash() } : { status: result.status };
  } finally {
    simulation.dispose();
  }
}
