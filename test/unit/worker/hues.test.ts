import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Descent } from '../../../src/record/types.ts';
import { HueCircle, mostPerTick, spacedEvery } from '../../../src/worker/hues/hue-circle.ts';
import type { KinPalette } from '../../../src/worker/hues/kin-hues.ts';
import { hueOfNumber, type Line, spaceHues, wayBetween } from '../../../src/worker/hues/space-hues.ts';
import { splitLine } from '../../../src/worker/hues/split-line.ts';
import { Run } from '../../../src/worker/live-run.ts';
import { pageCatalogue } from '../../../src/worker/page-catalogue.ts';

const apart = (a: number | undefined, b: number | undefined) => 360 * Math.abs(wayBetween(a as number, b as number));
const line = (id: number, parent: number, since: number, count: number): Line => ({ id, parent, since, count });

test('living lines are spread over the circle, kin nearer than others, whatever else has died', () => {
  const two = spaceHues([line(5, -1, 0, 40), line(9, -1, 0, 400), line(11, -1, 0, 0)], 100);
  expect([...two.keys()].sort()).toEqual([5, 9]);
  expect(apart(two.get(5), two.get(9))).toBeCloseTo(180);
  const even = [3, 8, 20, 41].map((id) => line(id, -1, 0, 10));
  const hues = [...spaceHues(even, 0).values()].sort((a, b) => a - b);
  for (const [i, hue] of hues.entries()) expect(apart(hue, hues[(i + 1) % 4])).toBeCloseTo(90);
  // Two families, each with a young branch, and a branch of which only the child lives.
  const family = [line(1, -1, 0, 50), line(2, -1, 0, 50), line(3, 1, 900, 50), line(4, 2, 900, 0), line(5, 4, 950, 50)];
  const at = spaceHues(family, 1000);
  expect(at.has(4)).toBe(false);
  for (const [kin, other] of [
    [1, 2],
    [3, 5],
  ] as const) {
    expect(apart(at.get(1), at.get(3))).toBeLessThan(apart(at.get(kin), at.get(other)));
    expect(apart(at.get(2), at.get(5))).toBeLessThan(apart(at.get(kin), at.get(other)));
  }
  expect(spaceHues(family, 1000)).toEqual(at);
  // A line of one organism among many is still distinguished.
  const rare = spaceHues([line(1, -1, 0, 1), line(2, -1, 0, 5000), line(3, -1, 0, 5000)], 0);
  expect(Math.min(apart(rare.get(1), rare.get(2)), apart(rare.get(1), rare.get(3)))).toBeGreaterThan(60);
});

test('the circle is turned so that what was shown hardly moves', () => {
  const before = new Map([
    [1, 0.3],
    [2, 0.8],
  ]);
  const hues = spaceHues([line(1, -1, 0, 9), line(2, -1, 0, 9)], 0, (id) => before.get(id));
  for (const [id, hue] of hues) expect(apart(hue, before.get(id))).toBeLessThan(1e-9);
});

test('hues move evenly to where they belong, and never by more than the bound; the dead keep theirs', () => {
  const circle = new HueCircle();
  circle.begin([line(1, -1, 0, 90), line(2, -1, 0, 5), line(3, -1, 0, 5), line(4, -1, 0, 5)], 0);
  const start = circle.at(0);
  // The third dies out, the first loses most of its members and leaves a branch.
  const lines = [line(1, -1, 0, 10), line(2, -1, 0, 40), line(3, -1, 0, 0), line(4, -1, 0, 5), line(7, 1, 50, 60)];
  let last = circle.at(99);
  let most = 0;
  for (let tick = 100; tick < 100 + 80 * spacedEvery; tick++) {
    if (tick % spacedEvery === 0) circle.move(lines, tick, 'parent');
    const now = circle.at(tick);
    for (const [id, hue] of last) most = Math.max(most, apart(now.get(id), hue));
    if (tick === 100) expect(now.get(7)).toBe(now.get(1));
    last = now;
  }
  expect(most).toBeLessThanOrEqual(360 * mostPerTick + 1e-9);
  expect(most).toBeGreaterThan(0.05);
  expect(last.get(3)).toBe(start.get(3));
  const wanted = spaceHues(lines, 8100, (id) => last.get(id));
  for (const [id, hue] of wanted) expect(apart(hue, last.get(id))).toBeLessThan(1);
  const again = new HueCircle();
  again.restore(circle.state());
  expect(again.at(8100)).toEqual(circle.at(8100));
});

test('a new line may begin where it belongs, and one of an unknown parent by its number', () => {
  const circle = new HueCircle();
  circle.begin([line(1, -1, 0, 50)], 0);
  circle.move([line(1, -1, 0, 50), line(2, 1, 90, 50), line(3, 1, 90, 0), line(4, -1, 90, 0)], 100, 'place');
  expect(apart(circle.hue(1, 100), circle.hue(2, 100))).toBeGreaterThan(170);
  expect(circle.hue(3, 100)).toBe(circle.hue(1, 100));
  expect(circle.hue(4, 100)).toBe(hueOfNumber(4));
  expect(circle.hue(5, 100)).toBeUndefined();
});

test('a line is split at the clade that is nearest to half of it', () => {
  // Rows are ids. 0 has the children 1 and 2; 3 to 6 descend from 1 by 3; 7 to 9 from 2.
  const parents = [-1, 0, 0, 1, 3, 3, 3, 2, 2, 2];
  const descent = { idOf: (row: number) => row, firstParentOf: (row: number) => parents[row] } as unknown as Descent;
  expect(splitLine(descent, [4, 5, 6, 7, 8, 9])).toEqual({ row: 1, inside: [true, true, true, false, false, false] });
  expect(splitLine(descent, [4, 5, 7, 8, 9])?.inside).toEqual([true, true, false, false, false]);
  // Roots that are not related have no clade with a share of some size.
  const roots = { idOf: (row: number) => row, firstParentOf: () => -1 } as unknown as Descent;
  expect(splitLine(roots, [0, 1, 2, 3, 4, 5, 6, 7, 8])).toBeUndefined();
});

const sceneOf = (name: string) =>
  pageCatalogue.parseScene(JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8')), name);

function huesOf(run: Run, palette: KinPalette): Map<number, number> {
  const hues = new Map<number, number>();
  for (const population of run.world.populations) {
    const out = new Float32Array(population.count);
    run.hues.write(palette, population, out, 0, 1);
    const ids = population.table.f64('id');
    for (const [row, hue] of out.entries()) hues.set(ids[row], hue);
  }
  return hues;
}

test('hues of a run are the same whether it is looked at or not, also from a kept state, and change no hash', () => {
  const scene = sceneOf('archipelago');
  const watched = Run.found(scene, '7', []);
  const alone = Run.found(scene, '7', []);
  huesOf(watched, 'lineage');
  let last = huesOf(watched, 'lineage');
  let most = 0;
  let kept = watched.keep();
  while (watched.world.tick < 1400) {
    watched.step();
    alone.step();
    if (watched.world.tick === 1240) kept = watched.keep();
    if (watched.world.tick % 10 > 1) continue;
    const now = huesOf(watched, 'lineage');
    for (const [id, hue] of now)
      if (watched.world.tick % 10 === 1 && last.has(id)) most = Math.max(most, apart(hue, last.get(id)));
    last = now;
    huesOf(watched, 'species');
  }
  // Values are stored as floats of four bytes.
  expect(most).toBeLessThanOrEqual(360 * mostPerTick + 1e-3);
  expect(most).toBeGreaterThan(0);
  for (const palette of ['lineage', 'species'] as const) expect(huesOf(watched, palette)).toEqual(huesOf(alone, palette));
  expect(watched.world.hash()).toBe(alone.world.hash());
  const resumed = Run.resume(kept, watched.changes.course());
  while (resumed.world.tick < 1400) resumed.step();
  for (const palette of ['lineage', 'species'] as const) expect(huesOf(resumed, palette)).toEqual(huesOf(watched, palette));
  // Without the hues they are spaced by what lives.
  const { hues: _, ...bare } = watched.keep();
  const opened = Run.resume(bare, watched.changes.course());
  expect(new Set(huesOf(opened, 'lineage').values()).size).toBeGreaterThan(3);
  for (const run of [watched, alone, resumed, opened]) run.dispose();
});

test('where the descendants of one founder live, later ancestors have hues', () => {
  const scene = sceneOf('archipelago');
  const run = Run.found(scene, '7', []);
  while (run.world.tick < 6000) run.step();
  const [population] = run.world.populations;
  const founder = population.table.f64('founder');
  const ids = population.table.f64('id');
  const hues = huesOf(run, 'lineage');
  const counts = new Map<string, number>();
  const founders = new Map<number, number>();
  for (let row = 0; row < population.count; row++) {
    founders.set(founder[row], (founders.get(founder[row]) ?? 0) + 1);
    const key = (hues.get(ids[row]) as number).toFixed(5);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const effective = (all: Map<unknown, number>) =>
    population.count ** 2 / [...all.values()].reduce((sum, count) => sum + count * count, 0);
  expect(effective(founders)).toBeLessThan(3);
  expect(effective(counts)).toBeGreaterThan(effective(founders) + 1);
  run.dispose();
});
