import { makeLandscape } from '../../habitat/landscape/forms.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { UserError } from '../user-error.ts';
import type { LabSweep } from './lab-flags.ts';

/** Most runs of one call. */
const mostRuns = 100_000;

/** @throws {UserError} for a missing or unknown landscape */
export function checkForm(given: string | undefined, forms: readonly string[]): asserts given is string {
  if (given === undefined) throw new UserError(`the landscape is missing; give one of ${forms.join(', ')}`);
  if (!forms.includes(given)) throw new UserError(`there is no landscape '${showText(given)}'; ${suggest(given, forms)}`);
}

/** @throws {UserError} for a value out of its range. */
export function checkRange(
  {
    name,
    least,
    most,
    whole,
  }: { readonly name: string; readonly least: number; readonly most: number; readonly whole?: boolean },
  values: readonly number[],
): void {
  for (const value of values) {
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) continue;
    throw new UserError(`${name} must be a ${whole ? 'whole ' : ''}number from ${least} to ${most} (got ${value})`);
  }
}

/**
 * Every combination of what is swept, the last list fastest.
 * @throws {UserError} for more runs than one call makes
 */
export function combine(sweep: readonly LabSweep[], replicates: number): number[][] {
  const all = sweep.reduce<number[][]>(
    (lists, { values }) => lists.flatMap((one) => values.map((value) => [...one, value])),
    [[]],
  );
  const runs = all.length * replicates;
  if (runs > mostRuns) throw new UserError(`the sweep has ${runs} runs; give at most ${mostRuns}`);
  return all;
}

/** @throws {UserError} for parameters that a landscape refuses, before anything runs */
export function checkLandscape(form: string, dimensions: number, parameters: Record<string, number>): void {
  try {
    makeLandscape(form, dimensions, parameters, 'check');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(error.message);
  }
}
