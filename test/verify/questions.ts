import { valuesOf } from '../../src/analysis/lab/questions/asked.ts';
import { correlated } from '../../src/analysis/lab/questions/correlated.ts';
import { curvature } from '../../src/analysis/lab/questions/curvature.ts';
import { drift } from '../../src/analysis/lab/questions/drift.ts';
import type { LabQuestion, LabRow } from '../../src/analysis/lab/questions/question.ts';
import { sex } from '../../src/analysis/lab/questions/sex.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { markdownTable } from './markers.ts';
import type { Verification } from './verification.ts';

/** A question of `upslope lab --ask` as the documents ask it, and what they show of the answer. */
interface Asked {
  readonly question: LabQuestion;
  readonly form: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, number>>;
  /** Rows by the texts of their keys, as they appear in the table; their titles. */
  readonly rows: readonly (readonly [key: string, title: string])[];
  /** Heads of the columns by measure. */
  readonly measures: Readonly<Record<string, string>>;
  /** What theory says, where it does: a row and a measure of it. */
  readonly expected: readonly (readonly [key: string, measure: string, theory: (of: (measure: string) => number) => number])[];
}

const asked: Readonly<Record<string, Asked>> = {
  correlated: {
    question: correlated,
    form: '',
    parameters: {},
    values: {},
    rows: [
      ['sgd, judged by a minibatch', 'SGD by minibatches'],
      ['annealing, judged by all', 'annealing, judged by all examples'],
      ['annealing, judged by a minibatch', 'annealing, judged by a minibatch'],
      ['wright-fisher, judged by all', 'a generation, judged by all examples'],
      ['wright-fisher, judged by a minibatch', 'a generation, judged by a minibatch'],
    ],
    measures: { correlation: 'correlation of the two components', expected: 'by theory', rank: 'effective rank' },
    expected: [
      ...['annealing, judged by all', 'annealing, judged by a minibatch', 'wright-fisher, judged by all'].map(
        (row) => [row, 'correlation', () => 0] as const,
      ),
      // 1/(1 + B/(N a^2 V)) is to first order in a^2 V, here 0.01.
      ['wright-fisher, judged by a minibatch', 'correlation', (of) => of('expected')],
    ],
  },
  curvature: {
    question: curvature,
    form: 'moving',
    parameters: { condition: 100, speed: 0.002 },
    values: {},
    rows: [
      ['wright-fisher, 1', 'a population'],
      ['sgd, 1', 'SGD on a regression with these curvatures'],
    ],
    measures: { exponent: 'exponent of the variance of a step in the curvature' },
    expected: [],
  },
  sex: {
    question: sex,
    form: 'linear',
    parameters: {},
    values: {},
    rows: [
      ['clones', 'clones'],
      ['transfer', 'transfer, h = 0.1'],
      ['sex', 'sex with free recombination'],
      ['sex and transfer', 'both'],
    ],
    measures: {
      bits: 'bits per organism and generation',
      gain: 'log2 fitness gained by selection per generation',
      variance: 'variance of log fitness',
    },
    expected: [],
  },
  'selection-plus-drift': {
    question: drift,
    form: 'bowl',
    parameters: { width: 5 },
    values: {},
    rows: [
      ['1', 'after 1 generation'],
      ['10', 'after 10 generations'],
    ],
    measures: {
      ratio: 'spread of means over G/Ne',
      departure: 'squared distance from G b over what drift leaves',
      effective: 'Ne',
    },
    expected: [['1', 'ratio', () => 1]],
  },
};

const keyOf = ({ keys }: LabRow) => keys.join(', ');

/** A mean over seeds with its standard error, to as many digits as that has two of. */
function show(values: readonly number[]): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value));
  if (known.length === 0) return '-';
  const error = known.length > 1 ? standardError(known) : 0;
  if (!(error > 1e-9 * Math.abs(mean(known)))) return String(Number(mean(known).toPrecision(4)));
  const digits = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${mean(known).toFixed(digits)} ± ${error.toFixed(digits)}`;
}

function tablesOf(results: readonly Record<string, number>[]): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(asked).map(([name, { rows, measures }]) => [
      name,
      markdownTable(
        ['', ...Object.values(measures)],
        rows.map(([key, title]) => [
          title,
          ...Object.keys(measures).map((one) => show(results.map((result) => result[`${name}/${key}/${one}`]))),
        ]),
      ),
    ]),
  );
}

/** What landscapes answer to the questions that docs/equivalence.md asks them, by the functions of `upslope lab --ask`. */
export const questions: Verification = {
  name: 'questions',
  title:
    'Questions: what landscapes answer to upslope lab --ask (correlated; curvature of moving; sex on linear; drift in a bowl of width 5), means over seeds',
  scenes: [],
  mostSeeds: 8,
  measure: (seed) =>
    Object.fromEntries(
      Object.entries(asked).flatMap(([name, { question, form, parameters, values, rows, measures }]) => {
        const given = valuesOf(question, form, parameters, values);
        const answer = question.measure({ form, parameters, values: given, seed: `questions ${seed}` });
        return rows.flatMap(([key]) => {
          const row = answer.find((one) => keyOf(one) === key);
          if (!row) throw new Error(`${name}: no row '${key}' among ${answer.map(keyOf).join('; ')}`);
          return Object.keys(measures).map((one): [string, number] => [
            `${name}/${key}/${one}`,
            row.measures[question.measures.findIndex((measure) => measure.name === one)],
          ]);
        });
      }),
    ),
  judge(results) {
    const lines = Object.entries(tablesOf(results)).flatMap(([name, table]) => ['', name, ...table]);
    const holds = Object.entries(asked).every(([name, { expected }]) =>
      expected.every(([key, measure, theory]) => {
        const of = (one: string) => results.map((result) => result[`${name}/${key}/${one}`]);
        const found = of(measure);
        return Math.abs(mean(found) - theory((one) => mean(of(one)))) < 4 * standardError(found);
      }),
    );
    return { lines, holds };
  },
  tables: tablesOf,
};
