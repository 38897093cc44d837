import { InvalidArgumentError } from 'commander';
import { showText } from '../parameter/show.ts';
import { deepestJson } from '../scene/check-json.ts';
import { findJsonFault } from '../scene/json-fault.ts';
import { describeJsonProblem } from '../scene/read-json.ts';
import { longestSeed } from '../scene/schema.ts';
import { plainText } from './flags.ts';

// Flags about what a world is made of: values of parameters, and seeds.

/** `path=value` as it was typed. */
export interface Setting {
  readonly path: string;
  readonly value: unknown;
}

/** `tick:path=value` as it was typed. */
export interface ScheduledSetting extends Setting {
  readonly at: number;
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

/** A seed: any text that is not empty and not longer than `longestSeed`. */
export function seedText(text: string): string {
  const seed = plainText(text);
  if (seed.length > longestSeed) {
    throw new InvalidArgumentError(`it has ${seed.length} characters; give at most ${longestSeed}.`);
  }
  return seed;
}
