import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseLesson } from '../../../src/scene/lesson/parse-lesson.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { performLesson } from '../../../src/worker/perform-lesson.ts';
import { smallLesson, withStep } from './small-lesson.ts';

const scene = JSON.parse(readFileSync('scenes/hawk-dove.json', 'utf8'));
const perform = (json: unknown, seed = '7') => performLesson(parseLesson(json, 'l.json'), scene, seed, standard);

describe('a lesson without a page', () => {
  it('runs to its tick and measures the same each time, another value with another seed', () => {
    const { checks, ends } = perform(smallLesson);
    expect(ends).toEqual([{ step: 1, tick: 100, extinct: false }]);
    expect(checks[0]).toMatchObject({ step: 2, right: 1 });
    // The founders play hawk in 0.88 of contests (mean 2), and their share falls.
    expect(checks[0].measured.value).toBeGreaterThan(1 / 3);
    expect(checks[0].measured.value).toBeLessThan(0.8);
    expect(perform(smallLesson).checks).toEqual(checks);
    expect(perform(smallLesson, '8').checks[0].measured.value).not.toBe(checks[0].measured.value);
  });

  it('runs until a measure crosses a value, at a sample', () => {
    const until = { tick: 400, measure: 'strategies/players.share.hawk', below: 0.6 };
    const [predict, run, check] = withStep(1, { until: { tick: 20 } }).steps;
    const [, end] = perform({ ...smallLesson, steps: [predict, run, { ...run, until }, check] }).ends;
    expect(end.tick).toBeGreaterThan(50);
    expect(end.tick).toBeLessThan(400);
    expect(end.tick % 10).toBe(0);
  });

  it('averages every sample of its last ticks, also where the series of a long run has merged them', () => {
    const few = { path: 'populations.players.founders', value: 20 };
    const steps = [
      { ...smallLesson.steps[0], start: { set: [few] } },
      { ...smallLesson.steps[1], until: { tick: 10_310 } },
      { ...smallLesson.steps[2], over: 100 },
      { ...smallLesson.steps[2], of: undefined, over: 10 },
    ];
    const [last, shortest] = perform({ ...smallLesson, steps }).checks;
    expect(last.measured).toMatchObject({ samples: 11, from: 10_210, to: 10_310 });
    expect(shortest.measured).toMatchObject({ samples: 2, value: expect.any(Number) });
    expect(shortest.measured.value).not.toBeNaN();
  });

  it('starts worlds again with what a step sets', () => {
    const doves = perform(withStep(0, { start: { set: [{ path: 'populations.players.start.mean', value: -3 }] } }));
    expect(doves.checks[0]).toMatchObject({ right: 0 });
  });
});
