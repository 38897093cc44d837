import { InvalidArgumentError } from 'commander';
import { windowsPathProblem } from '../export/portable-name.ts';
import { showText } from '../parameter/show.ts';

/** Most ticks that a flag may ask for. */
export const mostTicks = 100_000_000;

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
