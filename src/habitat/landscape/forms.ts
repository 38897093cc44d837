import type { z } from 'zod';
import { safeParse } from '../../parameter/safe-parse.ts';
import { bowl } from './bowl.ts';
import { competition } from './competition.ts';
import { game, hawkDove, rockPaperScissors } from './game.ts';
import { iris } from './iris.ts';
import type { Landscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';
import { linear } from './linear.ts';
import { moving } from './moving.ts';
import { needle } from './needle.ts';
import { peaks } from './peaks.ts';
import { polygenic } from './polygenic.ts';
import { regression } from './regression.ts';
import { rugged } from './rugged.ts';
import { valley } from './valley.ts';

export type { LandscapeForm } from './landscape-form.ts';

const forms: readonly LandscapeForm[] = [
  linear,
  bowl,
  valley,
  peaks,
  rugged,
  moving,
  iris,
  regression,
  competition,
  polygenic,
  hawkDove,
  rockPaperScissors,
  game,
  needle,
] as readonly LandscapeForm[];

/** Every form of landscape, first those whose fitness does not depend on other organisms. @experimental */
export function landscapeForms(): readonly LandscapeForm[] {
  return forms;
}

const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};

/** What may replace a wrong value. */
function whatIsAllowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `give ${kinds[issue.expected] ?? 'another value'}`;
  if (issue.code === 'invalid_value') return `give one of ${issue.values.join(', ')}`;
  const of = 'origin' in issue && issue.origin === 'array' ? ' entries' : '';
  if (issue.code === 'too_small') return `give ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${of}`;
  if (issue.code === 'too_big') return `give ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${of}`;
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

/** What is wrong with the first wrong parameter, in one line. */
function describeProblem(issues: readonly z.core.$ZodIssue[], form: LandscapeForm): string {
  const [issue] = issues;
  const said = whatIsAllowed(issue);
  const rest = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  if (issue.code === 'unrecognized_keys') return `${said}; it has ${Object.keys(form.parameters.shape).join(', ')}${rest}`;
  if (issue.path.length === 0) return `parameters: ${said}${rest}`;
  const value = JSON.stringify(issue.input) ?? String(issue.input);
  return `${issue.path.join('.')} is ${value.length > 40 ? `${value.slice(0, 39)}…` : value}; ${said}${rest}`;
}

/**
 * Makes the landscape `id` of `dimensions` loci. The same arguments give the same landscape, bit for bit, everywhere.
 * @param parameters those of the form; omitted ones have their defaults
 * @param seed seed of the random parts
 * @throws {RangeError} in one line for an unknown form, bad parameters or dimensions that it cannot have
 * @experimental
 */
export function makeLandscape(id: string, dimensions: number, parameters: unknown, seed: string): Landscape {
  const form = forms.find((one) => one.id === id);
  if (form === undefined) throw new RangeError(`no landscape '${id}'; known: ${forms.map((one) => one.id).join(', ')}`);
  const result = safeParse(form.parameters, parameters);
  if (!result.success) throw new RangeError(`landscape '${id}': ${describeProblem(result.error.issues, form)}`);
  const asked = form.dimensionsOf?.(result.data);
  if (asked !== undefined && dimensions !== asked) {
    throw new RangeError(`landscape '${id}': ${dimensions} dimensions; with these parameters it has ${asked}`);
  }
  const [fewest, most] = form.range ?? [1, 65536];
  if (!(Number.isInteger(dimensions) && dimensions >= fewest && dimensions <= most)) {
    throw new RangeError(`landscape '${id}': ${dimensions} dimensions; give a whole number from ${fewest} to ${most}`);
  }
  return form.make(dimensions, result.data, seed);
}
