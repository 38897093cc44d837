import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ThreeModels } from '../../../src/worker/landscape/three-models.ts';

const scene = (name: string) => JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
const request = { file: 'three-models', seed: '7', changes: [], choice: { kind: 'loci', x: 0, y: 1 } } as const;

/** A clock that stands still: there is time for everything. */
const models = () => new ThreeModels(() => 0);

test('three models begin at one place and climb; what they show depends on the turn alone', () => {
  const three = models();
  const text = three.begin({ ...request, scene: scene('three-models') });
  expect(text.size).toBe(100);
  expect(text.contours.length).toBeGreaterThan(400);
  const start = three.advance(0);
  expect(start.models.map(({ model }) => model)).toEqual(['annealing', 'fixation', 'wright-fisher']);
  for (const { path } of start.models) expect([...path.slice(0, 2)]).toEqual([...text.flow.slice(0, 2)]);
  const late = three.advance(120);
  expect(late.turn).toBe(120);
  for (const [i, { fitness, cosine }] of late.models.entries()) {
    expect(fitness).toBeGreaterThan(start.models[i].fitness);
    expect(cosine).toBeGreaterThan(0.5);
  }
  const again = models();
  again.begin({ ...request, scene: scene('three-models') });
  for (let turn = 0; turn <= 120; turn += 7) again.advance(turn);
  expect(again.advance(120)).toEqual(late);
  three.end();
  again.end();
});

test('the size of the population is that in which mutants fix, and changes are in force from the beginning', () => {
  const three = models();
  const path = 'habitat.fixation.size';
  expect(three.begin({ ...request, scene: scene('one-mutant-at-a-time') }).size).toBe(100);
  expect(three.begin({ ...request, scene: scene('one-mutant-at-a-time'), changes: [{ at: 50, path, value: 40 }] }).size).toBe(40);
  expect(() => three.begin({ ...request, scene: scene('meadow') })).toThrow('three models: this world has no landscape');
  three.end();
});

test('an advance ends when its time is over, and goes on from there', () => {
  let now = 0;
  const three = new ThreeModels(() => {
    now += 10;
    return now;
  });
  three.begin({ ...request, scene: scene('three-models') });
  const { turn } = three.advance(50);
  expect(turn).toBeGreaterThan(0);
  expect(turn).toBeLessThan(50);
  expect(three.advance(50).turn).toBeGreaterThan(turn);
  three.end();
});
