import { InvalidArgumentError } from 'commander';
import { formats } from '../export/format-list.ts';
import { windowsPathProblem } from '../export/portable-name.ts';
import type { SampleChoice } from '../export/sample-history.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { deepestJson } from '../scene/check-json.ts';
import { findJsonFault } from '../scene/json-fault.ts';
import { describeJsonProblem } from '../scene/read-json.ts';
import { longestSeed } from '../scene/schema.ts';

/** Most ticks that a flag may ask for. */
export const mostTicks = 100_000_000;

/** `path=value` as it was typed. */
export interface Setting {
  readonly path: string;
  readonly value: unknown;
}

/** `tick:path=value` as it was typed. */
export interface ScheduledSetting extends Setting {
  readonly at: number;
}

/** Parser of ticks separated by commas, in ascending order. */
export function tickList(most: number): (text: string) => readonly number[] {
  const one = wholeNumber(1, most);
  return (text) => {
    const ticks = text.split(',').map(one);
    const back = ticks.findIndex((tick, i) => i > 0 && tick <= ticks[i - 1]);
    if (back > 0) throw new InvalidArgumentError(`give ascending ticks; ${ticks[back]} comes after ${ticks[back - 1]}.`);
    return ticks;
  };
}

/** Parser of a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`give a whole number from ${least} to ${most}, not '${showText(text)}'.`);
    }
    return value;
  };
}

/** Collects `--set path=value`. The value is JSON where it can be read as such, otherwise a word. */
export function collectSetting(text: string, before: readonly Setting[] = []): readonly Setting[] {
  return [...before, readSetting(text, text)];
}

/** Collects `--at tick:path=value`. */
export function collectScheduled(text: string, before: readonly ScheduledSetting[] = []): readonly ScheduledSetting[] {
  const colon = text.indexOf(':');
  const at = colon > 0 ? text.slice(0, colon) : '';
  if (!/^\d{1,9}$/.test(at)) {
    throw new InvalidArgumentError(`give tick:path=value, for example 500:habitat.grass.regrowth=0.01, not '${showText(text)}'.`);
  }
  return [...before, { at: Number(at), ...readSetting(text.slice(colon + 1), text) }];
}

function readSetting(text: string, whole: string): Setting {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new InvalidArgumentError(`give path=value, for example habitat.grass.regrowth=0.01, not '${showText(whole)}'.`);
  }
  return { path: text.slice(0, equals).trim(), value: jsonOrWord(text.slice(equals + 1).trim()) };
}

const jsonOrWord = (text: string) => readValue(text, text);

/**
 * A value as it was typed: JSON where it is valid JSON, otherwise `otherwise`.
 * @throws {InvalidArgumentError} for JSON that lists a key twice, has the key `__proto__`, or is nested too deep
 */
export function readValue(text: string, otherwise: unknown): unknown {
  const fault = findJsonFault(text, deepestJson);
  if (fault === undefined) return JSON.parse(text);
  if (fault.kind === 'broken' || fault.kind === 'cut off') return otherwise;
  throw new InvalidArgumentError(`${describeJsonProblem(text, 'value')}.`);
}

/** A text that is not empty, not too long, and not the next flag. */
export function plainText(text: string): string {
  if (text === '') throw new InvalidArgumentError('it is empty; give a value.');
  if (text.startsWith('--')) throw new InvalidArgumentError(`a value is missing before '${showText(text)}'.`);
  if (text.includes('\0')) throw new InvalidArgumentError('it contains a zero character; leave it out.');
  if (text.length > 4000) throw new InvalidArgumentError(`it has ${text.length} characters; give at most 4000.`);
  return text;
}

/**
 * A directory that is written into. On Windows its parts must be valid names: from others Windows would make another folder, or
 * a device.
 * @param platform as `process.platform`
 */
export function outDirectory(text: string, _before?: string, platform: string = process.platform): string {
  const path = plainText(text);
  const problem = platform === 'win32' ? windowsPathProblem(path) : undefined;
  if (problem !== undefined) throw new InvalidArgumentError(`${showText(problem, 200)}; give a name that Windows accepts.`);
  return path;
}

/** One name or more, each once, separated by commas. */
export function nameList(text: string): readonly string[] {
  const names = plainText(text)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('give one name or more, separated by commas.');
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined) throw new InvalidArgumentError(`'${showText(twice)}' is there twice; give each name once.`);
  return names;
}

/** A seed: any text that is not empty and not longer than `longestSeed`. */
export function seedText(text: string): string {
  const seed = plainText(text);
  if (seed.length > longestSeed) {
    throw new InvalidArgumentError(`it has ${seed.length} characters; give at most ${longestSeed}.`);
  }
  return seed;
}

/** Names of formats, separated by commas. */
export function formatNames(text: string): readonly string[] {
  const known = [...formats.map(({ id }) => id), 'all'];
  const names = plainText(text)
    .split(',')
    .map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new InvalidArgumentError(`there is no format '${showText(name)}'; ${suggest(name, known)}.`);
  }
  return names;
}

/** `all`, `living`, or a number of organisms. */
export function sampleChoice(text: string): SampleChoice {
  if (text === 'all' || text === 'living') return text;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError(`give all, living, or a number of organisms, not '${showText(text)}'.`);
  return count;
}

/** Any number. */
export function realNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`give a number, not '${showText(text)}'.`);
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(`give a number above 0, not '${showText(text)}'.`);
}
