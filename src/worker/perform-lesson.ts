import { type CurveJudgement, judgeCurve, type Measured, measureCheck, rightAnswer } from '../scene/lesson/judge.ts';
import { lessonScene } from '../scene/lesson/lesson-scene.ts';
import type { Check, Lesson, Predict, Step } from '../scene/lesson/schema.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import type { Simulation } from '../simulation/types.ts';
import { columnOf, crosses } from './measure-stop.ts';
import { seriesEvery } from './series.ts';
import { Recorder } from './series-sampler.ts';

/** What a check of a lesson came to in one world. */
export interface CheckResult {
  /** Index of its step. */
  readonly step: number;
  readonly check: Check;
  readonly measured: Measured;
  /** Index of the answer that it makes right, -1 if none; undefined without answers. */
  readonly right?: number;
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
  const predictions = new Map<string, Predict>();
  let world: Simulation | undefined;
  let recorder: Recorder | undefined;
  const begin = (start?: Step['start']) => {
    world?.dispose();
    const own = start?.seed === undefined || seed === lesson.seed ? (start?.seed ?? seed) : `${start.seed}-${seed}`;
    world = catalogue.createSimulation(catalogue.parseScene(lessonScene(lesson, json, start), lesson.name), own);
    recorder = new Recorder(world);
  };
  try {
    for (const [i, step] of lesson.steps.entries()) {
      if (step.start || !world || !recorder) begin(step.start);
      if (!world || !recorder) throw new Error('a lesson begins with a world');
      for (const { path, value } of step.set ?? []) world.set(path, value);
      if (step.kind === 'predict') predictions.set(step.id, step);
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
        const prediction = step.of === undefined ? undefined : predictions.get(step.of);
        const curve = prediction?.curve;
        const { ticks, mean } = recorder.series.read([columnOf(recorder.columns, step.measure ?? curve?.measure ?? '')]);
        const samples = { ticks, values: mean[0] };
        const measured = measureCheck(step, samples, world.tick, step.versus && values.get(step.versus.check));
        if (step.id !== undefined) values.set(step.id, measured);
        const level = curve && judgeCurve(curve, Array<number>(curve.points).fill(mean[0][0]), samples);
        checks.push({
          step: i,
          check: step,
          measured,
          ...(prediction?.answers ? { right: rightAnswer(prediction, measured) } : {}),
          ...(level ? { level } : {}),
        });
      }
    }
  } finally {
    world?.dispose();
  }
  return { checks, ends };
}
