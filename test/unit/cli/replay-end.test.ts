import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeProvenance } from '../../../src/export/index.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { call, smallScene, Workplace } from './test-io.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

test('a run in which something was done at its last tick replays to the same hash', async () => {
  const simulation = createSimulation(parseScene(smallScene, 'small.json'), '7');
  simulation.step(30);
  const [{ name, table }] = simulation.populations;
  simulation.set('acts.remove', { population: name, ids: [table.f64('id')[0]] });
  const provenance = describeProvenance(simulation, {
    scene: smallScene as never,
    seedGenerated: false,
    record: { every: 10, genomes: 'none', csv: false },
    environment: {},
  });
  simulation.dispose();
  writeFileSync(place.at('provenance.json'), JSON.stringify(provenance));
  const replayed = await call(['replay', place.at('provenance.json')]);
  expect(replayed.status, replayed.err).toBe(0);
  expect(replayed.out).toContain(provenance.hash);
  const whole = await call(['replay', place.at('provenance.json'), '--out', place.at('again')]);
  expect(whole.status, whole.err).toBe(0);
});
