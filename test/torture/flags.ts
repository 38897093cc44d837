import { availableParallelism } from 'node:os';
import { suggest } from '../../src/parameter/nearest.ts';
import { longestSeed } from '../../src/scene/schema.ts';
import type { Campaign } from './campaign.ts';

/** A flag that makes no sense: one line on what is wrong and what to give. */
export class FlagError extends Error {}

export interface Flags {
  readonly campaign: Campaign;
  readonly seed: string;
  readonly size: number;
  readonly jobs: number;
  readonly targets: readonly string[];
  readonly from: number | undefined;
}

const known = ['--seed', '--size', '--jobs', '--only', '--from'] as const;

/**
 * Reads the words after `npm run torture --`.
 * @throws {FlagError}
 */
export function readFlags(words: readonly string[], campaigns: readonly Campaign[]): Flags {
  const [name, ...rest] = words;
  const campaign = campaigns.find((one) => one.name === name);
  if (!campaign) {
    const names = campaigns.map((one) => one.name);
    throw new FlagError(
      name === undefined
        ? `the campaign is missing; give one of ${names.join(', ')}`
        : `there is no campaign '${name}'; ${suggest(name, names)}`,
    );
  }
  const given = new Map<string, string>();
  for (let i = 0; i < rest.length; i += 2) {
    const [flag, value] = [rest[i], rest[i + 1]];
    if (!(known as readonly string[]).includes(flag)) throw new FlagError(`unknown flag '${flag}'; ${suggest(flag, known)}`);
    if (value === undefined) throw new FlagError(`${flag} needs a value`);
    if (given.has(flag)) throw new FlagError(`${flag} is given twice; give it once`);
    given.set(flag, value);
  }
  const only = given.get('--only');
  const targets = campaign.targets.map((target) => target.name);
  if (only !== undefined && !targets.includes(only)) {
    throw new FlagError(`${campaign.name} has no target '${only}'; ${suggest(only, targets)}`);
  }
  if (given.has('--from') && only === undefined && targets.length > 1) {
    throw new FlagError('--from repeats one case; give its target with --only');
  }
  const seed = given.get('--seed') ?? '1';
  if (seed === '' || seed.length > longestSeed) throw new FlagError(`--seed must have 1 to ${longestSeed} characters`);
  return {
    campaign,
    seed,
    size: wholeNumber(given, '--size', 1) ?? campaign.usualSize,
    jobs: wholeNumber(given, '--jobs', 1) ?? availableParallelism(),
    targets: only === undefined ? targets : [only],
    from: wholeNumber(given, '--from', 0),
  };
}

function wholeNumber(given: ReadonlyMap<string, string>, flag: string, least: number): number | undefined {
  const text = given.get(flag);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value < least) {
    throw new FlagError(`${flag} must be a whole number of ${least} or more (got '${text}')`);
  }
  return value;
}
