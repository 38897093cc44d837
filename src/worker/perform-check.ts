import { type Measured, measureCheck, rightAnswer, type Samples } from '../scene/lesson/judge.ts';
import { measureOf, predictionOf } from '../scene/lesson/prediction-of.ts';
import type { Check, Lesson } from '../scene/lesson/schema.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Recorder } from './series-sampler.ts';

/** What a check came to in one world. */
export interface CheckValue {
  readonly measured: Measured;
  /** Index of the answer that it makes right, -1 if none; undefined without answers. */
  readonly right?: number;
  /** Every sample of its measure so far. */
  readonly samples: Samples;
}

/**
 * Measures what a check asks for, in a world as it is now; for the page and for the command line.
 * @param recorder of a world that keeps `checkedMeasures`
 * @param earlier value of the check that it compares with
 */
export function performCheck(
  lesson: Lesson,
  check: Check,
  world: Simulation,
  recorder: Recorder,
  earlier: Measured | undefined,
): CheckValue {
  const samples = recorder.whole.of(measureOf(lesson, check));
  const measured = measureCheck(check, samples, world.tick, earlier);
  const prediction = predictionOf(lesson, check);
  return { measured, ...(prediction?.answers ? { right: rightAnswer(prediction, measured) } : {}), samples };
}
