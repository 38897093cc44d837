import { formsOf, formVariables, valuesOf } from '../../analysis/lab/questions/asked.ts';
import { findQuestion, labQuestions } from '../../analysis/lab/questions/index.ts';
import type { LabAsked, LabQuestion } from '../../analysis/lab/questions/question.ts';
import { canonicalJson } from '../../export/canonical-json.ts';
import { digestText } from '../../export/run-identity.ts';
import { software } from '../../export/software.ts';
import { landscapeForms } from '../../habitat/landscape/forms.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { UserError } from '../user-error.ts';
import { checkForm, checkLandscape, checkRange, combine } from './lab-checks.ts';
import { type LabFlags, type LabSweep, stepsQuestion } from './lab-flags.ts';

/** One run of a question, as it is sent to a thread. */
export interface QuestionTask {
  /** 32 hexadecimal digits: the same name means the same result bit for bit. */
  readonly id: string;
  /** Id of the question. */
  readonly ask: string;
  readonly asked: LabAsked;
}

/** A call with a question, with everything looked up and checked. */
export interface QuestionPlan {
  readonly question: LabQuestion;
  readonly form: string;
  readonly sweep: readonly LabSweep[];
  readonly cells: readonly { readonly values: readonly number[]; readonly tasks: readonly QuestionTask[] }[];
  readonly replicates: number;
  readonly seed: string;
}

/**
 * Looks up and checks all flags, and lists the runs.
 * @throws {UserError} one line on the first problem
 */
export function planQuestion(ask: string, given: string | undefined, flags: LabFlags, seed: string): QuestionPlan {
  const question = findQuestion(ask);
  if (question === undefined) {
    const ids = [stepsQuestion, ...labQuestions.map(({ id }) => id)];
    throw new UserError(`there is no question '${showText(ask)}'; ${suggest(ask, ids)}`);
  }
  const form = checkLandscapeOf(question, given);
  refuseStepFlags(question, flags);
  const replicates = flags.replicates ?? (question.exact ? 1 : 8);
  if (question.exact && replicates > 1) throw new UserError(`${ask} is exact and needs one run; leave out --replicates`);
  const sweep = [...(flags.sweep ?? [])];
  for (const name of ['dimensions', 'size'] as const) {
    const value = flags[name];
    if (value === undefined) continue;
    if (sweep.some((one) => one.name === name))
      throw new UserError(`--${name} and --sweep ${name}= set the same; give one of them`);
    sweep.push({ name, values: [value] });
  }
  for (const { name, values } of sweep) checkName(question, form, name, values);
  const cells = combine(sweep, replicates).map((values) => {
    const chosen = Object.fromEntries(sweep.map(({ name }, i) => [name, values[i]]));
    return { values, tasks: tasksOf(question, form, chosen, replicates, seed) };
  });
  return { question, form, sweep, cells, replicates, seed };
}

/**
 * The landscape of a question, or ''. @throws {UserError} for a superfluous landscape, or one that the question does not work
 * on
 */
function checkLandscapeOf(question: LabQuestion, given: string | undefined): string {
  if (question.landscapes === 'none') {
    if (given === undefined) return '';
    throw new UserError(`${question.id} needs no landscape; leave out '${showText(given)}'`);
  }
  const forms = formsOf(question);
  if (given !== undefined && !forms.includes(given) && landscapeForms().some(({ id }) => id === given))
    throw new UserError(
      `${question.id} is not asked of the landscape '${given}'; give ${forms.length === 1 ? forms[0] : `one of ${forms.join(', ')}`}`,
    );
  checkForm(given, forms);
  return given;
}

/** @throws {UserError} for flags of the steps of models */
function refuseStepFlags(question: LabQuestion, { model, ticks, burnIn }: LabFlags): void {
  for (const [flag, value] of Object.entries({ '--model': model, '--ticks': ticks, '--burn-in': burnIn })) {
    if (value === undefined) continue;
    throw new UserError(
      `${flag} is for --ask ${stepsQuestion}; ${question.id} has --sweep ${question.parameters.map(({ name }) => name).join(', ')}`,
    );
  }
}

/** @throws {UserError} for a name that the question on this landscape lacks, or a value out of its range */
function checkName(question: LabQuestion, form: string, name: string, values: readonly number[]): void {
  const parameter = question.parameters.find((one) => one.name === name);
  if (parameter) {
    checkRange(parameter, values);
    return;
  }
  const own = form === '' ? [] : formVariables(form);
  if (own.includes(name)) return;
  const names = [...question.parameters.map((one) => one.name), ...own].join(', ');
  throw new UserError(`'${showText(name)}' is not a parameter of ${question.id}${form && ` on ${form}`}; give one of ${names}`);
}

function tasksOf(
  question: LabQuestion,
  form: string,
  chosen: Readonly<Record<string, number>>,
  replicates: number,
  seed: string,
): QuestionTask[] {
  const own = new Set(question.parameters.map(({ name }) => name));
  const given = Object.fromEntries(Object.entries(chosen).filter(([name]) => !own.has(name)));
  const parameters = { ...question.landscapeDefaults, ...given };
  const values = valuesOf(question, form, parameters, chosen);
  if (form !== '') checkLandscape(form, values.dimensions, parameters);
  const problem = question.problem?.(values);
  if (problem !== undefined) throw new UserError(`${question.id}: ${problem}`);
  return Array.from({ length: replicates }, (_, replicate) => {
    const task = { ask: question.id, asked: { form, parameters, values, seed: `${seed}/${replicate + 1}` } };
    return { id: digestText(canonicalJson({ ...task, software })), ...task };
  });
}
