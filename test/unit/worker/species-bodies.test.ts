import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bodyForms, formShare } from '../../../src/worker/body-forms.ts';
import { Run } from '../../../src/worker/live-run.ts';
import { pageCatalogue } from '../../../src/worker/page-catalogue.ts';
import { speciesBodies } from '../../../src/worker/species-bodies.ts';

function runOf(name: string, ticks: number): Run {
  const json = JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
  const run = Run.found(pageCatalogue.parseScene(json, name), '7', []);
  while (run.world.tick < ticks) run.step();
  return run;
}

test('species have the mean forms of their members, and those of a population that bites have jaws', () => {
  const run = runOf('arms-race', 40);
  const bodies = speciesBodies(run.world, run.record);
  expect([...bodies].map(([species, { population, jaw }]) => [species, population, jaw])).toEqual([
    [0, 0, 0],
    [1, 1, 1],
  ]);
  for (const [species, body] of bodies) {
    const { table, count } = run.world.populations[species];
    for (const form of bodyForms) {
      const column = table.find<'f32'>(form.trait as never)?.values.subarray(0, count);
      const mean = column ? column.reduce((sum, value) => sum + formShare(value, form), 0) / count : 0;
      expect(body[form.column as 'speed' | 'diet' | 'display' | 'marker']).toBeCloseTo(mean, 4);
    }
    expect(body.eyes).toBeGreaterThan(0);
  }
  expect(bodies.get(0)?.speed).toBeGreaterThan(0);
  run.dispose();
});

test('genomes on a landscape have no bodies', () => {
  const run = runOf('annealing', 3);
  expect(speciesBodies(run.world, run.record).size).toBe(0);
  run.dispose();
});
