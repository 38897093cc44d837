import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { learners } from './learners.ts';

describe('exploration', () => {
  it('copies the best over the worst at its interval, and copies explore other rates', () => {
    const simulation = learners({}, { 'gradient-step': { on: false }, explore: { on: true, factor: 2 } });
    const [population] = simulation.populations;
    simulation.step(4);
    const ids = [...population.table.f64('id').subarray(0, 20)];
    const fitness = [...simulation.habitat.logFitness(population)];
    const rates = new Map(ids.map((id, row) => [id, population.table.f32(floatsNamed('learning.rate'))[row]]));
    simulation.step();
    const births = simulation.births(population);
    const ranked = ids.map((_, i) => i).sort((a, b) => fitness[b] - fitness[a]);
    const children = new Map<number, number[]>();
    for (let k = 0; k < 20; k++) children.set(births.parent[k], [...(children.get(births.parent[k]) ?? []), births.id[k]]);
    ranked.forEach((row, rank) => expect(children.get(ids[row])?.length ?? 0).toBe(rank < 5 ? 2 : rank < 15 ? 1 : 0));
    for (const [parent, [first, second]] of children) {
      const own = rates.get(parent) as number;
      const of = (id: number) => population.table.f32(floatsNamed('learning.rate'))[population.rowOf(id)] / own;
      expect(of(first)).toBeCloseTo(1, 5);
      if (second !== undefined) expect(Math.min(Math.abs(of(second) - 2), Math.abs(of(second) - 0.5))).toBeLessThan(1e-4);
    }
    simulation.dispose();
  });

  it('learns a schedule: rates that are too high for the valley are gone in time', () => {
    const simulation = learners({}, { 'gradient-step': { on: true, noise: 0.3 }, explore: { on: true } });
    const [population] = simulation.populations;
    simulation.step(400);
    // 2 over the largest curvature is where ascent diverges: 0.02 for a condition of 100.
    for (const rate of population.table.f32(floatsNamed('learning.rate')).subarray(0, 20)) expect(rate).toBeLessThan(0.04);
    for (const f of simulation.habitat.logFitness(population)) expect(f).toBeGreaterThan(-2);
    simulation.dispose();
  });
});
