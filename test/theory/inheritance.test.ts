import { describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { ids, makeWorld, smallWorld } from '../unit/engine/worlds.ts';
import { linkage, rich, slotOf } from './linkage.ts';
import { elementExpected, elementPath, markerChanges } from './transfers.ts';

describe('recombination', () => {
  it.each([1, 2].flatMap((ploidy) => [0, 0.1, 0.3, 0.5].map((r) => ({ ploidy, r }))))(
    'ploidy $ploidy: loci of recombination rate $r keep 1 - r of their disequilibrium',
    ({ ploidy, r }) => {
      const { differences, informative, parted } = linkage({ ploidy, rate: r, founders: 600, ticks: 60, seed: 'linkage' });
      expect(informative).toBeGreaterThan(800);
      expect(Math.abs(mean(differences))).toBeLessThan(4 * standardError(differences));
      const error = Math.sqrt((r * (1 - r)) / informative);
      expect(Math.abs(parted / informative - r)).toBeLessThanOrEqual(4 * error);
    },
  );
});

describe('horizontal transfer', () => {
  it.each(['neighbours', 'anyone'])(
    'by replacement from %s leaves the expected value of a neutral marker as it was',
    (donors) => {
      const changes = markerChanges(donors, 800, 40, 'replacement');
      expect(changes.length).toBeGreaterThan(500);
      expect(changes.filter((change) => change !== 0).length).toBeGreaterThan(200);
      expect(Math.abs(mean(changes))).toBeLessThan(4 * standardError(changes));
    },
  );

  it('an element is never lost by a diploid either, on any haplotype', () => {
    const simulation = makeWorld(
      smallWorld({
        habitat: rich,
        foragers: {
          founders: 300,
          genome: { ploidy: 2 },
          energy: { founder: 6, living: 0, moving: 0, swiftness: 0, feeding: 0, storage: 1000 },
          life: { maturity: 100_000, span: 1_000_000, accident: 0 },
          mechanisms: { mutation: { on: false }, transfer: { on: true, kind: 'element', rate: 0.1, donors: 'anyone' } },
        },
      }),
      'diploid element',
    );
    const [population] = simulation.populations;
    const slot = slotOf(population, 'marker.1');
    const { stride } = population.layout;
    const carried = () => {
      const all = new Map<number, number[]>();
      for (const [row, id] of ids(population).entries()) {
        const genome = population.genomeOf(row);
        all.set(id, [genome[slot] > 0 ? 1 : 0, genome[stride + slot] > 0 ? 1 : 0]);
      }
      return all;
    };
    let before = carried();
    for (let tick = 0; tick < 120; tick++) {
      simulation.step();
      const after = carried();
      for (const [id, [one, two]] of after) {
        const [first, second] = before.get(id) as number[];
        expect(one).toBeGreaterThanOrEqual(first);
        expect(two).toBeGreaterThanOrEqual(second);
      }
      before = after;
    }
    expect([...before.values()].flat().filter((carries) => carries === 0).length).toBeLessThan(30);
    simulation.dispose();
  });

  it('an element that is acquired and never lost follows the logistic where all meet all', () => {
    const [founders, rate, ticks, replicates] = [400, 0.1, 60, 16];
    const found = Array.from({ length: replicates }, (_, k) => elementPath({ founders, rate, ticks, seed: `element ${k}` }));
    const expected = elementExpected({ founders, rate, ticks });
    const zs: number[] = [];
    for (let tick = 1; tick <= ticks; tick++) {
      const shares = found.map((path) => path[tick]);
      const error = standardError(shares);
      // The map of expectations bends: what chance has spread lowers the mean by at most half the variance times rate a tick.
      const bend = standardError(shares) ** 2 * replicates * rate * tick * 0.5;
      if (error > 0) zs.push((Math.abs(mean(shares) - expected[tick]) - bend) / error);
    }
    expect(found[0][ticks]).toBeGreaterThan(0.9);
    expect(Math.max(...zs)).toBeLessThan(4);
  });
});
