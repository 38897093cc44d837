import { describe, expect, it } from 'vitest';
import { type IslandModel, islandFormula, islandFst, islandHeterozygosities, islandRecursion } from './island-model.ts';
import { differencesBySteps, steppingStoneFormula, steppingStoneRecursion } from './stepping-stones.ts';

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

describe('stepping stones on a ring of patches', () => {
  it('differ the more the further they are apart, as the formula says', () => {
    const ring: IslandModel = { ploidy: 1, patches: 6, size: 20, migration: 0.05, mutation: 0.0005 };
    const measured = Array.from({ length: runs }, (_, k) =>
      differencesBySteps(ring, `ring ${k}`, { burnIn: 600, samples: 8, every: 40 }),
    );
    const ratio = (chosen: typeof measured, steps: number) => {
      const sum = (of: number) => chosen.reduce((all, one) => all + one[of], 0);
      return (sum(steps) - sum(0)) / sum(0);
    };
    /** Of any figure of the runs, with its standard error by leaving each run out. */
    const withError = (of: (chosen: typeof measured) => number) => {
      const without = measured.map((_, k) => of(measured.filter((__, other) => other !== k)));
      const centre = without.reduce((sum, one) => sum + one, 0) / runs;
      const spread = without.reduce((sum, one) => sum + (one - centre) ** 2, 0);
      return { value: of(measured), error: Math.sqrt(((runs - 1) / runs) * spread) };
    };
    const exact = steppingStoneRecursion(ring);
    for (const steps of [1, 2, 3]) {
      const { value, error } = withError((chosen) => ratio(chosen, steps));
      expect(Math.abs(value - exact[steps]), `${steps} steps`).toBeLessThan(4 * error);
      expect(error).toBeLessThan(0.15 * exact[steps]);
      // What the formula leaves out is of the order of m: 5 % here, and 6, 3 and 2 % of the ratios.
      expect(Math.abs(steppingStoneFormula(ring, steps) / exact[steps] - 1)).toBeLessThan(2 * ring.migration);
    }
    // In an island model with as many migrants all would be equally unlike.
    const { value, error } = withError((chosen) => ratio(chosen, 3) - ratio(chosen, 1));
    expect(value).toBeGreaterThan(4 * error);
  }, 60_000);
});
