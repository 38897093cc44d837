import { expect, test } from 'vitest';
import { changeText } from '../../../src/app/instruments/climb/change-text.ts';

test('a change is named by the mechanism that it switches, or by the parameter', () => {
  expect(changeText({ path: 'populations.foragers.mechanisms.mutation.on', value: false })).toBe('mutation off');
  expect(changeText({ path: 'populations.foragers.mechanisms.transfer.on', value: true })).toBe('transfer on');
  expect(changeText({ path: 'populations.foragers.mechanisms.mutation.rate', value: 0.2 })).toBe('rate 0.2');
  expect(changeText({ path: 'acts.food', value: { x: 1, y: 2 } })).toBe('food by hand');
  expect(changeText({ path: 'habitat.barriers', value: [] })).toBe('barriers changed');
});
