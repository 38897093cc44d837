import { makeLandscape } from '../../../habitat/landscape/forms.ts';
import type { Landscape } from '../../../habitat/landscape/landscape.ts';

/** A numeric parameter of a question. */
export interface LabParameter {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
  /** Default value. Absent for `dimensions`: then it is what the landscape asks for, or otherwise 10. */
  readonly fallback?: number;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** A column of an answer. */
export interface LabColumn {
  readonly name: string;
  /** Head of the column where it is printed, and label of an axis. */
  readonly title: string;
  readonly unit: string;
  readonly description: string;
}

/** A key identifies the row: a text, or a number if the rows are places on an axis. */
export interface LabKey extends LabColumn {
  readonly kind: 'text' | 'number';
}

/** How an answer is drawn: measures over a column, with a line for each value of another key. */
export interface LabFigure {
  /** A key, or a measure, whose mean is then the place. */
  readonly across: string;
  readonly acrossLog?: boolean;
  /** Measures; a dashed one is theory. */
  readonly lines: readonly { readonly measure: string; readonly name: string; readonly dashed?: boolean }[];
  readonly upLabel: string;
  readonly upLog?: boolean;
  /** Key that distinguishes the lines. */
  readonly by?: string;
}

/** One row of an answer: a value for each key, and for each measure; NaN if there is nothing to measure. */
export interface LabRow {
  readonly keys: readonly (string | number)[];
  readonly measures: readonly number[];
}

/** The input of one run. */
export interface LabAsked {
  /** Id of the landscape; '' for a question without one. */
  readonly form: string;
  /** The landscape's own parameters, as given or as set by the question. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of every parameter of the question. */
  readonly values: Readonly<Record<string, number>>;
  readonly seed: string;
}

/** The description of a question: all except the function that answers it. */
export type LabQuestionText = Omit<LabQuestion, 'measure' | 'shown' | 'problem'>;

/**
 * A question of the lab: `upslope lab LANDSCAPE --ask ID`, a row in the reference, a choice in the page's panel. All that these
 * need is written here once.
 */
export interface LabQuestion {
  readonly id: string;
  readonly title: string;
  /** One plain sentence: what it answers. */
  readonly summary: string;
  readonly source: string;
  /** Landscapes to which it applies: none at all, any, those with data (minibatches), or those of these ids. */
  readonly landscapes: 'none' | 'any' | 'data' | readonly string[];
  /** True if nothing is drawn at random: one run is enough. */
  readonly exact?: boolean;
  readonly parameters: readonly LabParameter[];
  /** Defaults of the landscape's own parameters, as far as they differ from those in scenes. */
  readonly landscapeDefaults?: Readonly<Record<string, number>>;
  readonly keys: readonly LabKey[];
  readonly measures: readonly LabColumn[];
  readonly figure: LabFigure;
  /** The rows shown in a terminal; all by default. */
  shown?(keys: LabRow['keys']): boolean;
  /** What is wrong with values that do not fit together, in one line; undefined if nothing is. */
  problem?(values: LabAsked['values']): string | undefined;
  /**
   * Answers in one run. Every run gives the same keys in the same order.
   * @throws {RangeError} for what cannot be measured there
   */
  measure(asked: LabAsked): LabRow[];
}

/** The landscape in question: that of a simulation of the same seed. */
export function landscapeAsked({ form, parameters, values, seed }: LabAsked): Landscape {
  return makeLandscape(form, values.dimensions, parameters, seed);
}

/** Round numbers on a logarithmic axis: 0 and 1, 2, 5 times powers of ten. */
export function isRound(value: number): boolean {
  let rest = value;
  while (rest >= 10 && rest % 10 === 0) rest /= 10;
  return [0, 1, 2, 5].includes(rest);
}

const about = {
  dimensions: { meaning: 'loci', unit: 'loci', least: 1, most: 1000, whole: true },
  size: { meaning: 'organisms', unit: 'organisms', fallback: 100, least: 2, most: 20_000, whole: true },
  sigma: {
    meaning: 'standard deviation of mutation at every locus of a newborn',
    unit: 'locus units',
    fallback: 0.05,
    least: 1e-6,
    most: 5,
  },
  h: {
    meaning: 'chance per locus and generation to be copied from any organism of the population',
    unit: '',
    fallback: 0.1,
    least: 0,
    most: 1,
  },
  start: { meaning: 'value of every locus at the start', unit: 'locus units', fallback: 1, least: -1e4, most: 1e4 },
  generations: { meaning: 'generations that are measured', unit: 'generations', fallback: 200, least: 1, most: 1e6, whole: true },
  draws: { meaning: 'steps that are drawn from one place', unit: 'steps', fallback: 2000, least: 10, most: 1e6, whole: true },
  rate: {
    meaning: 'learning rate: length of a step per unit of gradient',
    unit: 'locus units squared',
    fallback: 0.01,
    least: 1e-9,
    most: 1e9,
  },
  batch: { meaning: 'rows of data in a minibatch', unit: 'rows', fallback: 10, least: 1, most: 100_000, whole: true },
} as const satisfies Readonly<Record<string, Omit<LabParameter, 'name'>>>;

/** A parameter shared by several questions. @param other what differs here */
export function labParameter(name: keyof typeof about, other: Partial<LabParameter> = {}): LabParameter {
  return { name, ...about[name], ...other };
}

/** Columns of questions about the noise of steps. */
export const noiseColumns = {
  deviation: {
    name: 'deviation',
    title: 'noise',
    unit: 'locus units/step',
    description: 'Root of the trace of the covariance of steps.',
  },
  rank: { name: 'rank', title: 'rank', unit: '', description: 'Effective rank of the covariance, (tr C)^2 / tr(C^2).' },
  tails: [
    {
      name: 'kurtosis_along',
      title: 'kurtosis along',
      unit: '',
      description: 'Kurtosis along the gradient; 3 for normal noise.',
    },
    { name: 'kurtosis_across', title: 'across', unit: '', description: 'Mean kurtosis across it.' },
  ],
} as const satisfies Readonly<Record<string, LabColumn | readonly LabColumn[]>>;
