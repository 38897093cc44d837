import { expect, test } from 'vitest';
import { IdleWatch, idleMilliseconds } from '../../../src/app/world/idle-watch.ts';

test('a page is idle after a minute without a touch, once, until the next one; not where nothing may begin by itself', () => {
  let now = 0;
  const said: boolean[] = [];
  const watch = new IdleWatch(
    () => now,
    (idle) => said.push(idle),
  );
  const pass = (milliseconds: number, allowed = true) => {
    now += milliseconds;
    watch.look(allowed);
  };
  pass(idleMilliseconds - 1);
  expect(said).toEqual([]);
  watch.touch();
  pass(idleMilliseconds - 1);
  expect(said).toEqual([]);
  pass(1);
  pass(5000);
  expect(said).toEqual([true]);
  watch.touch();
  watch.touch();
  expect(said).toEqual([true, false]);
  pass(idleMilliseconds + 1, false);
  pass(idleMilliseconds - 1);
  expect(said).toEqual([true, false]);
  pass(1);
  // The world pauses: the tour ends.
  pass(10, false);
  expect(said).toEqual([true, false, true, false]);
});
