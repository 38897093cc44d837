import { expect, it } from 'vitest';
import json from '../../../scenes/islands.json';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { findKin, parentsOf } from '../../../src/worker/find-kin.ts';

it('kin of an organism of two parents are those of both', () => {
  const simulation = createSimulation(parseScene(json, 'islands'), 'kin');
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  const [population] = simulation.populations;
  const born = new Map<number, readonly number[]>();
  simulation.observe({
    afterTick() {
      const { births } = population;
      for (let k = 0; k < births.count; k++) born.set(births.id[k], [births.parent[k], births.mate[k]]);
    },
  });
  simulation.step(150);
  const ids = Array.from(population.table.f64('id').subarray(0, population.count));
  const sharing = (a: readonly number[], b: readonly number[]) => a.some((one) => b.includes(one));
  let [both, siblings, alone] = [0, 0, 0];
  for (const [row, id] of ids.entries()) {
    const own = born.get(id) ?? [];
    const parents = parentsOf(population, record.individuals, row);
    expect(parents).toEqual(own);
    const kin = findKin(population, record.individuals, id, parents);
    expect(kin.parents).toEqual(own.map((one) => ({ id: one, lives: ids.includes(one) })));
    expect(kin.offspring).toEqual(ids.filter((one) => born.get(one)?.includes(id)).slice(0, 24));
    expect(kin.siblings).toEqual(ids.filter((one) => one !== id && sharing(born.get(one) ?? [], own)).slice(0, 24));
    if (own.length === 2) both++;
    else alone++;
    siblings += kin.siblings.length;
  }
  expect([both, siblings, alone].every((count) => count > 10)).toBe(true);
  simulation.dispose();
});
