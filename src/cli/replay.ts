import { basename, dirname } from 'node:path';
import { type Provenance, software } from '../export/index.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { validateProvenance } from '../export/validate/validate-provenance.ts';
import { showText } from '../parameter/show.ts';
import { checkSchedule } from '../scene/set-path.ts';
import { fileProblem } from './check-files.ts';
import type { RunPlan } from './checkpoint.ts';
import type { CommandModule } from './command.ts';
import { drive } from './drive.ts';
import { outDirectory, plainText } from './flags.ts';
import type { Io } from './io.ts';
import { checkExtensions } from './load-extension.ts';
import { readManifest } from './manifest.ts';
import { type RunResult, startRun } from './run.ts';
import { checkEmpty, provenanceName } from './run-directory.ts';
import { readBytes } from './scenes.ts';
import { UserError } from './user-error.ts';
import { makeLastChanges, makeWorld } from './world-of-plan.ts';

/** A run as its provenance describes it, and the result that it states. */
export interface RecordedRun {
  readonly plan: RunPlan;
  readonly hash: string;
}

/**
 * Reads the plan of a finished run from its provenance.
 * @throws {UserError} for a file that is not the provenance of a run
 */
export function readRecordedRun(io: Io, path: string): RecordedRun {
  const shown = showText(path, 200);
  const provenance = readProvenance(io, path);
  const plan: RunPlan = {
    scene: provenance.scene,
    seed: provenance.seed,
    seedGenerated: provenance.seed_generated,
    ticks: provenance.ticks,
    extensions: provenance.extensions,
    changes: provenance.changes.map(({ tick, parameter, value }) => ({ at: tick, path: parameter, value })),
    record: provenance.record,
    checkpointTicks: 0,
  };
  checkExtensions(io, path, provenance.extensions);
  const [late] = checkSchedule(io.catalogue.parseScene(plan.scene, `${shown}: scene`), plan.changes);
  if (late !== undefined) throw new UserError(`${shown}: ${late}`);
  if (provenance.software.version !== software.version) {
    io.err(`note: ${shown} was written by version ${showText(provenance.software.version)}, this is ${software.version}\n`);
  }
  return { plan, hash: provenance.hash };
}

/** `upslope replay`. Makes a run again and compares its final state. Returns the exit status: 1 when it differs. */
export async function replay(io: Io, path: string, out: string | undefined): Promise<number> {
  const { plan, hash: recorded } = readRecordedRun(io, path);
  const shown = showText(path, 200);
  if (out !== undefined) checkEmpty(io.files, out);
  const { status, hash } = out === undefined ? await rerun(io, plan) : await startRun(io, plan, out);
  if (hash === undefined) return status;
  if (hash !== recorded) {
    io.err(`upslope: the replay differs: it ends with hash ${hash} at tick ${plan.ticks}, but ${shown} has ${recorded}\n`);
    return 1;
  }
  io.out(`The replay ends as recorded: hash ${hash} at tick ${plan.ticks}.\n`);
  return 0;
}

async function rerun(io: Io, plan: RunPlan): Promise<RunResult> {
  const simulation = makeWorld(io, plan);
  try {
    const result = await drive(io, simulation, { ticks: plan.ticks, every: plan.ticks + 1, checkpointTicks: 0 });
    makeLastChanges(plan, simulation);
    return result.done ? { status: 0, hash: simulation.hash() } : { status: result.status };
  } finally {
    simulation.dispose();
  }
}

const advice = 'give the provenance.json of a run';

/**
 * The provenance of a run, checked against the manifest beside it, if any.
 * @throws {UserError} one line with place and problem
 */
function readProvenance(io: Io, path: string): Provenance {
  const shown = showText(path, 200);
  const bytes = readBytes(io.files, path, advice);
  const listed = basename(path) === provenanceName ? readManifest(io.files, dirname(path))?.files.get(provenanceName) : undefined;
  const problem = listed && fileProblem(io.files, dirname(path), listed);
  if (problem !== undefined) throw new UserError(`${problem}; use another copy of the folder`);
  try {
    return validateProvenance(shown, [bytes]);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new UserError(`${error.message}${error.message.includes('; ') ? '' : `; ${advice}`}`);
  }
}

/** `upslope replay`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  stepsOneWorld: true,
  describe: (command, io, done) =>
    command
      .argument('<provenance.json>', 'provenance of a run, beside its tables', plainText)
      .option('--out <directory>', 'also write the history again, into this directory; must be empty or missing', outDirectory)
      .action(async (path: string, { out }: { out?: string }) => done(await replay(io, path, out))),
};
