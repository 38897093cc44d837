import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSeen, measureName, type Sights } from '../../../src/app/instruments/mechanisms/sight.ts';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { Recorder } from '../../../src/worker/series-sampler.ts';

const names = readdirSync('scenes').map((file) => file.replace('.json', ''));

it.each(names)('what %s says is seen can be: its measures, colours and parameters are there', (name) => {
  const scene = parseScene(JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')), name);
  const simulation = createSimulation(scene, 'seen');
  const measures = new Recorder(simulation).columns.map(measureName);
  const paths = describeParameters(scene)
    .filter(({ live }) => live)
    .map(({ path }) => path);
  const traits = simulation.populations[0].traits.map(({ id }) => `trait:${id}`);
  const sights = scene.lookFor.flatMap((one) => (typeof one === 'string' ? [] : [one.seen]));
  // Every scene has something that the page sees by itself.
  expect(sights.length).toBeGreaterThan(0);
  for (const { measure, colour, changed } of sights) {
    if (measure !== undefined) expect(measures).toContain(measure);
    if (colour !== undefined) expect([...traits, 'lineage', 'species', 'energy', 'age', 'fitness']).toContain(colour);
    if (changed !== undefined)
      expect(
        paths.some((path) => path.endsWith(changed)),
        changed,
      ).toBe(true);
  }
  simulation.dispose();
});

describe('isSeen', () => {
  const column = { name: 'a.b', probe: 'p', title: '', unit: '' };
  const mean = [Float64Array.of(Number.NaN, 2, 5, 3)];
  const sights: Sights = {
    columns: [column],
    data: { bucketTicks: 10, ticks: Float64Array.of(0, 10, 20, 30), mean, minimum: mean, maximum: mean },
    palette: 'species',
    changed: ['populations.x.mechanisms.mutation.on'],
    events: [{ kind: 'split', tick: 12 }],
  };
  it.each([
    [{ measure: 'p/a.b', after: 0, above: 2.5 }, true],
    [{ measure: 'p/a.b', after: 0, above: 3 }, false],
    [{ measure: 'p/a.b', after: 0, rises: 1 }, true],
    [{ measure: 'p/a.b', after: 0, falls: 1 }, false],
    [{ measure: 'p/a.b', after: 20, falls: 2 }, true],
    [{ measure: 'p/a.b', after: 40, above: 0 }, false],
    [{ measure: 'p/a.b', after: 0, above: 2.5, lasts: 10 }, true],
    [{ measure: 'p/a.b', after: 0, above: 2.5, lasts: 20 }, false],
    [{ measure: 'p/a.b', after: 0, above: 0, lasts: 20 }, true],
    [{ measure: 'p/a.b', after: 0, above: 0, lasts: 30 }, false],
    [{ measure: 'p/a.c', after: 0, above: 0 }, false],
    [{ colour: 'species', after: 0 }, true],
    [{ colour: 'species', after: 0, measure: 'p/a.b', below: 1 }, false],
    [{ changed: 'mutation.on', after: 0 }, true],
    [{ changed: 'transfer.on', after: 0 }, false],
    [{ event: 'split' as const, after: 12 }, true],
    [{ event: 'split' as const, after: 13 }, false],
    [{ event: 'merge' as const, after: 0 }, false],
  ])('%j: %s', (sight, expected) => {
    expect(isSeen(sight, sights)).toBe(expected);
  });
});
