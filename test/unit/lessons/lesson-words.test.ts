import { expect, it } from 'vitest';
import { measuredWords, seedsWords, verdict } from '../../../src/app/lessons/lesson-words.ts';
import { parseLesson } from '../../../src/scene/lesson/parse-lesson.ts';
import { predictionOf } from '../../../src/scene/lesson/prediction-of.ts';
import type { Check } from '../../../src/scene/lesson/schema.ts';
import { smallLesson } from './small-lesson.ts';

const lesson = parseLesson(smallLesson, 'l.json');
const check = lesson.steps[2] as Check;
const prediction = predictionOf(lesson, check)!;
const found = (changes: object) => ({
  measured: { value: 0.331, deviation: 0.03, samples: 3, from: 80, to: 100, ...changes },
  samples: { ticks: [], values: [] },
  seed: '7',
  unit: 'share of contests',
  right: 0,
});

it('± is explained where it is shown, and there only', () => {
  expect(measuredWords(check, found({}))).toEqual({
    value: '0.331 ± 0.030',
    unit: '(share of contests)',
    how: 'Mean of 3 samples, ticks 80 to 100; ± is the standard deviation among them.',
  });
  const plain = { value: '0.331', unit: '(share of contests)', how: 'Mean of 1 sample, ticks 80 to 100.' };
  expect(measuredWords(check, found({ deviation: Number.NaN, samples: 1 }))).toEqual(plain);
  expect(measuredWords({ ...check, says: 'hawks (share of contests)' }, found({})).unit).toBe('');
  expect(measuredWords(check, found({ deviation: 0 })).how).not.toContain('±');
  expect(measuredWords({ ...check, since: 0 }, found({})).how).toContain('± is the standard deviation of both sides together');
  const seeds = { number: 10, mean: 0.5, deviation: 0.1, fits: 9 };
  expect(seedsWords({ ...check, seeds })).toBe(
    'In 10 worlds, seeds 1 to 10: 0.50 ± 0.10 (± is the standard deviation among worlds). The same answer fits in 9 of 10.',
  );
  expect(seedsWords({ ...check, seeds: { ...seeds, deviation: 0 } })).toBe(
    'In 10 worlds, seeds 1 to 10: 0.5. The same answer fits in 9 of 10.',
  );
});

it('a check without a value judges nothing', () => {
  const nothing = found({ value: Number.NaN, deviation: Number.NaN, samples: 0 });
  expect(measuredWords(check, nothing)).toEqual({
    value: 'no value',
    unit: '',
    how: 'Nothing could be measured in ticks 80 to 100.',
  });
  expect(verdict(prediction, 0, { ...nothing, right: -1 })).toBe('You predicted “few”. Without a value no answer can be judged.');
});

it('a prediction is judged as it is when the check is shown', () => {
  expect(verdict(prediction, 0, found({}))).toBe('You predicted “few”. It fits what was measured.');
  expect(verdict(prediction, 1, found({}))).toMatch(/^You predicted “many”. It misses by 0.069, 2.3 times/);
  expect(verdict(prediction, undefined, found({}))).toBe('You made no prediction. What fits: “few”.');
});
