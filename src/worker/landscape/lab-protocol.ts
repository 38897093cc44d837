// What the page asks the worker of the lab, and what it answers.

import type { LabParameter, LabQuestionText, LabRow } from '../../analysis/lab/questions/question.ts';
import type { Change } from '../../simulation/types.ts';
import type { LoadRequest } from '../topics/run.ts';

export interface LabRequest extends Omit<LoadRequest, 'changes'> {
  /** Changes that a person has made so far: all apply. */
  readonly changes: readonly Change[];
}

/** A question as the page shows it, with its default values. */
export interface QuestionText extends LabQuestionText {
  /** Whether it is about the landscape that is shown. */
  readonly ofLandscape: boolean;
  readonly fields: readonly (LabParameter & { readonly value: number })[];
}

/** The questions that apply here. */
export interface LabText {
  /** Id of the landscape. */
  readonly form: string;
  readonly questions: readonly QuestionText[];
}

/** Requests of the page to the worker of the lab. */
export interface LabWorker {
  /** Takes the landscape of a scene. @returns the questions that apply to it, and those that need none */
  begin(request: LabRequest): LabText;
  /** Answers in one run. Throws in one line for values that do not fit. */
  run(id: string, values: Readonly<Record<string, number>>, seed: string): readonly LabRow[];
}
