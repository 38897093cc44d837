import { describe, expect, it } from 'vitest';
import { first, still } from './plane-world.ts';

describe('imitation', () => {
  /** Mean over rows of the log-probability that a learner's present policy eats as its model did. */
  it('moves the policy towards what was seen and leaves the genes alone', () => {
    const simulation = still({
      imitation: { on: true, attention: 1, reach: 30, model: 'elder' },
      mutation: { on: false },
    });
    const { table, layout } = first(simulation);
    // One old model that always eats, and learners that hardly ever do.
    const slot = layout.loci.find(({ name }) => name === 'bias>eat')?.slot as number;
    const [weights, genome, birthTick] = [table.f32('weights'), table.f32('genome'), table.i32('birthTick')];
    for (let row = 0; row < table.count; row++) {
      birthTick[row] = row === 0 ? -1000 : 0;
      for (const column of [weights, genome]) column[row * layout.stride + slot] = row === 0 ? 9 : -3;
    }
    const inherited = genome.slice(0, table.count * layout.stride);
    const biases = () => Array.from({ length: table.count }, (_, row) => table.f32('weights')[row * layout.stride + slot]);
    const byId = () => new Map(biases().map((bias, row) => [table.f64('id')[row], bias]));
    const before = byId();
    simulation.step(300);
    const after = byId();
    const risen = [...after].filter(([id, bias]) => bias > (before.get(id) as number) + 0.5).length;
    expect(risen).toBeGreaterThan(table.count / 2);
    const ids = Float64Array.from(table.f64('id').subarray(0, table.count)).sort();
    expect(ids.length).toBe(80);
    expect(Math.max(...table.f32('genome').subarray(0, table.count * layout.stride))).toBe(Math.max(...inherited));
    simulation.dispose();
  });
});
