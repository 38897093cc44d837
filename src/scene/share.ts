import { z } from 'zod';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { findForeign } from './check-json.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import { parseScene } from './parse.ts';
import { readJson } from './read-json.ts';
import { longestSeed, type Scene } from './schema.ts';

/** A run in a link: where it starts, what was changed when, and its last tick. */
export interface SharedRun {
  /** Name of a built-in scene, or a whole scene as in its file. */
  readonly scene: string | object;
  readonly seed: string;
  readonly changes: readonly { readonly at: number; readonly path: string; readonly value: unknown }[];
  readonly tick: number;
}

/** Longest text of a shared run, in characters: several times what a scene with hundreds of changes takes. */
export const longestShare = 200_000;
/** The same as bytes of UTF-8, at most: what a link may unpack to. */
export const longestLink = 4 * longestShare;

/** Short keys, because the text becomes part of an address: version, scene, seed, tick, changes. */
const shareSchema = z.strictObject({
  v: z.literal(1),
  s: z.unknown().refine((scene) => scene !== undefined, 'give a scene'),
  r: z.string().max(longestSeed),
  t: z.int().min(0).max(100_000_000),
  c: z
    .array(z.tuple([z.int().min(0).max(100_000_000), z.string().min(1).max(300), z.unknown()]))
    .max(1000)
    .default([]),
});

const slug = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * A shared run as a compact JSON text; `decodeShare` reads it. The page packs it into the fragment of its address.
 * @throws {SceneError} if it is longer than a link can carry; use a file then.
 */
export function encodeShare({ scene, seed, changes, tick }: SharedRun): string {
  const c = changes.map(({ at, path, value }) => [at, path, value]);
  const text = JSON.stringify({ v: 1, s: scene, r: seed, t: tick, ...(c.length > 0 ? { c } : {}) });
  if (text.length > longestShare) {
    throw new SceneError(`link: the run takes ${text.length} characters, more than ${longestShare}; save it as a file instead`);
  }
  return text;
}

/**
 * Reads the text of a shared run. A whole scene in it is checked; a name is looked up by the caller, and paths and
 * values of changes are checked when they are made.
 * @throws {SceneError} if it is empty, cut off, too long or not what `encodeShare` writes.
 */
export function decodeShare(text: string, vocabulary?: Vocabulary): SharedRun & { readonly parsed: Scene | undefined } {
  const json = readJson(text, 'link', 'link', longestShare);
  const foreign = findForeign(json);
  if (foreign) throw new SceneError(`link: ${foreign}`);
  const result = safeParse(shareSchema, json);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => describeIssue(issue, shareSchema)).map((line) => `link: ${line}`);
    throw new SceneError(problems.slice(0, 5), problems.length);
  }
  const { s, r, t, c } = result.data;
  const changes = c.map(([at, path, value]) => ({ at, path, value }));
  if (typeof s === 'string') {
    if (!slug.test(s)) throw new SceneError('link: s: not a name of a scene; give lower-case letters, digits and hyphens');
    return { scene: s, seed: r, changes, tick: t, parsed: undefined };
  }
  return { scene: s as object, seed: r, changes, tick: t, parsed: parseScene(s, 'link', false, vocabulary) };
}
