import { describe, expect, it } from 'vitest';
import { first, still } from './plane-world.ts';

describe('marks in the plane', () => {
  it('newborns begin with a share of what their bearing parent has learned', () => {
    const simulation = still(
      { learning: { on: true }, 'epigenetic-marks': { on: true, share: 0.5 }, mutation: { on: true, rate: 0.2 } },
      {
        life: { maturity: 1, span: 100_000, accident: 0 },
        traits: { 'reward.energy': { founder: 1 }, 'learning.rate': { founder: 0.5 } },
      },
    );
    const { table, layout } = first(simulation);
    simulation.step(40);
    // Look at newborns of a tick: their offset against half of their parent's, which has gone on learning for none.
    let seen = 0;
    for (let tick = 0; tick < 60; tick++) {
      simulation.step();
      const ids = new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, row]));
      const births = simulation.births(first(simulation));
      for (let k = 0; k < births.count; k++) {
        const [child, parent] = [ids.get(births.id[k]) as number, ids.get(births.parent[k])];
        if (parent === undefined) continue;
        const offset = (row: number, l: number) =>
          table.f32('weights')[row * layout.stride + l] - table.f32('genome')[row * layout.stride + l];
        for (let l = 0; l < layout.stride; l++) {
          expect(Math.abs(offset(child, l) - 0.5 * offset(parent, l))).toBeLessThan(1e-5);
        }
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
    simulation.dispose();
  });
});
