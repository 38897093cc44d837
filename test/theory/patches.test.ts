import { describe, expect, it } from 'vitest';
import { type IslandModel, islandFormula, islandFst, islandHeterozygosities, islandRecursion } from './island-model.ts';

const runs = 6;
const model = (ploidy: 1 | 2): IslandModel => ({ ploidy, patches: 6, size: 20, migration: 0.05, mutation: 0.0005 });

describe('the island model on patches', () => {
  it.each([1, 2] as const)(
    'ploidy %i: F_ST at equilibrium is what the formula says',
    (ploidy) => {
      const islands = model(ploidy);
      const measured = islandFst(
        islands,
        Array.from({ length: runs }, (_, k) =>
          islandHeterozygosities(islands, `islands ${k}`, { burnIn: 600, samples: 8, every: 40 }),
        ),
      );
      const [formula, exact] = [islandFormula(islands), islandRecursion(islands)];
      // What the formula leaves out is of the order of m: 5 % here.
      expect(Math.abs(formula / exact - 1)).toBeLessThan(2 * islands.migration);
      expect(Math.abs(measured.fst - exact)).toBeLessThan(4 * measured.error);
      expect(measured.error).toBeLessThan(0.1 * exact);
    },
    120_000,
  );
});
