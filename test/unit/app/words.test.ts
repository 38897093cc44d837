import { expect, it } from 'vitest';
import { unitBeside } from '../../../src/app/ui/words.ts';

it('does not repeat a title as its unit', () => {
  expect(unitBeside('Organisms', 'organisms')).toBe('');
  expect(unitBeside('Founders', 'organisms')).toBe('organisms');
  expect(unitBeside('Mutation rate', '')).toBe('');
});
