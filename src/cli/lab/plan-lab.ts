import { canonicalJson } from '../../export/canonical-json.ts';
import { digestText } from '../../export/run-identity.ts';
import { software } from '../../export/software.ts';
import { landscapeForms, makeLandscape } from '../../habitat/landscape/forms.ts';
import { suggest } from '../../scene/nearest.ts';
import { parseScene } from '../../scene/parse.ts';
import type { Scene } from '../../scene/schema.ts';
import { showText } from '../../scene/show.ts';
import { UserError } from '../user-error.ts';
import type { LabFlags, LabSweep } from './lab-flags.ts';
import type { LabTask } from './lab-task.ts';
import { formVariables, isSimulated, type LabModel, labModels, labVariables, variableNames } from './lab-variables.ts';

/** Loci where neither the call nor the landscape says. */
const usualDimensions = 20;
/** Most runs of one call. */
const mostRuns = 100_000;

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
  const forms = landscapeForms().map(({ id }) => id);
  if (given === undefined) throw new UserError(`the landscape is missing; give one of ${forms.join(', ')}`);
  if (!forms.includes(given)) throw new UserError(`there is no landscape '${showText(given)}'; ${suggest(given, forms)}`);
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
  const combinations = combine(sweep.map(({ values }) => values));
  if (combinations.length * replicates > mostRuns) {
    throw new UserError(`these are ${combinations.length * replicates} runs; give at most ${mostRuns}`);
  }
  const cells = combinations.map((values): LabCell => {
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
  if (variable === undefined) return;
  const { least, most, whole } = variable;
  for (const value of values) {
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) continue;
    throw new UserError(`${name} ${value} is not allowed; give a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
}

/** Every combination, the last list fastest. */
function combine(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((all, list) => all.flatMap((one) => list.map((value) => [...one, value])), [[]]);
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
  values.dimensions ??= ownDimensions(form, parameters) ?? usualDimensions;
  const scene = isSimulated(model) ? sceneOf(form, model, parameters, values) : undefined;
  if (scene === undefined) {
    // Before anything runs: what the landscape itself refuses.
    try {
      makeLandscape(form, values.dimensions, parameters, 'check');
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UserError(error.message);
    }
  }
  return Array.from({ length: replicates }, (_, replicate) => {
    const task = { model, form, seed: `${seed}/${replicate + 1}`, burnIn, ticks, values, parameters };
    const id = digestText(canonicalJson({ ...task, ...(scene ? { scene } : {}), software }));
    return { id, ...task, ...(scene ? { scene } : {}) };
  });
}

/** Loci that a landscape asks for, or the fewest it can have where it cannot have as many as usual. */
function ownDimensions(form: string, parameters: Record<string, number>): number | undefined {
  const found = landscapeForms().find(({ id }) => id === form);
  const parsed = found?.parameters.safeParse(parameters);
  if (!found || !parsed?.success) return undefined;
  const asked = found.dimensionsOf?.(parsed.data);
  if (asked !== undefined) return asked;
  return found.range && found.range[1] < usualDimensions ? found.range[0] : undefined;
}

function sceneOf(
  form: string,
  model: LabModel,
  parameters: Record<string, number>,
  { sigma, h = 0, size, dimensions, start, b }: Record<string, number>,
): Scene {
  const single = model === 'annealing' || model === 'fixation';
  // A Moran generation is as many ticks as there are organisms.
  const rate = model === 'moran' ? h / size : h;
  return parseScene(
    {
      version: 1,
      name: 'lab',
      title: 'Lab',
      habitat: {
        kind: 'landscape',
        form,
        model,
        dimensions,
        forms: { [form]: parameters },
        ...(model === 'annealing' ? { annealing: { inverseTemperature: b } } : {}),
        ...(model === 'fixation' ? { fixation: { size } } : {}),
      },
      populations: {
        line: {
          founders: single ? 1 : size,
          start: { mean: start },
          mechanisms: {
            mutation: { on: true, rate: 1, deviation: sigma },
            transfer: { on: rate > 0, kind: 'loci', rate },
          },
        },
      },
    },
    'lab',
  );
}
