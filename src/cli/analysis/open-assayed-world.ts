import { join } from 'node:path';
import type { Command } from 'commander';
import type { Packable } from '../../export/index.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { Population } from '../../population/population.ts';
import { applyChanges } from '../../scene/set-path.ts';
import { SnapshotError } from '../../simulation/snapshot.ts';
import type { Simulation } from '../../simulation/types.ts';
import { checkFiles } from '../check-files.ts';
import { type Checkpoint, readCheckpoint } from '../checkpoint.ts';
import { orUserError, readAll } from '../files.ts';
import { plainText } from '../flags.ts';
import { generateSeed } from '../generate-seed.ts';
import type { Io } from '../io.ts';
import { checkKeptRecord, keptTicks, readKeptRecord, readKeptSnapshot, recordName, snapshotName } from '../kept-snapshots.ts';
import { checkExtensions } from '../load-extension.ts';
import { readManifest } from '../manifest.ts';
import { readRecordedRun } from '../replay.ts';
import { checkpointName, inspectDirectory, provenanceName } from '../run-directory.ts';
import { loadScene } from '../scenes.ts';
import { collectSetting, seedText } from '../setting-flags.ts';
import { UserError } from '../user-error.ts';
import { makeWorld } from '../world-of-plan.ts';
import type { AssayFlags } from './assay.ts';
import { checkShares } from './share-forks.ts';

const usualTick = 5000;

/** A world some ticks before an assay, and the seed for the draws of the assay. */
export type AssayedWorld = Pick<GivenWorld, 'simulation' | 'seed'>;

/** The argument of a world and the flags that make it: of commands that fork worlds. @param made what the seed makes the same again */
export const worldArguments = (command: Command, made: string): Command =>
  command
    .argument('<world>', 'name of a scene, a scene file, a snapshot (.upslope), or the directory of a run', plainText)
    .option('--seed <seed>', `any text; the same seed makes the same ${made} (default: that of the run, or a new one)`, seedText)
    .option('--set <path=value>', 'change a parameter of a scene before tick 0; may be given several times', collectSetting);

/** A world at its start: of a scene or a run at tick 0, of a snapshot at its own tick. */
export interface GivenWorld {
  readonly simulation: Simulation;
  /** Seed for the draws of what is done with it. */
  readonly seed: string;
  readonly kind: 'scene' | 'run' | 'snapshot';
  /** Tick at which the scene or the run ends. */
  readonly end: number;
  /** The record of lives at its tick, of a run that kept one; otherwise a record begins here. */
  readonly record?: Packable;
}

type WorldFlags = Pick<AssayFlags, 'seed' | 'set'>;

/**
 * Opens a world by the argument and the flags of `worldArguments`. A run is made again from its provenance, or from the last state that it kept at or before
 * a tick: bit for bit the same.
 * @param start of the end of a run, the tick before which nothing of it is needed; with its record of lives, if it kept that
 * @param ticks names of flags that were given and that are not for snapshots
 * @throws {UserError} for a world that cannot be opened, or flags that are not for it
 */
export function openGivenWorld(
  io: Io,
  given: string,
  flags: WorldFlags,
  start: (end: number) => number,
  ticks: readonly string[] = [],
): GivenWorld {
  const shown = showText(given, 200);
  const refuseSet = (why: string) => {
    if (flags.set !== undefined) throw new UserError(`--set ${why}; leave it out`);
  };
  if (given.endsWith('.upslope')) {
    if (ticks.length > 0) throw new UserError(`--${ticks[0]} is for scenes and runs; a snapshot has its own tick; leave it out`);
    refuseSet('is for scenes; a snapshot has its own parameters');
    return ofSnapshot(io, given, flags.seed);
  }
  const contents =
    io.files.existsSync(given) && io.files.statSync(given).isDirectory()
      ? inspectDirectory(io.files, given, 'give a scene, a run or a snapshot')
      : 'file';
  if (contents !== 'file') {
    refuseSet('is for scenes; a run has its own parameters');
    const finished = contents === 'finished run';
    if (!finished && contents !== 'unfinished run')
      throw new UserError(`${shown} is not the folder of a run; give a scene, a run or a snapshot`);
    const checkpoint = finished ? undefined : readCheckpoint(io.files, join(given, checkpointName));
    const plan = checkpoint ? checkpoint.plan : readRecordedRun(io, join(given, provenanceName)).plan;
    checkExtensions(io, given, plan.extensions);
    const { simulation, record } = lastKept(io, given, start(plan.ticks), checkpoint) ?? { simulation: makeWorld(io, plan) };
    return { simulation, seed: flags.seed ?? plan.seed, kind: 'run', end: plan.ticks, ...(record ? { record } : {}) };
  }
  const scene = applyChanges(loadScene(io, given), flags.set ?? [], { atStart: true });
  const seed = flags.seed ?? generateSeed(io);
  return { simulation: io.catalogue.createSimulation(scene, seed), seed, kind: 'scene', end: scene.ticks };
}

/** The last state at or before a tick that a run kept with its record; undefined where there is none. @throws {UserError} for a damaged one */
function lastKept(
  io: Io,
  directory: string,
  start: number,
  checkpoint: Checkpoint | undefined,
): { readonly simulation: Simulation; readonly record: Packable } | undefined {
  const open = (path: string, snapshot: Uint8Array, record: Packable) => {
    const shown = showText(path, 200);
    try {
      const simulation = io.catalogue.simulationFromSnapshot(snapshot.slice().buffer as ArrayBuffer);
      checkKeptRecord(record, simulation, path);
      io.err(`begins at tick ${simulation.tick}, from ${shown}\n`);
      return { simulation, record };
    } catch (error) {
      if (error instanceof SnapshotError) throw new UserError(`${shown}: ${error.message}; use another copy of the folder`);
      throw error;
    }
  };
  const manifest = checkpoint ? undefined : readManifest(io.files, directory);
  const ticks = keptTicks(io.files, directory).filter((tick) => tick <= start);
  if (checkpoint && checkpoint.tick <= start && checkpoint.tick > (ticks.at(-1) ?? 0)) {
    return open(join(directory, checkpointName), checkpoint.snapshot, (checkpoint.recorder as { record: Packable }).record);
  }
  for (const tick of ticks.toReversed()) {
    // Unfinished runs have no manifest, and snapshots that were written after their last checkpoint are made again.
    if (manifest) checkFiles(io.files, directory, manifest, [snapshotName(tick), recordName(tick)]);
    const record = readKeptRecord(io.files, directory, tick);
    if (record) return open(join(directory, snapshotName(tick)), readKeptSnapshot(io.files, directory, tick), record);
  }
  return undefined;
}

/** A population of a world by name; the first by default. @throws {UserError} for a name that none has */
export function findPopulation({ populations }: Simulation, wanted: string | undefined): Population {
  const names = populations.map(({ name }) => name);
  const population = wanted === undefined ? populations[0] : populations.find(({ name }) => name === wanted);
  if (population) return population;
  throw new UserError(`there is no population '${showText(String(wanted))}'; ${suggest(String(wanted), names)}`);
}

/** @throws {UserError} for a tick after the end of a run */
export function checkInRun({ kind, end }: GivenWorld, given: string, flag: string, tick: number): void {
  if (kind === 'run' && tick > end)
    throw new UserError(`--${flag} ${tick}: the run in ${showText(given, 200)} ends at tick ${end}; give ${end} or less`);
}

/**
 * Opens the world of an assay `age` ticks before it, so that clades have that age at the assay: from a scene, from a snapshot,
 * or from the folder of a run, which is replayed up to there from its provenance.
 * @throws {UserError} for a world that cannot be opened, or a tick that does not fit
 */
export function openAssayedWorld(io: Io, given: string, flags: AssayFlags, age: number): AssayedWorld {
  const wanted = flags.tick === undefined ? [] : ['tick'];
  const world = openGivenWorld(io, given, flags, (end) => (flags.tick ?? end) - age, wanted);
  try {
    checkShares(flags, world);
    if (world.kind === 'snapshot') return world;
    const tick = flags.tick ?? (world.kind === 'run' ? world.end : Math.max(age, Math.min(world.end, usualTick)));
    checkInRun(world, given, 'tick', tick);
    if (tick < age) throw new UserError(`--tick ${tick} is less than --age ${age}; give a later tick or a smaller age`);
    world.simulation.step(tick - age - world.simulation.tick);
    return world;
  } catch (error) {
    world.simulation.dispose();
    throw error;
  }
}

function ofSnapshot(io: Io, given: string, seed: string | undefined): GivenWorld {
  const shown = showText(given, 200);
  const bytes = orUserError(`cannot read ${shown}`, 'give a snapshot file', () => readAll(io.files, given));
  try {
    const simulation = io.catalogue.simulationFromSnapshot(bytes.slice().buffer as ArrayBuffer);
    return { simulation, seed: seed ?? simulation.seed, kind: 'snapshot', end: simulation.scene.ticks };
  } catch (error) {
    if (error instanceof SnapshotError) throw new UserError(`${shown}: ${error.message}`);
    throw error;
  }
}
