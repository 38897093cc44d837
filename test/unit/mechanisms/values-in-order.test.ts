import { expect, it } from 'vitest';
import { valuesInOrder } from '../../../src/mechanisms/values-in-order.ts';

it('values that are named come first, the others by name', () => {
  expect(valuesInOrder({ b: 1, d: 2, a: 3, c: 4 }, ['d', 'b'])).toEqual([2, 1, 3, 4]);
});
