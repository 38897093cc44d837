import { expect, test } from 'vitest';
import { Pacing } from '../../../src/worker/pacing.ts';

test('so many ticks are due as the speed asks for', () => {
  const pace = new Pacing();
  pace.speed = 240;
  pace.start(0);
  let made = 0;
  for (let now = 0; now <= 10_000; now += 7) {
    const due = pace.due(now);
    made += due;
    pace.made(due);
  }
  expect(made).toBeGreaterThanOrEqual(2398);
  expect(made).toBeLessThanOrEqual(2402);
});

test('a machine that is too slow is forgiven the rest', () => {
  const pace = new Pacing();
  pace.speed = 30;
  pace.start(0);
  expect(pace.due(60_000)).toBe(3);
});

test('as fast as possible is without end, and the rate is that of the last second', () => {
  const pace = new Pacing();
  pace.speed = 0;
  pace.start(0);
  expect(pace.due(1)).toBe(Number.POSITIVE_INFINITY);
  for (let now = 0; now <= 5000; now += 100) pace.mark(now, now * 2);
  expect(pace.rate()).toBeCloseTo(2000, 6);
});
