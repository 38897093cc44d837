import { expect, it } from 'vitest';
import json from '../../../scenes/meadow.json';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { findHeir } from '../../../src/worker/find-heir.ts';

it('the line of who has died goes on with the youngest of the nearest living descendants, then with a sibling', () => {
  const simulation = createSimulation(parseScene(json, 'meadow'), 'heir');
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  const [population] = simulation.populations;
  const parentOf = new Map<number, number>();
  const dead: number[] = [];
  simulation.observe({
    afterTick() {
      const { births } = population;
      for (let k = 0; k < births.count; k++) parentOf.set(births.id[k], births.parent[k]);
      const deaths = simulation.deaths(population);
      for (let k = 0; k < deaths.count; k++) dead.push(deaths.id[k]);
    },
  });
  simulation.step(700);
  const ids = Array.from(population.table.f64('id').subarray(0, population.count));
  /** Generations from an organism down to another one; 0 if it does not descend from it. */
  const below = (id: number, ancestor: number): number => {
    let steps = 0;
    for (let at: number | undefined = id; at !== undefined; at = parentOf.get(at), steps++) if (at === ancestor) return steps;
    return 0;
  };
  const found = { offspring: 0, descendant: 0, sibling: 0, none: 0 };
  for (const id of dead.slice(-400)) {
    const parent = parentOf.get(id);
    const heir = findHeir(population, record, id, parent === undefined ? [] : [parent]);
    const lines = ids.map((one) => ({ one, steps: below(one, id) })).filter(({ steps }) => steps > 0);
    const nearest = Math.min(...lines.map(({ steps }) => steps));
    const expected = Math.max(...lines.filter(({ steps }) => steps === nearest).map(({ one }) => one));
    if (lines.length > 0) expect(heir).toEqual({ id: expected, relation: nearest === 1 ? 'offspring' : 'descendant' });
    else {
      const siblings = ids.filter((one) => parent !== undefined && parentOf.get(one) === parent);
      expect(heir).toEqual(siblings.length > 0 ? { id: Math.max(...siblings.slice(0, 24)), relation: 'sibling' } : undefined);
    }
    found[heir?.relation ?? 'none'] += 1;
  }
  expect(found.offspring).toBeGreaterThan(0);
  expect(found.none).toBeGreaterThan(0);
  record.dispose();
  simulation.dispose();
});
