import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { first, still } from './plane-world.ts';

describe('payoffs', () => {
  it('pays each what its strategy earns against those near: the shares of the softmax', () => {
    const simulation = still(
      {
        payoffs: {
          on: true,
          encounters: 1,
          energy: 1,
          reach: 30,
          payoffs: [
            [3, 3],
            [0, 0],
          ],
        },
        mutation: { on: false },
      },
      { diet: { appetite: 0 }, energy: { founder: 4, storage: 1000, living: 0, moving: 0, swiftness: 0, feeding: 0 } },
    );
    const { table } = first(simulation);
    const before = new Map(Array.from(table.f64('id').subarray(0, table.count), (id, row) => [id, table.f32('energy')[row]]));
    simulation.step();
    let paid = 0;
    for (let row = 0; row < table.count; row++) {
      const gain = table.f32('energy')[row] - (before.get(table.f64('id')[row]) as number);
      const played = table.f32(floatsNamed('played'))[row];
      expect(Math.abs(gain - (played === 0 ? 3 : 0))).toBeLessThan(1e-5);
      if (played === 0) paid++;
    }
    // Founders lean to neither: half of them play the first.
    expect(Math.abs(paid - 40)).toBeLessThan(4 * Math.sqrt(20));
    simulation.dispose();
  });
});

describe('payoffs of five strategies', () => {
  const circle = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => [0, 1, -1, 1, -1][(j - i + 5) % 5]));
  const path = 'populations.grazers.mechanisms.payoffs.payoffs';

  it('are read from as many loci, and every one of them is played', () => {
    const simulation = still({ payoffs: { on: true, encounters: 1, energy: 0.1, reach: 30, payoffs: circle } }, { genome: {} });
    const { table, traits } = first(simulation);
    expect(traits.filter(({ id }) => id.startsWith('strategy.'))).toHaveLength(5);
    simulation.step();
    expect(new Set(table.f32(floatsNamed('played')).subarray(0, table.count)).size).toBe(5);
    expect(() => simulation.set(path, [...circle.map((row) => [...row, 0]), [1, 2, 3, 4, 5]])).toThrow(
      /payoffs: there are 6 rows, but row 5 has 5 entries; give 6/,
    );
    const six = Array.from({ length: 6 }, () => [1, 0, 0, 0, 0, 0]);
    expect(() => simulation.set(path, six)).toThrow(/genomes carry no locus 'strategy\.6'; add it to genome\.carries/);
    simulation.set(path, [
      [1, 0],
      [0, 1],
    ]);
    simulation.step();
    expect(new Set(table.f32(floatsNamed('played')).subarray(0, table.count)).size).toBe(2);
    simulation.dispose();
  });
});
