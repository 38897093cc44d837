import type { LabRow } from '../../analysis/lab/questions/question.ts';
import type { Scene } from '../../scene/schema.ts';
import type { LabModel } from './lab-variables.ts';

/** One run of the lab, as it is sent to a thread. */
export interface LabTask {
  /** 32 hexadecimal digits: the same name means the same result bit for bit. */
  readonly id: string;
  readonly model: LabModel;
  readonly form: string;
  readonly seed: string;
  /** Steps that are not measured, and steps that are: generations, proposals, mutants or gradient steps. */
  readonly burnIn: number;
  readonly ticks: number;
  /** Values of every variable of the model; the landscape's own parameters are in `parameters`. */
  readonly values: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, number>>;
  /** As `parseScene` returns it, of the simulated models. */
  readonly scene?: Scene;
}

/** The result of a run: a number for each measure, NaN where none exists; or why it failed. */
export type LabOutcome =
  | { readonly kind: 'done'; readonly measures: Readonly<Record<string, number>> }
  | { readonly kind: 'answered'; readonly rows: readonly LabRow[] }
  | { readonly kind: 'failed'; readonly message: string };

/** A measure of a run, with its unit. A step is a generation, a proposal, a mutant or a gradient step, by the model. */
export interface LabMeasure {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

export const labMeasures: readonly LabMeasure[] = [
  { name: 'along', title: 'along', unit: 'locus units/step' },
  { name: 'across', title: 'across', unit: 'locus units/step' },
  { name: 'size', title: 'size', unit: 'locus units/step' },
  { name: 'cosine', title: 'cosine', unit: '' },
  { name: 'to_response', title: 'to G grad f', unit: '' },
  { name: 'response_cosine', title: 'G grad f', unit: '' },
  { name: 'rank', title: 'rank', unit: '' },
  { name: 'trace', title: 'tr G', unit: '(locus units)^2' },
  { name: 'slope', title: '|grad f|', unit: 'log fitness/locus unit' },
  { name: 'speed', title: 'speed', unit: 'log fitness/step' },
  { name: 'together_cosine', title: 'together', unit: '' },
  { name: 'together_to_response', title: 'together to G grad f', unit: '' },
  { name: 'final_fitness', title: 'final f', unit: 'log fitness' },
  { name: 'copying', title: 'copying', unit: '' },
  // 1 for a run that left the finite numbers, 0 for any other.
  { name: 'diverged', title: 'diverged', unit: '' },
];

/** Measures in the printed table. */
export const shownMeasures = ['along', 'across', 'cosine', 'to_response', 'rank', 'speed', 'together_cosine', 'final_fitness'];
