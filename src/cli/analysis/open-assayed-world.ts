import { join } from 'node:path';
import type { Command } from 'commander';
import { showText } from '../../parameter/show.ts';
import { applyChanges } from '../../scene/set-path.ts';
import { SnapshotError } from '../../simulation/snapshot.ts';
import type { Simulation } from '../../simulation/types.ts';
import { readCheckpoint } from '../checkpoint.ts';
import { orUserError, readAll } from '../files.ts';
import { collectSetting, plainText, seedText } from '../flags.ts';
import { generateSeed } from '../generate-seed.ts';
import type { Io } from '../io.ts';
import { checkExtensions } from '../load-extension.ts';
import { readRecordedRun } from '../replay.ts';
import { makeWorld } from '../run.ts';
import { checkpointName, inspectDirectory, provenanceName } from '../run-directory.ts';
import { loadScene } from '../scenes.ts';
import { UserError } from '../user-error.ts';
import type { AssayFlags } from './assay.ts';

const usualTick = 5000;

/** A world some ticks before an assay, and the seed for the draws of the assay. */
export interface AssayedWorld {
  readonly simulation: Simulation;
  readonly seed: string;
}

/** The argument of a world and the flags that make it: of commands that fork worlds. @param made what the seed makes the same again */
export const worldArguments = (command: Command, made: string): Command =>
  command
    .argument('<world>', 'name of a scene, a scene file, a snapshot (.upslope), or the directory of a run', plainText)
    .option('--seed <seed>', `any text; the same seed makes the same ${made} (default: that of the run, or a new one)`, seedText)
    .option('--set <path=value>', 'change a parameter of a scene before tick 0; may be given several times', collectSetting);

/**
 * Opens the world of an assay `age` ticks before it, so that clades have that age at the assay: from a scene, from a snapshot,
 * or from the folder of a run, which is replayed up to there from its provenance.
 * @throws {UserError} for a world that cannot be opened, or a tick that does not fit
 */
export function openAssayedWorld(io: Io, given: string, flags: AssayFlags, age: number): AssayedWorld {
  const shown = showText(given, 200);
  const refuse = (flag: 'tick' | 'set', why: string) => {
    if (flags[flag] !== undefined) throw new UserError(`--${flag} ${why}; leave it out`);
  };
  if (given.endsWith('.upslope')) {
    refuse('tick', 'is for scenes and runs; a snapshot has its own tick');
    refuse('set', 'is for scenes; a snapshot has its own parameters');
    return ofSnapshot(io, given, flags.seed);
  }
  const contents =
    io.files.existsSync(given) && io.files.statSync(given).isDirectory()
      ? inspectDirectory(io.files, given, 'give a scene, a run or a snapshot')
      : 'file';
  if (contents !== 'file') {
    refuse('set', 'is for scenes; a run has its own parameters');
    const finished = contents === 'finished run';
    if (!finished && contents !== 'unfinished run')
      throw new UserError(`${shown} is not the folder of a run; give a scene, a run or a snapshot`);
    const plan = finished
      ? readRecordedRun(io, join(given, provenanceName)).plan
      : readCheckpoint(io.files, join(given, checkpointName)).plan;
    checkExtensions(io, given, plan.extensions);
    const tick = flags.tick ?? plan.ticks;
    if (tick > plan.ticks)
      throw new UserError(`--tick ${tick}: the run in ${shown} ends at tick ${plan.ticks}; give ${plan.ticks} or less`);
    return { simulation: stepTo(makeWorld(io, plan), tick, age), seed: flags.seed ?? plan.seed };
  }
  const scene = applyChanges(loadScene(io, given), flags.set ?? [], { atStart: true });
  const seed = flags.seed ?? generateSeed(io);
  const tick = flags.tick ?? Math.max(age, Math.min(scene.ticks, usualTick));
  return { simulation: stepTo(io.catalogue.createSimulation(scene, seed), tick, age), seed };
}

function stepTo(simulation: Simulation, tick: number, age: number): Simulation {
  if (tick < age) {
    simulation.dispose();
    throw new UserError(`--tick ${tick} is less than --age ${age}; give a later tick or a smaller age`);
  }
  simulation.step(tick - age);
  return simulation;
}

function ofSnapshot(io: Io, given: string, seed: string | undefined): AssayedWorld {
  const shown = showText(given, 200);
  const bytes = orUserError(`cannot read ${shown}`, 'give a snapshot file', () => readAll(io.files, given));
  try {
    const simulation = io.catalogue.simulationFromSnapshot(bytes.slice().buffer as ArrayBuffer);
    return { simulation, seed: seed ?? simulation.seed };
  } catch (error) {
    if (error instanceof SnapshotError) throw new UserError(`${shown}: ${error.message}`);
    throw error;
  }
}
