import { hashBytes } from '../math/hash.ts';
import type { Change } from '../simulation/types.ts';
import { canonicalJson } from './canonical-json.ts';
import { software } from './software.ts';

/** Version of what a run writes: results of different versions are not mixed. */
export const resultVersion = 1;

/** 32 hexadecimal digits of a text: two 64-bit digests. Not cryptographic. */
export function digestText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const words = [...hashBytes(bytes, 0), ...hashBytes(bytes, 1)];
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** All that a run depends on, except this program. */
export interface RunQuestion {
  /** `digestText` of the scene's canonical JSON: parsed, settings made, defaults filled in. */
  readonly sceneDigest: string;
  readonly seed: string;
  readonly changes: readonly Change[];
  readonly ticks: number;
  readonly every: number;
  readonly keep: readonly string[];
}

/** Name of a run: the same name means the same result bit for bit. */
export function runIdentity(question: RunQuestion): string {
  return digestText(canonicalJson({ ...question, version: resultVersion, software }));
}

/** What is recorded of a run beside its tables. */
export type RunFacts = Omit<RunQuestion, 'sceneDigest' | 'keep'> & { readonly scene: unknown };

/** Name of a run without tables: the one that a sweep gives it. */
export function nameRun({ scene, seed, changes, ticks, every }: RunFacts): string {
  const plain = changes.map(({ at, path, value }) => ({ at, path, value }));
  return runIdentity({ sceneDigest: digestText(canonicalJson(scene)), seed, changes: plain, ticks, every, keep: [] });
}
