// Reads the form of *Runs*: its fields are text, a plan comes out, or one line on what is wrong in which field.
import { isAct } from '../../../scene/act-path.ts';
import type { Control } from '../../../worker/topics/parameters.ts';
import type { RunAddress } from '../../../worker/topics/run.ts';

/** Contents of the fields, as text. */
export interface RunsForm {
  /** Number of seeds. */
  seeds: string;
  ticks: string;
  /** Ticks between samples. */
  every: string;
  /** Values of the varied parameter, separated by commas. */
  values: string;
  /** Tick from which runs differ: up to then those of one seed are the same, including earlier changes. */
  from?: string;
}

export type RunsField = keyof RunsForm;

/** One line on the problem, and its field; no field if it concerns the whole plan. */
export interface FormProblem {
  readonly field: RunsField | undefined;
  readonly text: string;
}

/** Name of the plan in messages. */
export const planFile = 'plan';

const wholeNumber = /^\d{1,12}$/;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * The plan of a form, in the format of a plan file. Conditions that need the scene are left to the check of the plan.
 * @param address the run that is watched; its scene and the changes made in it
 * @param varied the parameter in which runs differ, if they do
 */
export function readForm(
  form: RunsForm,
  name: string,
  address: Pick<RunAddress, 'scene' | 'changes'>,
  varied: Control | undefined,
): { readonly plan: Readonly<Record<string, unknown>> } | FormProblem {
  const seeds = form.seeds.trim();
  if (!wholeNumber.test(seeds) || Number(seeds) < 1) {
    return { field: 'seeds', text: `seeds: ${shown(form.seeds)} is not allowed; give a whole number from 1 on` };
  }
  for (const field of ['ticks', 'every'] as const) {
    if (wholeNumber.test(form[field].trim())) continue;
    return { field, text: `${field}: ${shown(form[field])} is not allowed; give a whole number from 1 on` };
  }
  const from = (form.from ?? '0').trim();
  if (varied && !wholeNumber.test(from)) {
    return { field: 'from', text: `from: ${shown(from)} is not allowed; give a tick, 0 for the start` };
  }
  const values = varied ? readValues(form.values, varied) : [];
  if ('text' in values) return values;
  if (varied && Number(from) > 0) {
    return {
      plan: {
        version: 1,
        name,
        scene: address.scene,
        vary: { [`${Number(from)}:${varied.path}`]: values },
        seeds: `1..${seeds}`,
        ticks: Number(form.ticks),
        every: Number(form.every),
        // Earlier changes are made again at their ticks.
        changes: address.changes.filter(({ at }) => at <= Number(from)),
      },
    };
  }
  // Edits by hand applied to organisms of that tick.
  const settings = new Map(address.changes.filter(({ path }) => !isAct(path)).map(({ path, value }) => [path, value]));
  if (varied) settings.delete(varied.path);
  return {
    plan: {
      version: 1,
      name,
      scene: address.scene,
      set: Object.fromEntries(settings),
      vary: varied ? { [varied.path]: values } : {},
      seeds: `1..${seeds}`,
      ticks: Number(form.ticks),
      every: Number(form.every),
    },
  };
}

const shown = (text: string) => (text.trim() === '' ? 'nothing' : `'${text.trim().slice(0, 40)}'`);

function readValues(text: string, { kind, options }: Control): unknown[] | FormProblem {
  const refuse = (word: string, allowed: string): FormProblem => ({
    field: 'values',
    text: `values: ${shown(word)} is not allowed; give ${allowed}, separated by commas`,
  });
  const words = text.split(',').map((word) => word.trim());
  const values: unknown[] = [];
  for (const word of words) {
    if (kind === 'boolean') {
      if (word !== 'on' && word !== 'off') return refuse(word, 'on or off');
      values.push(word === 'on');
    } else if (kind === 'enum') {
      if (!options?.includes(word)) return refuse(word, (options ?? []).join(', '));
      values.push(word);
    } else {
      if (!number.test(word)) return refuse(word, 'numbers');
      values.push(Number(word));
    }
  }
  return values;
}

/** The problem found by the check of a plan, at its field. */
export function placeProblem(problem: string): FormProblem {
  const text = problem.startsWith(`${planFile}: `) ? problem.slice(planFile.length + 2) : problem;
  const field = (['seeds', 'ticks', 'every'] as const).find((name) => text.startsWith(`${name}:`));
  return { field: field ?? (text.startsWith('vary:') ? 'values' : undefined), text };
}
