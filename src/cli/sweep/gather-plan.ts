import { expandPlan, type Sweep } from '../../experiment/expand-plan.ts';
import { readPlan, readPlanText } from '../../experiment/plan.ts';
import { showText } from '../../parameter/show.ts';
import type { Io } from '../io.ts';
import { loadScene, readText } from '../scenes.ts';
import { UserError } from '../user-error.ts';
import { planFlags, type SweepFlags } from './sweep-flags.ts';
import { SweepFolder } from './sweep-folder.ts';

/**
 * Finds the sweep that is meant, and checks its whole plan: by a folder that holds one, by a plan file, or by flags.
 * @throws {UserError
 * SceneError} one line on what is missing or wrong
 */
export function gatherPlan(io: Io, given: string | undefined, flags: SweepFlags): { sweep: Sweep; folder: SweepFolder } {
  const own = planFlags.find((flag) => flags[flag] !== undefined);
  if (given === undefined) {
    if (own === undefined)
      throw new UserError('the plan is missing; give a plan file, the folder of a sweep, or --scene and --seeds');
    if (flags.scene === undefined) throw new UserError(`--${own} defines a plan, but --scene is missing; give the scene too`);
    if (flags.seeds === undefined)
      throw new UserError('--scene defines a plan, but --seeds is missing; give for example --seeds 1..10');
    const { scene, seeds, name, ticks, every, keep, set = [], vary = [], at = [] } = flags;
    const json = {
      version: 1,
      ...(name === undefined ? {} : { name }),
      scene,
      set: Object.fromEntries(set.map(({ path, value }) => [path, value])),
      vary: Object.fromEntries(vary.map(({ path, values }) => [path, values])),
      seeds,
      ...(ticks === undefined ? {} : { ticks }),
      ...(every === undefined ? {} : { every }),
      changes: at,
      ...(keep === undefined ? {} : { keep }),
    };
    const sweep = expandPlan(readPlan(json, 'flags'), (wanted) => loadScene(io, wanted), 'flags', io.catalogue);
    return { sweep, folder: folderOf(io, flags) };
  }
  if (own !== undefined)
    throw new UserError(`--${own} defines a plan, but ${showText(given, 200)} has one; leave one of them out`);
  const folder = new SweepFolder(io, given);
  if (folder.hasPlan()) {
    if (flags.out !== undefined) throw new UserError(`${folder.shown} is already the folder of a sweep; leave out --out`);
    return { sweep: folder.readSweep(), folder };
  }
  const text = readText(io.files, given, 'give a plan file, or the folder of a sweep');
  const sweep = expandPlan(readPlanText(text, given), (wanted) => loadScene(io, wanted), given, io.catalogue);
  return { sweep, folder: folderOf(io, flags) };
}

function folderOf(io: Io, { out }: SweepFlags): SweepFolder {
  if (out === undefined) throw new UserError('--out is missing; give the directory for the results');
  return new SweepFolder(io, out);
}
