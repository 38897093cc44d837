import { bits } from './bits.ts';
import { correlated } from './correlated.ts';
import { covariance } from './covariance.ts';
import { curvature } from './curvature.ts';
import { drift } from './drift.ts';
import { flow } from './flow.ts';
import { innate } from './innate.ts';
import { minibatch } from './minibatch.ts';
import { noise } from './noise.ts';
import type { LabQuestion } from './question.ts';
import { sex } from './sex.ts';
import { tangent } from './tangent.ts';
import { times } from './times.ts';

/** Every question of the lab besides the steps of a model: the one list from which the command, the reference and the page are made. */
export const labQuestions: readonly LabQuestion[] = [
  bits,
  times,
  flow,
  noise,
  minibatch,
  drift,
  correlated,
  curvature,
  sex,
  covariance,
  tangent,
  innate,
];

/** The question of that id, or undefined. */
export const findQuestion = (id: string): LabQuestion | undefined => labQuestions.find((one) => one.id === id);
