import { z } from 'zod';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { findForeign } from './check-json.ts';
import { describeIssue } from './describe-issue.ts';
import { SceneError } from './error.ts';
import { parseScene } from './parse.ts';
import { readJson } from './read-json.ts';
import { longestSeed, type Scene } from './schema.ts';

/** A change in a link. */
export interface SharedChange {
  readonly at: number;
  readonly path: string;
  readonly value: unknown;
}

/** The twin of a run in a link: a world that parted from it. */
export interface SharedTwin {
  /** Tick at which they parted. */
  readonly parting: number;
  /** Number of the first changes of the run that the twin has too, made before they parted. */
  readonly shared: number;
  /** What the twin got since. */
  readonly changes: readonly SharedChange[];
}

/** A run in a link: where it starts, what was changed when, and its last tick. */
export interface SharedRun {
  /** Name of a built-in scene, or a whole scene as in its file. */
  readonly scene: string | object;
  readonly seed: string;
  readonly changes: readonly SharedChange[];
  readonly tick: number;
  readonly twin?: SharedTwin;
}

/** Longest text of a shared run, in characters: several times what a scene with hundreds of changes takes. */
export const longestShare = 200_000;
/** The same as bytes of UTF-8, at most: what a link may unpack to. */
export const longestLink = 4 * longestShare;

const tickOfLink = z.int().min(0).max(100_000_000);
const changesOfLink = z.array(z.tuple([tickOfLink, z.string().min(1).max(300), z.unknown()])).max(1000);

/** Short keys, because the text becomes part of an address: version, scene, seed, tick, changes, twin. */
const shareSchema = z.strictObject({
  v: z.literal(1),
  s: z.unknown().refine((scene) => scene !== undefined, 'give a scene'),
  r: z.string().max(longestSeed),
  t: tickOfLink,
  c: changesOfLink.default([]),
  w: z.tuple([tickOfLink, z.int().min(0).max(1000), changesOfLink]).optional(),
});

const packed = (changes: readonly SharedChange[]) => changes.map(({ at, path, value }) => [at, path, value] as const);
const unpacked = (changes: z.infer<typeof changesOfLink>): SharedChange[] =>
  changes.map(([at, path, value]) => ({ at, path, value }));

const slug = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * A shared run as a compact JSON text; `decodeShare` reads it. The page packs it into the fragment of its address.
 * @throws {SceneError} if it is longer than a link can carry; use a file then.
 */
export function encodeShare({ scene, seed, changes, tick, twin }: SharedRun): string {
  const c = packed(changes);
  const w = twin && [twin.parting, twin.shared, packed(twin.changes)];
  const text = JSON.stringify({ v: 1, s: scene, r: seed, t: tick, ...(c.length > 0 ? { c } : {}), ...(w ? { w } : {}) });
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
  const { s, r, t, c, w } = result.data;
  const changes = unpacked(c);
  if (w && (w[0] > t || w[1] > c.length)) {
    throw new SceneError(
      `link: w: a twin parts at the last tick or before, and shares changes of the run (got ${w[0]}, ${w[1]})`,
    );
  }
  const twin = w ? { twin: { parting: w[0], shared: w[1], changes: unpacked(w[2]) } } : {};
  if (typeof s === 'string') {
    if (!slug.test(s)) throw new SceneError('link: s: not a name of a scene; give lower-case letters, digits and hyphens');
    return { scene: s, seed: r, changes, tick: t, ...twin, parsed: undefined };
  }
  return { scene: s as object, seed: r, changes, tick: t, ...twin, parsed: parseScene(s, 'link', false, vocabulary) };
}
