import type { LabParameter, LabQuestionText, LabRow } from '../../analysis/lab/questions/question.ts';
import type { Change } from '../../simulation/types.ts';
import type { LoadRequest } from '../protocol.ts';

export interface LabRequest extends Omit<LoadRequest, 'changes'> {
  /** Changes that a person has made so far: all are in force. */
  readonly changes: readonly Change[];
}

/** A question as the page shows it: with the values that it is asked with unless others are given. */
export interface QuestionText extends LabQuestionText {
  /** Whether it is about the landscape that is shown. */
  readonly ofLandscape: boolean;
  readonly fields: readonly (LabParameter & { readonly value: number })[];
}

/** What can be asked here. */
export interface LabText {
  /** Id of the landscape. */
  readonly form: string;
  readonly questions: readonly QuestionText[];
}

/** What the page asks of the worker of the lab. */
export interface LabWorker {
  /** Takes the landscape of a scene. @returns the questions that can be asked of it, and those that are about none */
  begin(request: LabRequest): LabText;
  /** Answers in one run. Throws in one line for values that do not fit. */
  run(id: string, values: Readonly<Record<string, number>>, seed: string): readonly LabRow[];
}
