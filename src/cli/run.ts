import { Option } from 'commander';
import { describeProvenance, type Packable, Recorder, summarise } from '../export/index.ts';
import { genomeChoices } from '../export/organisms.ts';
import { nameRun } from '../export/run-identity.ts';
import { showText } from '../parameter/show.ts';
import { checkRecord, recordedWorldOf } from '../record/check-record.ts';
import { ShapeError } from '../record/expect-shape.ts';
import { probesOf } from '../simulation/probes-of.ts';
import { SnapshotError } from '../simulation/snapshot.ts';
import type { Simulation } from '../simulation/types.ts';
import { checkPlots } from '../worker/check-plots.ts';
import { measuredColumns } from '../worker/series-sampler.ts';
import { type Checkpoint, damagedCheckpoint, type RunPlan, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { CommandModule } from './command.ts';
import { drive } from './drive.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from './flags.ts';
import type { Io } from './io.ts';
import { checkExtensions, extensionFlags } from './load-extension.ts';
import { removeLeftLock } from './ownership/owned-folder.ts';
import { checkChangesInTime, defaultDirectory, defaultEvery, planRun, type RunFlags } from './plan-run.ts';
import { quote } from './quote.ts';
import { checkEmpty, inspectDirectory, provenanceName, RunDirectory } from './run-directory.ts';
import { collectScheduled, collectSetting, seedText } from './setting-flags.ts';
import { UserError } from './user-error.ts';
import { makeLastChanges, makeWorld } from './world-of-plan.ts';

/** The result of a completed run. */
export interface RunResult {
  readonly status: number;
  readonly hash?: string;
}

/** `upslope run`. Returns the exit status. */
export async function run(io: Io, sceneName: string | undefined, flags: RunFlags): Promise<number> {
  if (flags.out === undefined) {
    if (flags.resume) throw new UserError('--resume needs --out; give the directory of the run to continue');
    if (sceneName === undefined) throw new UserError(`the scene is missing; ${giveScene}`);
    const plan = planNew(io, sceneName, flags);
    const out = defaultDirectory(plan);
    checkEmpty(io.files, out);
    return (await startRun(io, plan, out)).status;
  }
  const shown = showText(flags.out, 200);
  const contents = inspectDirectory(io.files, flags.out);
  if (contents === 'unfinished run' && flags.resume) return (await resumeRun(io, sceneName, flags, flags.out)).status;
  if (contents === 'finished run' && flags.resume) {
    removeLeftLock(io, flags.out);
    io.out(`The run in ${shown} is finished; there is nothing to resume.\n`);
    return 0;
  }
  checkEmpty(io.files, flags.out);
  if (sceneName === undefined) {
    throw new UserError(`${flags.resume ? `${shown} does not hold a run to resume` : 'the scene is missing'}; ${giveScene}`);
  }
  return (await startRun(io, planNew(io, sceneName, flags), flags.out, sceneName)).status;
}

/** The plan of a new run, all of whose changes come before its end. */
function planNew(io: Io, sceneName: string, flags: RunFlags): RunPlan {
  const plan = planRun(io, sceneName, flags);
  checkChangesInTime(plan);
  return plan;
}

const giveScene = 'give one, for example: upslope run meadow --seed 7';

/**
 * Starts a run at tick 0 and takes it to its end, or to the first request to stop.
 * @param file name of the scene's input in messages
 */
export async function startRun(io: Io, plan: RunPlan, out: string, file = String(plan.scene.name)): Promise<RunResult> {
  const simulation = makeWorld(io, plan);
  try {
    // Only the page shows them, but a scene is written once for both.
    if (simulation.scene.view?.plots) checkPlots(simulation.scene, measuredColumns(simulation), file);
    sayMemory(io, simulation);
    const directory = await RunDirectory.take(io, out, 'nothing');
    try {
      return await continueRun(io, plan, simulation, directory);
    } finally {
      directory.release();
    }
  } finally {
    simulation.dispose();
  }
}

/** Says before a run begins what a large world may need. */
function sayMemory(io: Io, { bytesAtCapacity }: Simulation): void {
  const gigabytes = bytesAtCapacity / 2 ** 30;
  if (gigabytes < 1) return;
  const advice =
    gigabytes > 4 ? 'a world has 4 GB at most: it ends when it needs more; lower a capacity' : 'what is recorded comes on top';
  io.err(`note: with all populations at their capacity this world takes ${gigabytes.toFixed(1)} GB; ${advice}\n`);
}

async function resumeRun(io: Io, sceneName: string | undefined, flags: RunFlags, out: string): Promise<RunResult> {
  const directory = await RunDirectory.take(io, out, 'unfinished run');
  try {
    const checkpoint = readCheckpoint(io.files, directory.checkpointPath);
    checkExtensions(io, directory.checkpointPath, checkpoint.plan.extensions);
    const plan = resumedPlan(io, checkpoint, sceneName, flags);
    const simulation = worldOf(io, checkpoint, directory.checkpointPath);
    try {
      checkRecorder(checkpoint, simulation, directory.checkpointPath);
      return await continueRun(io, plan, simulation, directory, checkpoint);
    } finally {
      simulation.dispose();
    }
  } finally {
    directory.release();
  }
}

/**
 * Checks the recorded state against the world, before any file is touched.
 * @throws {UserError} for a state that cannot be continued
 */
function checkRecorder({ tick, recorder }: Checkpoint, simulation: Simulation, path: string): void {
  const { record } = recorder as { readonly record?: unknown };
  try {
    if (tick !== simulation.tick) throw damagedCheckpoint(path);
    checkRecord(record, recordedWorldOf(simulation));
  } catch (error) {
    if (error instanceof ShapeError) throw damagedCheckpoint(path);
    throw error;
  }
}

/** The plan of a checkpoint, which repeated flags may confirm but not contradict; only the end may be moved. */
function resumedPlan(io: Io, { plan, tick }: Checkpoint, sceneName: string | undefined, flags: RunFlags): RunPlan {
  const ticks = flags.ticks ?? plan.ticks;
  if (ticks < tick) throw new UserError(`--ticks ${ticks}: the run to resume is already at tick ${tick}; give ${tick} or more`);
  const conflict = (flag: string, was: unknown) =>
    new UserError(
      `${flag} differs from the run to resume (${showText(String(was))}); leave it out, or start again in another directory`,
    );
  if (flags.seed !== undefined && flags.seed !== plan.seed) throw conflict('--seed', plan.seed);
  if (flags.every !== undefined && flags.every !== plan.record.every) throw conflict('--every', plan.record.every);
  if (flags.genomes !== undefined && flags.genomes !== plan.record.genomes) throw conflict('--genomes', plan.record.genomes);
  if (flags.snapshots !== undefined && flags.snapshots !== plan.record.snapshots)
    throw conflict('--snapshots', plan.record.snapshots ?? 'without');
  if (flags.csv && !plan.record.csv) throw conflict('--csv', 'without');
  if (flags.at !== undefined && !same(flags.at, plan.changes)) throw conflict('--at', `${plan.changes.length} changes`);
  if (sceneName !== undefined || flags.set !== undefined) {
    const again = planRun(io, sceneName ?? String(plan.scene.name), { ...flags, seed: plan.seed });
    if (!same(again.scene, plan.scene)) throw conflict('the scene with its --set', plan.scene.name);
  }
  const resumed = { ...plan, ticks, checkpointTicks: flags.checkpoint ?? plan.checkpointTicks };
  checkChangesInTime(resumed);
  return resumed;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The world of a checkpoint. */
function worldOf({ catalogue, threads }: Io, { snapshot }: Checkpoint, path: string): Simulation {
  try {
    // All of its buffer: unpacked data are a copy of their own.
    return catalogue.simulationFromSnapshot(snapshot.buffer as ArrayBuffer, { threads });
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new UserError(`${showText(path, 200)}: ${error.message}; start the run again in another directory`);
  }
}

async function continueRun(
  io: Io,
  plan: RunPlan,
  simulation: Simulation,
  directory: RunDirectory,
  from?: Checkpoint,
): Promise<RunResult> {
  const startedAt = io.now();
  const seconds = () => (from?.seconds ?? 0) + (io.now() - startedAt) / 1000;
  const runId = nameRun({
    ...plan,
    scene: simulation.initialScene,
    every: plan.record.every,
    extensions: io.catalogue.extensions,
  });
  const options = {
    ...plan.record,
    runId,
    probes: probesOf(simulation),
    open: (name: string) => {
      const file = directory.open(name, from && (from.lengths[name] ?? 0));
      return (chunk: Uint8Array) => file.write(chunk);
    },
  };
  let recorder: Recorder;
  try {
    recorder = new Recorder(simulation, options, from?.recorder);
  } catch (error) {
    // Unfinished rows and totals are checked here.
    if (from === undefined || error instanceof UserError) throw error;
    throw damagedCheckpoint(directory.checkpointPath);
  }
  const checkpoint = () => {
    const state: Packable = recorder.state();
    const snapshot = new Uint8Array(simulation.snapshot());
    const lengths = directory.lengths();
    const made = { plan, tick: simulation.tick, seconds: seconds(), lengths, recorder: state, snapshot };
    writeCheckpoint(io.files, directory.checkpointPath, made, () => directory.check());
  };
  const { snapshots: keptEvery } = plan.record;
  const snapshot = () => directory.keep(simulation.tick, new Uint8Array(simulation.snapshot()), recorder.record.state());
  if (from === undefined) checkpoint();
  const seed = `${plan.seedGenerated ? 'generated seed' : 'seed'} ${showText(plan.seed)}`;
  const span = from ? `continuing from tick ${from.tick} of ${plan.ticks}` : `${plan.ticks} ticks`;
  io.err(`${simulation.scene.name}, ${seed}: ${span} into ${showText(directory.path, 200)}\n`);
  simulation.observe(recorder);
  const result = await drive(io, simulation, {
    ticks: plan.ticks,
    every: plan.record.every,
    checkpointTicks: plan.checkpointTicks,
    checkpoint,
    keep: keptEvery === undefined ? undefined : { every: keptEvery, snapshot },
  });
  if (!result.done) {
    const where = result.saved ? `at tick ${simulation.tick}` : 'without a new checkpoint';
    io.err(`stopped ${where}; continue with: upslope run --resume --out ${quote(directory.path)}${extensionFlags(io)}\n`);
    return { status: result.status };
  }
  makeLastChanges(plan, simulation);
  recorder.finish(simulation);
  const rows = Object.fromEntries(recorder.writers.map(({ table, rowCount }) => [table.name, rowCount]));
  const summary = summarise(simulation, recorder.totals, {
    ticksAsked: plan.ticks,
    rows,
    seconds: Math.round(seconds() * 1000) / 1000,
  });
  const provenance = describeProvenance(simulation, {
    scene: plan.scene,
    seedGenerated: plan.seedGenerated,
    record: plan.record,
    environment: io.environment,
  });
  directory.complete(
    { 'summary.json': summary, [provenanceName]: provenance },
    runId,
    keptEvery === undefined ? -1 : simulation.tick,
  );
  io.out(`${summary.outcome}\nhash ${summary.hash}\n`);
  for (const [name, count] of Object.entries(rows)) io.out(`${name}.parquet: ${count} rows\n`);
  return { status: 0, hash: summary.hash };
}

/** `upslope run`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  stepsOneWorld: true,
  describe: (command, io, done) =>
    command
      .argument('[scene]', 'name of a scene, or a file; optional with --resume', plainText)
      .option('--seed <seed>', 'any text; the same seed makes the same run (default: a new one, which is recorded)', seedText)
      .option('--ticks <n>', 'ticks to make (default: as in the scene)', wholeNumber(1, mostTicks))
      .option('--out <directory>', 'directory for the files; must be empty or missing (default: runs/SCENE-SEED)', outDirectory)
      .option('--set <path=value>', 'change a parameter before tick 0; may be given several times', collectSetting)
      .option('--at <tick:path=value>', 'change a live parameter at a tick; may be given several times', collectScheduled)
      .option('--every <k>', `ticks between samples (default: ${defaultEvery})`, wholeNumber(1, mostTicks))
      .option('--csv', 'also write CSV')
      .addOption(
        new Option('--genomes <whose>', 'whose genomes organisms.parquet holds (default: living)').choices(genomeChoices),
      )
      .option(
        '--checkpoint <ticks>',
        'ticks between checkpoints, which are made at samples (default: as often as possible for under 2 % of the time)',
        wholeNumber(1, mostTicks),
      )
      .option(
        '--snapshots <k>',
        'keep a snapshot of the world every k ticks, from which climb and assay can begin, and which the page opens',
        wholeNumber(1, mostTicks),
      )
      .option('--resume', 'continue the stopped run in --out')
      .action(async (scene: string | undefined, flags: RunFlags) => done(await run(io, scene, flags))),
};
