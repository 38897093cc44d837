import type { Check, Lesson, Predict } from './schema.ts';

/** The prediction that a check judges. */
export const predictionOf = ({ steps }: Pick<Lesson, 'steps'>, { of }: Check): Predict | undefined =>
  steps.find((step): step is Predict => step.kind === 'predict' && step.id === of);

/** The measure of a check: its own, or that of the curve that it judges. */
export const measureOf = (lesson: Pick<Lesson, 'steps'>, check: Check): string =>
  check.measure ?? predictionOf(lesson, check)?.curve?.measure ?? '';
