import { canonicalJson } from '../export/canonical-json.ts';
import { software } from '../export/index.ts';
import { digestText, extensionsPart, runIdentity } from '../export/run-identity.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { showText, showValue } from '../parameter/show.ts';
import { SceneError } from '../scene/error.ts';
import { parseScene } from '../scene/parse.ts';
import type { Scene } from '../scene/schema.ts';
import { applyChanges, checkSchedule } from '../scene/set-path.ts';
import { extensionProblem } from '../scene/vocabulary-of.ts';
import type { Change } from '../simulation/types.ts';
import { mostRuns, type Plan } from './plan.ts';

/** One combination of what varies; its runs differ in the seed alone. */
export interface Cell {
  readonly index: number;
  /** A value for each path of `Sweep.paths`, in that order. */
  readonly values: readonly unknown[];
  /** The whole scene, checked. */
  readonly scene: Scene;
  /** Ticks of its runs. */
  readonly ticks: number;
  /** Changes made in its runs, besides those of the scene: the plan's, and varied values that begin at a tick. */
  readonly changes: readonly Change[];
}

/** One run of a sweep. */
export interface PlannedRun {
  /** 32 hexadecimal digits: the same name means the same result bit for bit. */
  readonly id: string;
  /** Place in the list of all runs: cell by cell, in each the seeds in order. */
  readonly index: number;
  readonly cell: Cell;
  readonly seed: string;
}

/** A plan with all names resolved and all values checked. */
export interface Sweep {
  readonly name: string;
  /** What varies, in the order of the plan. */
  readonly paths: readonly string[];
  readonly cells: readonly Cell[];
  readonly seeds: readonly string[];
  readonly runs: readonly PlannedRun[];
  readonly every: number;
  readonly keep: readonly string[];
  /** The plan as a self-contained plan file: the whole scene with its settings, every default, and the program. */
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * Resolves and checks everything in a plan before anything runs, and lists its runs.
 * @param loadScene finds a scene by its name
 * @param file name of the plan in messages
 * @param vocabulary what its scene can name
 * @throws {SceneError} one line on the first problem.
 */
export function expandPlan(
  plan: Plan,
  loadScene: (name: string) => Scene,
  file: string,
  vocabulary: Vocabulary = standardVocabulary,
): Sweep {
  const where = showText(file, 200);
  // A plan that a program wrote into its folder says all that it needs; one by hand may say it.
  const made = plan.extensions ?? (plan.software ? [] : vocabulary.extensions);
  const problem = extensionProblem(made, vocabulary);
  if (problem !== undefined) throw new SceneError(`${where}: it ${problem}`);
  const given =
    typeof plan.scene === 'string' ? loadScene(plan.scene) : parseScene(plan.scene, `${where}: scene`, false, vocabulary);
  const extensions = extensionsPart(vocabulary.extensions);
  const settings = Object.entries(plan.set).map(([path, value]) => ({ path, value }));
  const base = inPlace(`${where}: set`, () => applyChanges(given, settings, { atStart: true }));
  const cells = expandCells(plan, base, where);
  const keep = [...new Set(plan.keep)].sort();
  const runs: PlannedRun[] = [];
  for (const cell of cells) {
    const sceneDigest = digestText(canonicalJson(cell.scene));
    for (const seed of plan.seeds) {
      const question = { sceneDigest, seed, changes: cell.changes, ticks: cell.ticks, every: plan.every, keep, ...extensions };
      runs.push({ id: runIdentity(question), index: runs.length, cell, seed });
    }
  }
  return {
    name: plan.name,
    paths: Object.keys(plan.vary),
    cells,
    seeds: plan.seeds,
    runs,
    every: plan.every,
    keep,
    document: {
      version: 1,
      software,
      ...extensions,
      name: plan.name,
      scene: base,
      vary: plan.vary,
      seeds: plan.seeds,
      ...(plan.ticks === undefined ? {} : { ticks: plan.ticks }),
      every: plan.every,
      changes: plan.changes,
      keep,
    },
  };
}

function expandCells(plan: Plan, base: Scene, where: string): Cell[] {
  const vary = Object.entries(plan.vary);
  for (const [path, values] of vary) {
    const at = `${where}: vary: ${showText(path)}`;
    if (Object.hasOwn(plan.set, path)) throw new SceneError(`${at}: is set as well; leave it out of set`);
    if (path === 'ticks' && plan.ticks !== undefined)
      throw new SceneError(`${at}: the plan gives ticks as well; give one of them`);
    const seen = new Set<string>();
    for (const value of values) {
      const text = canonicalJson(value);
      if (seen.has(text)) throw new SceneError(`${at}: ${showValue(value)} is listed twice; give each value once`);
      seen.add(text);
    }
  }
  const count = vary.reduce((product, [, values]) => product * values.length, 1);
  if (count * plan.seeds.length > mostRuns) {
    throw new SceneError(`${where}: the plan has ${count * plan.seeds.length} runs; give at most ${mostRuns}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const values: unknown[] = [];
    let rest = index;
    for (const [, choices] of vary.toReversed()) {
      values.unshift(choices[rest % choices.length]);
      rest = Math.floor(rest / choices.length);
    }
    return makeCell(plan, base, index, values, where);
  });
}

/** Checks one combination as a whole scene, with every change that will be made in it. */
function makeCell(plan: Plan, base: Scene, index: number, values: readonly unknown[], where: string): Cell {
  const chosen = Object.keys(plan.vary).flatMap((name, i) => {
    const { at, paths } = timed(name);
    return paths.map((path) => ({ at, path, value: values[i] }));
  });
  const settings = chosen.filter(({ at }) => at === undefined);
  const later = chosen.flatMap(({ at, path, value }) => (at === undefined ? [] : [{ at, path, value }]));
  const at = `${where}: vary${values.length > 1 ? ` (combination ${index + 1})` : ''}`;
  const scene = inPlace(at, () => applyChanges(base, settings, { atStart: true }));
  const ticks = plan.ticks ?? scene.ticks;
  const changes = [...(plan.changes as Change[]), ...later].sort((a, b) => a.at - b.at);
  const late = changes.find((change) => change.at >= ticks);
  if (late) {
    const change = `the change of ${showText(late.path)} at tick ${late.at}`;
    throw new SceneError(`${where}: ${change} would have no effect: the run ends at tick ${ticks}; give an earlier tick`);
  }
  const own = new Set(checkSchedule(scene, scene.changes));
  const problem = checkSchedule(scene, [...changes, ...scene.changes]).find((line) => !own.has(line));
  if (problem) throw new SceneError(`${where}: ${problem}`);
  return { index, values, scene, ticks, changes };
}

/**
 * Paths that vary together, joined by a plus, and the tick from which they do: `2000:habitat.grass.regrowth`; without a tick
 * they do from the start.
 */
function timed(name: string): { readonly at: number | undefined; readonly paths: readonly string[] } {
  const [, tick, rest] = /^(\d{1,9}):(.+)$/.exec(name) ?? [];
  return tick === undefined ? { at: undefined, paths: name.split('+') } : { at: Number(tick), paths: rest.split('+') };
}

/** Adds the place of the value in the plan to the message of a check. */
function inPlace<T>(where: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    throw new SceneError(
      error.problems.map((problem) => `${where}: ${problem}`),
      error.total,
    );
  }
}
