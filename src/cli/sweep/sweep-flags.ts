import { InvalidArgumentError } from 'commander';
import { keepableTables } from '../../experiment/plan.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { plainText, readValue, type ScheduledSetting, type Setting } from '../flags.ts';

/** `path=a,b,c` as it was typed. */
export interface Variation {
  readonly path: string;
  readonly values: readonly unknown[];
}

/** `i/n` as it was typed: the i-th of n shares, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Flags of `upslope sweep`; undefined where not given. */
export interface SweepFlags {
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
  readonly lease?: number;
  readonly shard?: Shard;
  readonly retry?: boolean;
  readonly status?: boolean;
  readonly collect?: boolean;
  readonly slurm?: boolean;
  readonly dryRun?: boolean;
  readonly tasks?: number;
  readonly partition?: string;
  readonly time?: string;
  readonly mem?: string;
  readonly account?: string;
  readonly qos?: string;
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

/** `1..50`, or seeds separated by commas. */
export function seedsChoice(text: string): unknown {
  const plain = plainText(text);
  return /^\d+\.\.\d+$/.test(plain) ? plain : plain.split(',').map((seed) => seed.trim());
}

/** `i/n` with 1 <= i <= n. */
export function shardChoice(text: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    throw new InvalidArgumentError(`give i/n, the i-th of n shares, for example 1/8, not '${showText(text)}'.`);
  }
  return shard;
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

/** A word for a scheduler's script, without characters that a shell would interpret. */
export function schedulerWord(text: string): string {
  if (!/^[\w.:,@+-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError(`give only letters, digits and . : , @ + -, not '${showText(text)}'.`);
  }
  return text;
}
