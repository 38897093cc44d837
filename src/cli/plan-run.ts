import { join } from 'node:path';
import type { GenomeChoice } from '../export/index.ts';
import { distinctName } from '../export/portable-name.ts';
import { extensionsPart } from '../export/run-identity.ts';
import { showText } from '../parameter/show.ts';
import type { Scene } from '../scene/schema.ts';
import { applyChanges } from '../scene/set-path.ts';
import type { RunPlan } from './checkpoint.ts';
import { generateSeed } from './generate-seed.ts';
import type { Io } from './io.ts';
import { loadScene } from './scenes.ts';
import type { ScheduledSetting, Setting } from './setting-flags.ts';
import { UserError } from './user-error.ts';

/** Flags of `upslope run`; undefined where not given. */
export interface RunFlags {
  readonly seed?: string;
  readonly ticks?: number;
  readonly out?: string;
  readonly set?: readonly Setting[];
  readonly at?: readonly ScheduledSetting[];
  readonly every?: number;
  readonly csv?: boolean;
  readonly genomes?: GenomeChoice;
  readonly checkpoint?: number;
  readonly snapshots?: number;
  readonly resume?: boolean;
}

/** Default ticks between samples. */
export const defaultEvery = 100;

/**
 * The plan of a new run, from its flags.
 * @throws {UserError
 * SceneError} for a scene or a change that is not possible
 */
export function planRun(io: Io, sceneName: string, flags: RunFlags): RunPlan {
  const scene: Scene = applyChanges(loadScene(io, sceneName), flags.set ?? [], { atStart: true });
  return {
    scene,
    seed: flags.seed ?? generateSeed(io),
    seedGenerated: flags.seed === undefined,
    ticks: flags.ticks ?? scene.ticks,
    changes: flags.at ?? [],
    ...extensionsPart(io.catalogue.extensions),
    record: {
      every: flags.every ?? defaultEvery,
      genomes: flags.genomes ?? 'living',
      csv: flags.csv ?? false,
      ...(flags.snapshots === undefined ? {} : { snapshots: flags.snapshots }),
    },
    checkpointTicks: flags.checkpoint ?? 0,
  };
}

/**
 * Checks that every change from outside comes while the run lasts: at its last tick it would change nothing.
 * @throws {UserError} that names the first change that comes too late
 */
export function checkChangesInTime({ changes, ticks }: RunPlan): void {
  const late = changes.find(({ at }) => at >= ticks);
  if (late === undefined) return;
  const change = `${showText(late.path)} at tick ${late.at}`;
  throw new UserError(
    `the change of ${change} would have no effect: the run ends at tick ${ticks}; give an earlier tick, or more --ticks`,
  );
}

/** Directory of a run without --out: a folder of its own for each scene and seed, on every system. */
export function defaultDirectory({ scene, seed }: RunPlan): string {
  return join('runs', distinctName(`${scene.name}-${seed}`));
}
