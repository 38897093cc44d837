import { describe, expect, it } from 'vitest';
import { assortativeMating } from '../../../src/mechanisms/assortative-mating.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { first, still } from './plane-world.ts';

describe('assortative mating', () => {
  it('weighs a mate by exp(-d^2 / 2 w^2), d the root mean square difference over the loci compared', () => {
    const simulation = still({});
    const population = first(simulation);
    const { table, layout, count } = population;
    const genome = table.f32('genome');
    for (const [measure, width] of [
      ['genome', 0.5],
      ['markers', 2],
    ] as const) {
      const compared = layout.loci.filter(({ name }) => measure === 'genome' || name.startsWith('marker.'));
      const attraction = assortativeMating.mateAttraction?.(population, { measure, width }, {} as never);
      expect(attraction?.(0, 0)).toBe(1);
      for (let row = 1; row < count; row++) {
        const square = compared.reduce(
          (sum, { slot }) => sum + (genome[slot] - genome[row * layout.stride + slot]) ** 2 / compared.length,
          0,
        );
        expect(attraction?.(0, row)).toBeCloseTo(Math.exp(-square / (2 * width * width)), 6);
      }
    }
    simulation.dispose();
  });

  it('is how often mates are chosen: of two kinds that differ by d, the other one e^(-d^2 / 2 w^2) times as often', () => {
    // Two kinds, 100 of each, without a difference in fitness; all meet all, as often as each other.
    const [each, apart, width, generations] = [100, 1, 0.8, 12];
    const scene = parseScene(
      {
        version: 1,
        name: 'kinds',
        title: 'Kinds',
        habitat: { kind: 'landscape', form: 'linear', dimensions: 1, encounters: 400, forms: { linear: { slope: 0 } } },
        populations: {
          both: {
            founders: 2 * each,
            start: { mean: 0 },
            mechanisms: {
              mutation: { on: false },
              'sexual-reproduction': { on: true },
              'assortative-mating': { on: true, measure: 'genome', width },
            },
          },
        },
      },
      'kinds',
    );
    let [births, other] = [0, 0];
    for (let seed = 0; seed < generations; seed++) {
      const simulation = createSimulation(scene, `kinds ${seed}`);
      const [population] = simulation.populations;
      const { table, layout } = population;
      for (const name of new Set(['genome', ...population.haplotypes])) {
        const loci = table.f32({ name, type: 'f32' });
        for (let row = 0; row < 2 * each; row++) loci[row * layout.stride] = row % 2 === 0 ? 0 : apart;
      }
      const kind = new Map(Array.from(table.f64('id').subarray(0, 2 * each), (id, row) => [id, row % 2]));
      simulation.step();
      const born = simulation.births(population);
      births += born.count;
      for (let k = 0; k < born.count; k++) if (kind.get(born.parent[k]) !== kind.get(born.mate[k])) other++;
      simulation.dispose();
    }
    expect(births).toBe(2 * each * generations);
    const weight = Math.exp((-apart * apart) / (2 * width * width));
    const share = (each * weight) / (each - 1 + each * weight);
    // Mates of different births are drawn separately. That 400 are met rather than all shifts the share by less than 1/400.
    expect(Math.abs(other / births - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / births) + 1 / 400);
  });
});
