import { measureOf } from './prediction-of.ts';
import type { Lesson } from './schema.ts';

/** Every measure that a lesson names, with its path. */
export function measuresOf({ steps }: Lesson): { readonly path: string; readonly measure: string }[] {
  return steps.flatMap((step, i) => {
    const found: [string, string | undefined][] = [];
    if (step.kind === 'predict') found.push(['curve.measure', step.curve?.measure]);
    if (step.kind === 'run') found.push(['until.measure', step.until.measure], ['shows', step.shows]);
    if (step.kind === 'check') found.push(['measure', step.measure]);
    return found.flatMap(([path, measure]) => (measure === undefined ? [] : [{ path: `steps[${i}].${path}`, measure }]));
  });
}

/** The measures of which a world of a lesson keeps every sample: those of its checks. */
export const checkedMeasures = (lesson: Lesson): readonly string[] => [
  ...new Set(lesson.steps.flatMap((step) => (step.kind === 'check' ? [measureOf(lesson, step)] : []))),
];
