import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { first, still } from './plane-world.ts';

describe('curiosity', () => {
  it('what is met again and again is less and less new, and is forgotten', () => {
    const simulation = still(
      { curiosity: { on: true, forgetting: 0 }, mutation: { on: false } },
      { policy: { hidden: 1, deviation: 0 } },
    );
    const { table } = first(simulation);
    simulation.step(1);
    expect(Array.from(table.f32(floatsNamed('novelty')).subarray(0, table.count))).toEqual(
      Array.from({ length: table.count }, () => 1),
    );
    simulation.step(99);
    const visits = table.f32(floatsNamed('visits'));
    for (let row = 0; row < table.count; row++) {
      let sum = 0;
      for (let k = 0; k < 64; k++) sum += visits[row * 64 + k];
      expect(sum).toBe(100);
    }
    const mean =
      table
        .f32(floatsNamed('novelty'))
        .subarray(0, table.count)
        .reduce((sum, value) => sum + value, 0) / table.count;
    expect(mean).toBeLessThan(0.5);
    simulation.set('populations.grazers.mechanisms.curiosity.forgetting', 1);
    simulation.step(2);
    expect(table.f32(floatsNamed('novelty'))[0]).toBe(1);
    simulation.dispose();
  });
});
