import { InvalidArgumentError } from 'commander';
import { formats } from '../export/format-list.ts';
import type { SampleChoice } from '../export/sample-history.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { plainText } from './flags.ts';

/** Names of formats, separated by commas. */
export function formatNames(text: string): readonly string[] {
  const known = [...formats.map(({ id }) => id), 'all'];
  const names = plainText(text)
    .split(',')
    .map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new InvalidArgumentError(`unknown format '${showText(name)}'; ${suggest(name, known)}.`);
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
