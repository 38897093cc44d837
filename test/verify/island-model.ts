import { type IslandModel, islandFormula, islandFst, islandHeterozygosities, islandRecursion } from '../theory/island-model.ts';
import type { Verification } from './verification.ts';

const model = (ploidy: 1 | 2): IslandModel => ({ ploidy, patches: 6, size: 20, migration: 0.05, mutation: 0.0005 });
/** Runs of a seed. */
const runs = 3;

/** F_ST at equilibrium of an island model on patches, against formula and recursion. */
export const islandModel: Verification = {
  name: 'island-model',
  scenes: [],
  title: 'Island model on patches: F_ST at equilibrium (6 patches of 20, m = 0.05, u = 0.0005, free recombination)',
  measure(seed) {
    const result: Record<string, number> = {};
    for (const ploidy of [1, 2] as const) {
      for (let run = 0; run < runs; run++) {
        const found = islandHeterozygosities(model(ploidy), `island model ${seed} ${run}`, {
          burnIn: 1000,
          samples: 12,
          every: 60,
        });
        result[`${ploidy} ${run} within`] = found.within;
        result[`${ploidy} ${run} between`] = found.between;
      }
    }
    return result;
  },
  judge(results) {
    const rows = ([1, 2] as const).map((ploidy) => {
      const all = results.flatMap((result) =>
        Array.from({ length: runs }, (_, run) => ({
          within: result[`${ploidy} ${run} within`],
          between: result[`${ploidy} ${run} between`],
        })),
      );
      const exact = islandRecursion(model(ploidy));
      return { ploidy, exact, formula: islandFormula(model(ploidy)), ...islandFst(model(ploidy), all) };
    });
    return {
      lines: rows.map(
        ({ ploidy, fst, error, exact, formula }) =>
          `ploidy ${ploidy}: F_ST ${fst.toFixed(4)} ± ${error.toFixed(4)}; recursion ${exact.toFixed(4)} (z ${((fst - exact) / error).toFixed(1)}), formula for small m ${formula.toFixed(4)}`,
      ),
      holds: rows.every(({ fst, error, exact }) => Math.abs(fst - exact) < 4 * error),
    };
  },
};
