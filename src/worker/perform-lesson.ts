import { type CurveJudgement, judgeCurve, type Measured } from '../scene/lesson/judge.ts';
import { lessonScene } from '../scene/lesson/lesson-scene.ts';
import { checkedMeasures } from '../scene/lesson/measures-of.ts';
import { predictionOf } from '../scene/lesson/prediction-of.ts';
import type { Check, Lesson, Step } from '../scene/lesson/schema.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import type { Simulation } from '../simulation/types.ts';
import { columnOf, crosses } from './measure-stop.ts';
import { type CheckValue, performCheck } from './perform-check.ts';
import { seriesEvery } from './series.ts';
import { Recorder } from './series-sampler.ts';

/** What a check of a lesson came to in one world. */
export interface CheckResult extends Omit<CheckValue, 'samples'> {
  /** Index of its step. */
  readonly step: number;
  readonly check: Check;
  /** How far a level line through the first value is from the curve; undefined without a curve. */
  readonly level?: CurveJudgement;
}

/** Where a run of a lesson ended. */
export interface RunEnd {
  readonly step: number;
  readonly tick: number;
  readonly extinct: boolean;
}

/**
 * Performs a lesson without a page: its worlds, runs and checks as the page makes them.
 * @param seed instead of the lesson's; steps that name a seed of their own get it with this one after it
 */
export function performLesson(
  lesson: Lesson,
  json: unknown,
  seed: string,
  catalogue: Catalogue,
): { readonly checks: readonly CheckResult[]; readonly ends: readonly RunEnd[] } {
  const checks: CheckResult[] = [];
  const ends: RunEnd[] = [];
  const values = new Map<string, Measured>();
  let world: Simulation | undefined;
  let recorder: Recorder | undefined;
  const begin = (start?: Step['start']) => {
    world?.dispose();
    const own = start?.seed === undefined || seed === lesson.seed ? (start?.seed ?? seed) : `${start.seed}-${seed}`;
    world = catalogue.createSimulation(catalogue.parseScene(lessonScene(lesson, json, start), lesson.name), own);
    recorder = new Recorder(world, undefined, checkedMeasures(lesson));
  };
  try {
    for (const [i, step] of lesson.steps.entries()) {
      if (step.start || !world || !recorder) begin(step.start);
      if (!world || !recorder) throw new Error('a lesson begins with a world');
      for (const { path, value } of step.set ?? []) world.set(path, value);
      if (step.kind === 'run') {
        const { tick, measure } = step.until;
        const column = measure === undefined ? -1 : columnOf(recorder.columns, measure);
        while (world.tick < tick && world.step(1) === 1) {
          recorder.afterTick();
          const isSample = column >= 0 && world.tick % seriesEvery === 0;
          if (isSample && crosses(recorder.latest[column], step.until)) break;
        }
        ends.push({ step: i, tick: world.tick, extinct: world.status === 'extinct' });
      }
      if (step.kind === 'check') {
        const { samples, ...value } = performCheck(lesson, step, world, recorder, values.get(step.versus?.check ?? ''));
        if (step.id !== undefined) values.set(step.id, value.measured);
        const curve = predictionOf(lesson, step)?.curve;
        const level = curve && judgeCurve(curve, Array<number>(curve.points).fill(samples.values[0]), samples);
        checks.push({ step: i, check: step, ...value, ...(level ? { level } : {}) });
      }
    }
  } finally {
    world?.dispose();
  }
  return { checks, ends };
}
