import { expect, test } from 'vitest';
import { groupMarks, timelineMarks } from '../../../src/app/shell/timeline-marks.ts';

const log = {
  changes: [{ at: 40, path: 'habitat.grass.regrowth', value: 0.01 }],
  notices: [
    { tick: 40, kind: 'change', population: '', text: 'habitat.grass.regrowth is now 0.01' },
    { tick: 900, kind: 'extinction', population: 'hunters', text: 'hunters died out.' },
  ],
} as const;
const events = [
  { tick: 0, kind: 'origin', species: 0, other: -1 },
  { tick: 500, kind: 'split', species: 1, other: 0 },
  { tick: 510, kind: 'merge', species: 1, other: 0 },
  { tick: 800, kind: 'extinction', species: 0, other: -1 },
] as const;

test('changes, notices and events of species are marked once each, in the order of ticks', () => {
  const marks = timelineMarks(log, events, undefined);
  expect(marks.map(({ tick, kind }) => `${tick} ${kind}`)).toEqual([
    '40 change',
    '500 split',
    '510 merge',
    '800 species-end',
    '900 extinction',
  ]);
  expect(marks[1].text).toBe('species S1 splits from S0');
});

test('marks that would lie on each other are one, which tells them all', () => {
  const groups = groupMarks(timelineMarks(log, events, undefined), (tick) => tick / 10, 12);
  expect(groups.map(({ x, kind }) => [x, kind])).toEqual([
    [4, 'change'],
    [50, 'split'],
    [80, 'species-end'],
  ]);
  expect(groups[1].text).toBe('tick 500: species S1 splits from S0; tick 510: species S1 merges into S0');
});
