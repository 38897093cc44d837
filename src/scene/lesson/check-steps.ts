// Checks what the steps of a lesson say of each other.

import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { Check, Lesson, Predict, Range } from './schema.ts';

const lowest = ({ from }: Range) => from ?? Number.NEGATIVE_INFINITY;
const highest = ({ to }: Range) => to ?? Number.POSITIVE_INFINITY;

/** What is wrong with the answers of a prediction, as a path below the step and a text. */
function checkAnswers({ answers, curve }: Predict): [string, string][] {
  if ((answers === undefined) === (curve === undefined))
    return [['', 'a prediction has either answers or a curve; give one of them']];
  if (curve) {
    const problems: [string, string][] = [];
    if (curve.from >= curve.to) problems.push(['.curve', `must end after it begins (got ${curve.from} and ${curve.to})`]);
    if (curve.low >= curve.high) problems.push(['.curve', `low must be below high (got ${curve.low} and ${curve.high})`]);
    return problems;
  }
  const ranges = (answers ?? []).map(({ when }) => when);
  for (const [i, range] of ranges.entries()) {
    if (lowest(range) >= highest(range)) return [[`.answers[${i}].when`, 'never holds; give a from that is below to']];
    const other = ranges.findIndex((one, j) => j < i && lowest(one) < highest(range) && lowest(range) < highest(one));
    if (other >= 0)
      return [[`.answers[${i}].when`, `overlaps that of answers[${other}]; one value must not make two answers right`]];
  }
  return [];
}

/**
 * Reports what steps say of each other and cannot be: runs that end before they begin, checks of what was not predicted or measured.
 * @returns one line a problem, with its path
 */
export function checkSteps({ steps }: Lesson): string[] {
  const problems: string[] = [];
  const predictions = new Map<string, Predict>();
  const checks = new Set<string>();
  const judged = new Set<string>();
  const ids = new Set<string>();
  /** Predictions after which the world has run. */
  const tried = new Set<string>();
  const reach: Reach = { earliest: 0, latest: 0 };
  for (const [i, step] of steps.entries()) {
    const report = (path: string, text: string) => problems.push(`steps[${i}]${path}: ${text}`);
    if (step.start) Object.assign(reach, { earliest: 0, latest: 0 });
    if ('id' in step && step.id !== undefined) {
      if (ids.has(step.id)) report('.id', `'${showText(step.id)}' is the id of two steps; rename one`);
      ids.add(step.id);
    }
    if (step.kind === 'predict') {
      for (const [path, text] of checkAnswers(step)) report(path, text);
      predictions.set(step.id, step);
    }
    if (step.kind === 'run') {
      const { tick, measure, above, below } = step.until;
      if (tick <= reach.latest) {
        const text = `the world may be at tick ${reach.latest} already, so the run could not end; give a later tick, or start the world again`;
        report('.until.tick', text);
      }
      if ((measure === undefined) !== (above === undefined && below === undefined)) {
        report('.until', 'a measure needs above or below, and these need a measure; give both or none');
      }
      reach.latest = Math.max(reach.latest, tick);
      // One that ends at a measure may end as soon as it begins.
      if (measure === undefined) reach.earliest = reach.latest;
      for (const id of predictions.keys()) tried.add(id);
    }
    if (step.kind === 'check') {
      for (const [path, text] of checkCheck(step, { predictions, tried, checks, reach })) report(path, text);
      if (step.of !== undefined) judged.add(step.of);
      if (step.id !== undefined) checks.add(step.id);
    }
    if (step.kind === 'ask' && step.choices && !step.choices.some(({ right }) => right)) {
      report('.choices', 'none is right; mark at least one with "right": true');
    }
  }
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'predict' && !judged.has(step.id)) {
      problems.push(
        `steps[${i}].id: no check judges the prediction '${showText(step.id)}'; add one with "of": "${showText(step.id)}"`,
      );
    }
  }
  return problems;
}

/** Ticks between which the world is when a step is reached, unless its organisms have died. */
interface Reach {
  earliest: number;
  latest: number;
}

/** What came before a check. */
interface Before {
  readonly predictions: ReadonlyMap<string, Predict>;
  /** Those of them after which the world has run. */
  readonly tried: ReadonlySet<string>;
  readonly checks: ReadonlySet<string>;
  readonly reach: Reach;
}

function checkCheck(
  { of, measure, over, since, versus }: Check,
  { predictions, tried, checks, reach: { earliest, latest } }: Before,
): [string, string][] {
  const problems: [string, string][] = [];
  const curve = of === undefined ? undefined : predictions.get(of)?.curve;
  if (of !== undefined && !predictions.has(of)) {
    problems.push(['.of', `'${showText(of)}' was not predicted before; ${suggest(of, [...predictions.keys()])}`]);
  }
  if (of !== undefined && predictions.has(of) && !tried.has(of)) {
    problems.push([
      '.of',
      `nothing has run since '${showText(of)}' was predicted; put a run between the prediction and this check`,
    ]);
  }
  /** @param needed tick that a check of what ends there needs @param otherwise what is wrong if no run can have reached it */
  const needs = (path: string, needed: number, otherwise: string) => {
    if (needed > latest) problems.push([path, otherwise]);
    else if (needed > earliest) {
      const text = `needs tick ${needed}, but the world may be at tick ${earliest} still: a run that ends at a measure may end at once`;
      problems.push([path, `${text}; put a run to tick ${needed} before that one`]);
    }
  };
  if (latest === 0) problems.push(['', 'nothing has run since the world started; put a run before it']);
  if (curve && (measure !== undefined || since !== undefined || versus)) {
    problems.push(['', 'a curve is compared with its own measure; remove measure, since and versus']);
  }
  if (curve)
    needs('.of', curve.to, `the curve ends at tick ${curve.to}, but the world has run to tick ${latest} at most; run it longer`);
  if (!curve && measure === undefined) problems.push(['.measure', 'is missing; give a probe and its column']);
  if (!curve) needs('.over', over, `${over} ticks are more than the ${latest} that were run; give fewer`);
  if (since !== undefined)
    needs('.since', since + over, `tick ${since} and ${over} ticks more is after the run; give an earlier tick`);
  if (versus && !checks.has(versus.check)) {
    problems.push([
      '.versus.check',
      `'${showText(versus.check)}' is not an earlier check; ${suggest(versus.check, [...checks])}`,
    ]);
  }
  return problems;
}
