import { expect, test } from 'vitest';
import { chooseSpecies } from '../../../src/app/instruments/tree/choose-species.ts';
import { cladeOf, pathOf } from '../../../src/app/instruments/tree/clade.ts';
import { layMuller } from '../../../src/app/instruments/tree/lay-muller.ts';
import { layTree } from '../../../src/app/instruments/tree/lay-tree.ts';
import { timelineMarks } from '../../../src/app/shell/timeline-marks.ts';
import { describeSpecies } from '../../../src/app/ui/describe-species.ts';
import type { Log } from '../../../src/worker/topics/parameters.ts';
import { speciesText } from '../../fixtures/species-text.ts';

const species = speciesText;
/** 0 bears 1 and 2; 1 bears 3; 2 merges back into 0; 4 belongs to another population. */
const all = [
  species(0, -1, 0),
  species(1, 0, 100),
  species(2, 0, 200, { fate: 'merged', mergedInto: 0, endTick: 300 }),
  species(3, 1, 250, { fate: 'extinct', endTick: 400 }),
  species(4, -1, 0, { population: 1 }),
];

test('every species lies below the one it comes from, the later of two children nearer to it, and no lines cross', () => {
  const rows = layTree(all.slice(0, 4), 500);
  expect(rows.map(({ species: { id } }) => id)).toEqual([0, 2, 1, 3]);
  expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 1, 2]);
  expect(rows.map(({ from, to }) => [from, to])).toEqual([
    [0, 500],
    [200, 300],
    [100, 500],
    [250, 400],
  ]);
  expect(rows.map(({ parentRow, mergedRow }) => [parentRow, mergedRow])).toEqual([
    [-1, -1],
    [0, 0],
    [0, -1],
    [2, -1],
  ]);
  for (const child of rows.filter(({ parentRow }) => parentRow >= 0)) {
    const between = rows.filter(({ row }) => row > child.parentRow && row < child.row);
    for (const other of between) expect(other.from).toBeGreaterThanOrEqual(child.from);
  }
});

test('clades and paths follow descent', () => {
  expect(cladeOf(all, 1)).toEqual([1, 3]);
  expect(cladeOf(all, 0)).toEqual([0, 1, 2, 3]);
  expect(pathOf(all, 3)).toEqual([3, 1, 0]);
  expect(pathOf(all, 99)).toEqual([]);
});

test('of many species the largest are drawn with their ancestors, and the small ones are counted at them', () => {
  const many = [
    species(0, -1, 0, { peak: 5 }),
    species(1, 0, 10, { peak: 50 }),
    species(2, 1, 20, { peak: 1 }),
    species(3, 2, 30, { peak: 2 }),
  ];
  const { drawn, countedAt } = chooseSpecies(many, 0, 1);
  expect(drawn.map(({ id }) => id)).toEqual([0, 1]);
  expect([...countedAt]).toEqual([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  expect(chooseSpecies(all, 1, 40).drawn.map(({ id }) => id)).toEqual([4]);
});

test('species that are preferred are drawn before larger ones', () => {
  const drawn = (preferred: readonly number[]) =>
    chooseSpecies(all.slice(0, 4), 0, 2, new Set(preferred)).drawn.map(({ id }) => id);
  expect(drawn([])).toEqual([0, 1]);
  expect(drawn([2])).toEqual([0, 2]);
  expect(drawn([3])).toEqual([0, 1, 3]);
});

test('a name takes the place of the number, which stays beside it', () => {
  const names = new Map([[1, 'Melura']]);
  expect(describeSpecies(all[1], names)).toBe('Melura (S1): split from S0 at tick 100, 10 live, 99 at most');
  expect(describeSpecies(all[3], names)).toBe('S3: split from Melura at tick 250, died out at tick 400, 97 at most');
  const events = [
    { tick: 100, kind: 'split', species: 1, other: 0 },
    { tick: 400, kind: 'extinction', species: 3, other: -1 },
  ] as const;
  const texts = timelineMarks({ changes: [], notices: [] } as unknown as Log, events, undefined, names).map(({ text }) => text);
  expect(texts).toEqual(['species Melura splits from S0', 'species S3 dies out']);
});

test('a Muller plot keeps all numbers, and descendants lie inside the band of the species they come from', () => {
  const looks = [
    { tick: 0, population: 0, species: [0], counts: [60] },
    { tick: 0, population: 1, species: [4], counts: [999] },
    { tick: 250, population: 0, species: [0, 1, 2, 3], counts: [20, 8, 6, 2] },
    { tick: 500, population: 0, species: [1], counts: [30] },
  ];
  const { drawn, countedAt } = chooseSpecies(all, 0, 40);
  const { ticks, bands, top, counts } = layMuller(looks, 0, drawn, countedAt, false);
  expect(ticks).toEqual([0, 250, 500]);
  expect(top).toBe(60);
  expect(counts.get(1)).toEqual([0, 8, 30]);
  ticks.forEach((_, t) => {
    // One on the other without gaps, each as high as its numbers.
    let edge = 0;
    for (const { edges } of bands) {
      expect(edges[t][0]).toBeCloseTo(edge, 9);
      edge = edges[t][1];
    }
    expect(edge).toBeCloseTo([60, 36, 30][t], 9);
    const span = (id: number) => {
      const own = bands.filter((band) => band.species === id).map(({ edges }) => edges[t]);
      return [Math.min(...own.map(([low]) => low)), Math.max(...own.map(([, high]) => high))];
    };
    for (const { id, parent } of drawn.filter((one) => one.parent >= 0)) {
      expect(span(id)[0]).toBeGreaterThanOrEqual(span(parent)[0]);
      expect(span(id)[1]).toBeLessThanOrEqual(span(parent)[1]);
    }
  });
  expect(layMuller(looks, 0, drawn, countedAt, true).top).toBeCloseTo(1, 9);
});
