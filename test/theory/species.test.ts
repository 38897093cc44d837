import { describe, expect, it } from 'vitest';
import json from '../../scenes/islands.json';
import { LifeRecord } from '../../src/record/life-record.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';

// Species are found in a sample (theory.md, section 6): how large it is must not decide how many there are.
describe('two islands, watched through samples of different size', () => {
  const scene = structuredClone(json);
  // Nearer mates only than in the scene itself, so that the islands part within a test.
  scene.populations.foragers.mechanisms['mate-distance'].distance = 0.55;
  const parsed = parseScene(scene, 'islands');
  const simulation = createSimulation(parsed, 'samples');
  const views = [75, 150, 300, 5000].map((sample) => {
    const species = { ...parsed.record.species, sample };
    const view: Simulation = Object.create(simulation, {
      scene: { value: { ...parsed, record: { ...parsed.record, species } } },
    });
    const record = new LifeRecord(view);
    simulation.observe({ afterTick: () => record.afterTick(view) });
    return { sample, record };
  });
  simulation.step(11_000);
  const [population] = simulation.populations;
  const ids = [...population.table.f64('id').subarray(0, population.count)];

  it.each(views)('a sample of $sample finds the same two species', ({ record }) => {
    expect(record.species.looks.at(-1)?.species).toEqual([0, 1]);
    const kinds = record.species.events.map(({ kind }) => kind);
    expect(kinds).toEqual(['origin', 'split']);
    // Same members, whichever of the two was named first.
    const whole = views[3].record.individuals;
    const pairs = ids.map((id) => {
      const { individuals } = record;
      return `${individuals.speciesOf(individuals.rowOf(id))} ${whole.speciesOf(whole.rowOf(id))}`;
    });
    expect(new Set(pairs).size).toBe(2);
  });

  it('each island has its own', () => {
    const { individuals } = views[3].record;
    const x = population.table.f32('x');
    const there = ids.map((id, row) => `${x[row] < 100} ${individuals.speciesOf(individuals.rowOf(id))}`);
    expect(new Set(there).size).toBe(2);
  });
});
