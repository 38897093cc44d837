import { expect, it } from 'vitest';
import { firstPlace } from '../../../src/math/first-place.ts';

it('is where ascending numbers reach a bound, or behind the last', () => {
  const numbers = [1, 3, 3, 3, 8, 9];
  for (const bound of [0, 1, 2, 3, 4, 8, 9, 10]) {
    const naive = numbers.findIndex((one) => one >= bound);
    expect(firstPlace(numbers.length, (place) => numbers[place] < bound)).toBe(naive < 0 ? numbers.length : naive);
  }
  expect(firstPlace(0, () => true)).toBe(0);
});
