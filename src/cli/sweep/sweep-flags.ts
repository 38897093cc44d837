import { InvalidArgumentError } from 'commander';
import { keepableTables } from '../../experiment/plan.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { plainText } from '../flags.ts';
import { readValue, type ScheduledSetting, type Setting } from '../setting-flags.ts';
import type { ShareFlags } from '../shares/share-flags.ts';

/** `path=a,b,c` as it was typed. */
export interface Variation {
  readonly path: string;
  readonly values: readonly unknown[];
}

/** Flags of `upslope sweep`; undefined where not given. */
export interface SweepFlags extends ShareFlags {
  readonly out?: string;
  readonly name?: string;
  readonly scene?: string;
  readonly set?: readonly Setting[];
  readonly vary?: readonly Variation[];
  readonly seeds?: unknown;
  readonly ticks?: number;
  readonly every?: number;
  readonly at?: readonly ScheduledSetting[];
  readonly keep?: readonly string[];
  readonly jobs?: number;
  readonly memory?: number;
  readonly retry?: boolean;
  readonly status?: boolean;
  readonly collect?: boolean;
}

/** Flags that define a plan, and so contradict a plan in a file. */
export const planFlags = ['name', 'scene', 'set', 'vary', 'seeds', 'ticks', 'every', 'at', 'keep'] as const;

/** Collects `--vary path=a,b,c`. The values are a list in JSON, or words and numbers separated by commas. */
export function collectVariation(text: string, before: readonly Variation[] = []): readonly Variation[] {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim();
  const list = text.slice(equals + 1).trim();
  if (path === '' || list === '') {
    throw new InvalidArgumentError(`give path=a,b,c, for example habitat.grass.regrowth=0.01,0.02, not '${showText(text)}'.`);
  }
  if (before.some((variation) => variation.path === path)) {
    throw new InvalidArgumentError(`'${showText(path)}' already varies; give all its values at once.`);
  }
  return [...before, { path, values: readValues(list) }];
}

function readValues(text: string): readonly unknown[] {
  const whole = readValue(text, undefined);
  if (Array.isArray(whole)) return whole;
  return text.split(',').map((word) => readValue(word.trim(), word.trim()));
}

/** `1..50`, or seeds separated by commas. What has two dots is meant as a range: a mistyped one is not taken for a seed. */
export function seedsChoice(text: string): unknown {
  const plain = plainText(text);
  if (/^\d+\.\.\d+$/.test(plain)) return plain;
  const seeds = plain.split(',').map((seed) => seed.trim());
  const mistyped = seeds.find((seed) => seed.includes('..'));
  if (mistyped !== undefined) {
    throw new InvalidArgumentError(
      `'${showText(mistyped)}' is not a range; give two whole numbers such as 1..10 alone, or seeds separated by commas.`,
    );
  }
  return seeds;
}

/** Names of tables, separated by commas. */
export function tableNames(text: string): readonly string[] {
  const known = keepableTables();
  const names = plainText(text)
    .split(',')
    .map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new InvalidArgumentError(`there is no table '${showText(name)}'; ${suggest(name, known)}.`);
  }
  return names;
}
