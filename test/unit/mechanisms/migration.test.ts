import { describe, expect, it } from 'vitest';
import { first, still } from './plane-world.ts';

describe('migration in the plane', () => {
  it('carries the chosen share of all to open ground anywhere', () => {
    const simulation = still(
      { migration: { on: true, rate: 0.5 } },
      { policy: { deviation: 0, biases: { thrust: -20 } } },
      {
        barriers: [{ x: 0, y: 0, width: 32, height: 64 }],
      },
    );
    const { table } = first(simulation);
    const place = () => new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, table.f32('x')[row]]));
    const before = place();
    simulation.step();
    const moved = [...place()].filter(([id, x]) => Math.abs(x - (before.get(id) as number)) > 1).length;
    expect(Math.abs(moved - 40)).toBeLessThan(4 * Math.sqrt(20) + 4);
    simulation.step(20);
    for (const x of place().values()) expect(x).toBeGreaterThanOrEqual(32);
    simulation.dispose();
  });
});
