import { labScene } from '../../analysis/lab/lab-scene.ts';
import { formVariables, ownDimensions } from '../../analysis/lab/questions/asked.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { digestText } from '../../export/run-identity.ts';
import { software } from '../../export/software.ts';
import { landscapeForms, makeLandscape } from '../../habitat/landscape/forms.ts';
import { showText } from '../../parameter/show.ts';
import type { Scene } from '../../scene/schema.ts';
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

/** A combination of swept values, with its runs. */
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
  /** A note on where the runs start. */
  readonly note?: string;
}

/**
 * Looks up and checks all flags, and lists the runs.
 * @throws {UserError
 * SceneError} one line on the first problem
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
    if (fixed.has(name)) throw new UserError(`--${name} and --sweep ${name}= set the same; give one of them`);
    checkVariable(name, values, model, given);
  }
  const cells = combine(sweep, replicates).map((values): LabCell => {
    const chosen = new Map([...fixed, ...sweep.map(({ name }, i) => [name, values[i]] as const)]);
    return { values, tasks: tasksOf(given, model, chosen, { replicates, ticks, burnIn, seed }) };
  });
  const note = noteOf(given, cells, new Set(sweep.map(({ name }) => name)));
  return { form: given, model, sweep, cells, replicates, ticks, burnIn, seed, ...(note === undefined ? {} : { note }) };
}

/** @throws {UserError} for a variable that the model on this landscape lacks, or a value out of its range */
function checkVariable(name: string, values: readonly number[], model: LabModel, form: string): void {
  const names = variableNames(model, form);
  if (!names.includes(name)) {
    throw new UserError(`'${showText(name)}' is not a variable of ${model} on ${form}; give one of ${names.join(', ')}`);
  }
  const variable = labVariables.find((one) => one.name === name && one.models.includes(model));
  // The landscape checks its own parameters.
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
  values.tilt ??= usualTilt(form, parameters, values);
  const scene = isSimulated(model) ? sceneOf(form, model, parameters, values) : undefined;
  if (scene === undefined) checkLandscape(form, values.dimensions, parameters);
  return Array.from({ length: replicates }, (_, replicate) => {
    const task = { model, form, seed: `${seed}/${replicate + 1}`, burnIn, ticks, values, parameters };
    const id = digestText(canonicalJson({ ...task, ...(scene ? { scene } : {}), software }));
    return { id, ...task, ...(scene ? { scene } : {}) };
  });
}

/**
 * 1 where equal loci are at rest and a tilt of the first ends the rest; otherwise 0, also where the landscape refuses its
 * parameters.
 */
function usualTilt(form: string, parameters: Record<string, number>, { dimensions, start }: Record<string, number>): number {
  return isAtRest(form, parameters, { dimensions, start, tilt: 0 }) && !isAtRest(form, parameters, { dimensions, start, tilt: 1 })
    ? 1
    : 0;
}

/** Whether the gradient is 0 where a run starts, among identical organisms. */
function isAtRest(
  form: string,
  parameters: Record<string, number>,
  { dimensions, start, tilt }: { readonly dimensions: number; readonly start: number; readonly tilt: number },
): boolean {
  try {
    const landscape = makeLandscape(form, dimensions, parameters, 'check');
    const place = new Float64Array(dimensions).fill(start);
    place[0] += tilt;
    landscape.meet(place, 1, dimensions, 0);
    const gradient = new Float64Array(dimensions);
    landscape.gradient(place, 0, gradient);
    // What rounding leaves of 0.
    return gradient.every((slope) => Math.abs(slope) < 1e-12);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A note on where the runs start: an automatic tilt, or a rest. */
function noteOf(form: string, cells: readonly LabCell[], chosen: ReadonlySet<string>): string | undefined {
  const first = cells[0].tasks[0];
  const { dimensions, start, tilt } = first.values;
  if (isAtRest(form, first.parameters, { dimensions, start, tilt })) {
    return `the runs start at rest: the gradient is 0 where every locus is ${start}; --sweep start= and tilt= start them elsewhere`;
  }
  if (tilt === 0 || chosen.has('tilt')) return undefined;
  return `the runs start with locus 1 at ${start + tilt} and the others at ${start}: with all loci alike ${form} is at rest; --sweep tilt= starts them elsewhere`;
}

/** @throws {SceneError} for values that a scene refuses */
function sceneOf(form: string, model: SimulatedModel, parameters: Record<string, number>, values: Record<string, number>): Scene {
  const { sigma, h = 0, size = 1, dimensions, start, b } = values;
  return labScene({ form, parameters, model, dimensions, size, sigma, h, start, ...(b === undefined ? {} : { b }) });
}
