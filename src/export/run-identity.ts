import type { ExtensionName } from '../habitat/vocabulary.ts';
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
  /** Extensions that the world has; absent without any. */
  readonly extensions?: readonly ExtensionName[];
}

/** Name of a run: the same name means the same result bit for bit. */
export function runIdentity(question: RunQuestion): string {
  return digestText(canonicalJson({ ...question, version: resultVersion, software }));
}

/** What is recorded of a run beside its tables. */
export type RunFacts = Omit<RunQuestion, 'sceneDigest' | 'keep'> & { readonly scene: unknown };

/** Extensions as a part of what is written down: nothing without any. */
export const extensionsPart = (extensions: readonly ExtensionName[] = []): { extensions?: ExtensionName[] } =>
  extensions.length === 0 ? {} : { extensions: extensions.map(({ name, version }) => ({ name, version })) };

/** Name of a run without tables: the one that a sweep gives it. */
export function nameRun({ scene, seed, changes, ticks, every, extensions }: RunFacts): string {
  const plain = changes.map(({ at, path, value }) => ({ at, path, value }));
  const sceneDigest = digestText(canonicalJson(scene));
  return runIdentity({ sceneDigest, seed, changes: plain, ticks, every, keep: [], ...extensionsPart(extensions) });
}
