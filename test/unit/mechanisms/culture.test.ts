import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { first, still } from './plane-world.ts';

describe('culture in the plane', () => {
  it('saves living costs as skill says', () => {
    const simulation = still(
      { culture: { on: true, benefit: 0.5 }, mutation: { on: false } },
      {
        diet: { appetite: 0 },
        energy: { founder: 4, storage: 8, living: 0.5, moving: 0, swiftness: 0, feeding: 0 },
        policy: { deviation: 0, biases: { thrust: -20 } },
      },
    );
    const { table } = first(simulation);
    for (let row = 0; row < table.count; row++) table.f32(floatsNamed('skill'))[row] = row % 2 === 0 ? 2 : -2;
    const rows = () =>
      Array.from(table.f64('id').subarray(0, table.count), (id, row) => ({
        id,
        skill: table.f32(floatsNamed('skill'))[row],
        energy: table.f32('energy')[row],
        cost: table.f32('cost')[row],
      }));
    const before = new Map(rows().map((row) => [row.id, row]));
    simulation.step();
    for (const { id, energy, skill, cost } of rows()) {
      const paid = (before.get(id)?.energy as number) - energy;
      expect(Math.abs(paid - cost / (skill > 0 ? 2 : 1))).toBeLessThan(1e-5);
    }
    simulation.dispose();
  });
});
