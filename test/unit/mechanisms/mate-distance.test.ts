import { describe, expect, it } from 'vitest';
import { mateDistance } from '../../../src/mechanisms/mate-distance.ts';
import { makeWorld } from '../engine/worlds.ts';
import { first, still } from './plane-world.ts';
import { sexualWorld } from './watch-births.ts';

describe('mate distance', () => {
  it('lets two organisms mate whose genomes differ by no more than the distance, root mean square over the loci compared', () => {
    const simulation = still({});
    const population = first(simulation);
    const { table, layout, count } = population;
    const genome = table.f32('genome');
    const distance = 0.9;
    for (const measure of ['genome', 'markers'] as const) {
      const compared = layout.loci.filter(({ name }) => measure === 'genome' || name.startsWith('marker.'));
      const attraction = mateDistance.mateAttraction?.(population, { measure, distance }, {} as never);
      const found = { alike: 0, unlike: 0 };
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) {
          const square = compared.reduce(
            (sum, { slot }) => sum + (genome[a * layout.stride + slot] - genome[b * layout.stride + slot]) ** 2,
            0,
          );
          const alike = Math.sqrt(square / compared.length) <= distance;
          expect(attraction?.(a, b)).toBe(alike ? 1 : 0);
          found[alike ? 'alike' : 'unlike']++;
        }
      }
      if (measure === 'markers') for (const number of Object.values(found)) expect(number).toBeGreaterThan(500);
    }
    simulation.dispose();
  });

  it('gives no births where no two are alike enough', () => {
    const simulation = makeWorld(sexualWorld(1, { 'mate-distance': { on: true, distance: 0 } }));
    let births = 0;
    for (let tick = 0; tick < 40; tick++) {
      simulation.step();
      births += simulation.births(simulation.populations[0]).count;
    }
    expect(births).toBe(0);
    simulation.dispose();
  });
});
