import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { learners } from './learners.ts';

describe('a gradient step', () => {
  it('without copying is gradient ascent: every child is one step from its parent', () => {
    const simulation = learners({ training: { interval: 1000 } });
    const [population] = simulation.populations;
    const { stride } = population.layout;
    const before = population.table.f32('genome').slice(0, 20 * stride);
    const rates = population.table.f32(floatsNamed('learning.rate')).slice(0, 20);
    simulation.step();
    const after = population.table.f32('genome');
    const gradient = new Float64Array(6);
    for (let row = 0; row < 20; row++) {
      simulation.habitat.landscape.gradient(before, row * stride, gradient);
      const length = Math.hypot(...gradient);
      const size = Math.min(rates[row], 1 / length);
      for (let l = 0; l < 6; l++) expect(after[row * stride + l]).toBeCloseTo(before[row * stride + l] + size * gradient[l], 5);
    }
    simulation.dispose();
  });

  it('of a genome without a learning rate has the length that the scene says, and ends at the longest', () => {
    for (const { rate, longest } of [
      { rate: 0.001, longest: 1000 },
      { rate: 100, longest: 0.25 },
    ]) {
      const simulation = learners({ training: { interval: 1000 } }, { 'gradient-step': { on: true, rate, longest } }, {});
      const [population] = simulation.populations;
      const { stride } = population.layout;
      const before = population.table.f32('genome').slice(0, 20 * stride);
      simulation.step();
      const after = population.table.f32('genome');
      const gradient = new Float64Array(6);
      for (let row = 0; row < 20; row++) {
        simulation.habitat.landscape.gradient(before, row * stride, gradient);
        const length = Math.hypot(...gradient);
        const moved = Math.hypot(...gradient.map((_, l) => after[row * stride + l] - before[row * stride + l]));
        expect(moved).toBeCloseTo(Math.min(rate * length, longest), 4);
      }
      simulation.dispose();
    }
  });
});
