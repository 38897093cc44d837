import { expect, it } from 'vitest';
import { readLessonAddress, writeLessonAddress } from '../../../src/app/lessons/lesson-address.ts';

it('an address of a lesson is read as it was written', () => {
  expect(readLessonAddress(writeLessonAddress('drift'))).toEqual({ lesson: 'drift', teacher: false });
  expect(readLessonAddress(writeLessonAddress('drift', true))).toEqual({ lesson: 'drift', teacher: true });
});

it('an address with more is refused in one line', () => {
  expect(() => readLessonAddress('#lesson=drift&seed=7')).toThrow(
    "address: 'seed=7' is not understood; after the lesson only for=teacher may follow",
  );
  expect(() => readLessonAddress('#lesson=')).toThrow('address: #lesson= is without a name; choose one in Lessons');
});
