import { labScene } from '../../analysis/lab/lab-scene.ts';
import { formVariables, ownDimensions } from '../../analysis/lab/questions/asked.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { digestText } from '../../export/run-identity.ts';
import { software } from '../../export/software.ts';
import { landscapeForms } from '../../habitat/landscape/forms.ts';
import type { Scene } from '../../scene/schema.ts';
import { showText } from '../../scene/show.ts';
import { UserError } from '../user-error.ts';
import { checkForm, checkLandscape, checkRange, combine } from './lab-checks.ts';
import type { LabFlags, LabSweep } from './lab-flags.ts';
import type { LabTask } from './lab-task.ts';
import {
  isSimulated,
  type LabModel,
  labModels,
  labVariables,
  type SimulatedModel,
  usualDimensions,
  variableNames,
} from './lab-variables.ts';

/** A combination of what is swept, with its runs. */
export interface LabCell {
  /** A value for each of `LabPlan.sweep`. */
  readonly values: readonly number[];
  readonly tasks: readonly LabTask[];
}

/** A call of the lab with everything looked up and checked. */
export interface LabPlan {
  readonly form: string;
  readonly model: LabModel;
  readonly sweep: readonly LabSweep[];
  readonly cells: readonly LabCell[];
  readonly replicates: number;
  readonly ticks: number;
  readonly burnIn: number;
  readonly seed: string;
}

/**
 * Looks up and checks all that was asked for, and lists the runs.
 * @throws {UserError | SceneError} one line on the first thing that cannot be.
 */
export function planLab(given: string | undefined, flags: LabFlags, seed: string): LabPlan {
  const { model, replicates = 8, ticks = 500 } = flags;
  checkForm(
    given,
    landscapeForms().map(({ id }) => id),
  );
  if (model === undefined) throw new UserError(`--model is missing; give one of ${labModels.join(', ')}`);
  const burnIn = flags.burnIn ?? Math.floor(ticks / 5);
  const fixed = new Map<string, number>();
  for (const name of ['dimensions', 'size'] as const) {
    const value = flags[name];
    if (value === undefined) continue;
    checkVariable(name, [value], model, given);
    fixed.set(name, value);
  }
  const sweep = flags.sweep ?? [];
  for (const { name, values } of sweep) {
    if (fixed.has(name)) throw new UserError(`--${name} and --sweep ${name}= say the same; give one of them`);
    checkVariable(name, values, model, given);
  }
  const cells = combine(sweep, replicates).map((values): LabCell => {
    const chosen = new Map([...fixed, ...sweep.map(({ name }, i) => [name, values[i]] as const)]);
    return { values, tasks: tasksOf(given, model, chosen, { replicates, ticks, burnIn, seed }) };
  });
  return { form: given, model, sweep, cells, replicates, ticks, burnIn, seed };
}

/** @throws {UserError} for a variable that the model on this landscape has not, or a value out of its range. */
function checkVariable(name: string, values: readonly number[], model: LabModel, form: string): void {
  const names = variableNames(model, form);
  if (!names.includes(name)) {
    throw new UserError(`'${showText(name)}' is nothing that ${model} on ${form} has; it has ${names.join(', ')}`);
  }
  const variable = labVariables.find((one) => one.name === name && one.models.includes(model));
  // The landscape checks what is its own.
  if (variable !== undefined) checkRange(variable, values);
}

function tasksOf(
  form: string,
  model: LabModel,
  chosen: ReadonlyMap<string, number>,
  { replicates, ticks, burnIn, seed }: Pick<LabPlan, 'replicates' | 'ticks' | 'burnIn' | 'seed'>,
): LabTask[] {
  const own = formVariables(form);
  const variables = labVariables.filter(({ models }) => models.includes(model));
  const parameters = Object.fromEntries([...chosen].filter(([name]) => own.includes(name)));
  const values: Record<string, number> = {};
  for (const { name, fallback } of variables) {
    const value = chosen.get(name) ?? fallback;
    if (value !== undefined) values[name] = value;
  }
  values.dimensions ??= ownDimensions(form, parameters, usualDimensions);
  const scene = isSimulated(model) ? sceneOf(form, model, parameters, values) : undefined;
  if (scene === undefined) checkLandscape(form, values.dimensions, parameters);
  return Array.from({ length: replicates }, (_, replicate) => {
    const task = { model, form, seed: `${seed}/${replicate + 1}`, burnIn, ticks, values, parameters };
    const id = digestText(canonicalJson({ ...task, ...(scene ? { scene } : {}), software }));
    return { id, ...task, ...(scene ? { scene } : {}) };
  });
}

/** @throws {SceneError} for what a scene refuses. */
function sceneOf(form: string, model: SimulatedModel, parameters: Record<string, number>, values: Record<string, number>): Scene {
  const { sigma, h = 0, size = 1, dimensions, start, b } = values;
  return labScene({ form, parameters, model, dimensions, size, sigma, h, start, ...(b === undefined ? {} : { b }) });
}
