// Changes parameters of a scene by their paths, and checks the scene that comes of it.

import { safeParse } from '../parameter/safe-parse.ts';
import { showText } from '../parameter/show.ts';
import { isAct } from './act-path.ts';
import { readAct } from './acts.ts';
import { carryLoci } from './carry-loci.ts';
import { findForeign } from './check-json.ts';
import { checkScene } from './check-scene.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import { findParameter } from './find-parameter.ts';
import type { Scene } from './schema.ts';

export interface SetOptions {
  /** True before tick 0, when parameters that shape the world may still be set. */
  readonly atStart?: boolean;
}

/** A copy that differs in one place and shares the rest; missing objects on the way are created. */
export function withValue(container: unknown, keys: readonly string[], value: unknown): unknown {
  if (keys.length === 0) return value;
  const [key, ...rest] = keys;
  const object = (container ?? {}) as Record<string, unknown>;
  const child = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: withValue(child, rest, value) };
}

/** Validates one change alone and makes it, without checking conditions between values. */
function setParameter(scene: Scene, path: string, value: unknown, atStart: boolean): Scene {
  if (isAct(path)) {
    // An edit by hand changes no parameter; whether it is possible only the world knows.
    readAct(scene, path, value);
    return scene;
  }
  const { keys, node } = findParameter(scene, path);
  const where = keys.join('.');
  if (!node.text.live && !atStart) {
    throw new SceneError(`${where}: is fixed once the world is made; set it in the scene or before tick 0`);
  }
  if (value === undefined) throw new SceneError(`${where}: the value is missing; give one`);
  const foreign = findForeign(value);
  if (foreign) throw new SceneError(`${where}: ${foreign}`);
  const result = safeParse(node.schema, value);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => describeIssue(issue, node.schema, keys));
    throw new SceneError(problems.slice(0, 5), problems.length);
  }
  return withValue(scene, keys, result.data) as Scene;
}

/**
 * The scene with several parameters changed, checked as a whole when all are: of two that depend on each other, either
 * may come first. The given scene is not changed.
 * @throws {SceneError} for an unknown path, a value that is not allowed, a fixed parameter without `atStart`.
 * @public
 */
export function applyChanges<S extends Scene>(
  scene: S,
  changes: readonly { readonly path: string; readonly value: unknown }[],
  { atStart = false }: SetOptions = {},
): S {
  let next: Scene = scene;
  for (const { path, value } of changes) next = setParameter(next, path, value, atStart);
  if (atStart) next = carryLoci(next);
  const problems = checkScene(next, !atStart);
  if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
  // A change never makes another kind of habitat: its kind is not a parameter.
  return next as S;
}

/**
 * The scene with one parameter changed; the given scene is not changed.
 * @param path for example `populations.foragers.mechanisms.mutation.on`
 * @throws {SceneError} for an unknown path, a value that is not allowed, a fixed parameter without `atStart`.
 * @public
 */
export function applyChange<S extends Scene>(scene: S, path: string, value: unknown, options?: SetOptions): S {
  return applyChanges(scene, [{ path, value }], options);
}

/**
 * Checks changes that will be made at their ticks, against the scene as it will be then.
 * @returns one line a problem.
 */
export function checkSchedule(scene: Scene, changes: readonly Readonly<Scene['changes'][number]>[]): string[] {
  const problems: string[] = [];
  const inOrder = changes.map((change, index) => ({ ...change, index })).sort((a, b) => a.at - b.at || a.index - b.index);
  let then = scene;
  for (const { at, path, value, index } of inOrder) {
    try {
      then = applyChange(then, path, value);
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      problems.push(`changes[${index}] at tick ${at}: ${showText(error.message, 400)}`);
      if (problems.length >= 20) break;
    }
  }
  return problems;
}
