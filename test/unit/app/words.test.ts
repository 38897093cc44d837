import { expect, it } from 'vitest';
import { ageWords, countOf, unitBeside } from '../../../src/app/ui/words.ts';

it('does not repeat a title as its unit', () => {
  expect(unitBeside('Organisms', 'organisms')).toBe('');
  expect(unitBeside('Founders', 'organisms')).toBe('organisms');
  expect(unitBeside('Mutation rate', '')).toBe('');
});

it('says how much of the age of a founder lies before the world', () => {
  expect(ageWords({ ageTicks: 75_377, birthTick: -75_119 })).toBe('75,377 ticks, 75,119 of them before tick 0');
  expect(ageWords({ ageTicks: 1, birthTick: 257 })).toBe('1 tick');
});

it('counts one thing as one', () => {
  expect([0, 1, 2, 1000].map((count) => countOf(count, 'length'))).toEqual([
    '0 lengths',
    '1 length',
    '2 lengths',
    '1,000 lengths',
  ]);
  expect(countOf(1, 'species', 'species')).toBe('1 species');
});
