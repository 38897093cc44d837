import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonWith, selectionErrors } from '../../src/analysis/price/selection-errors.ts';
import { splitSelection } from '../../src/analysis/price/split-selection.ts';
import { sumOfWindows } from '../../src/analysis/price/sum-of-windows.ts';
import { mean, variance } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

/** A population of clades of so many members, in which kin are alike in trait and in fitness, and selection acts between and within. */
function draw(seed: string, clades: number, members: number) {
  const stream = namedStream('selection errors', seed);
  const [fitness, values, groups]: number[][] = [[], [], []];
  for (let g = 0; g < clades; g++) {
    const kin = stream.normal();
    const luck = stream.normal();
    for (let k = 0; k < members; k++) {
      const value = kin + 0.7 * stream.normal();
      values.push(value);
      groups.push(g);
      // Log-normal, so that fitness is above 0; luck is shared by kin.
      fitness.push(Math.exp(0.3 * value + 0.3 * luck + 0.5 * stream.normal()));
    }
  }
  return { fitness, values, groups };
}

const partsOf = ({ fitness, values, groups }: ReturnType<typeof draw>) => {
  const { between, within } = splitSelection(fitness, values, groups);
  return { selection: between + within, between, within };
};

describe('standard errors of selection', () => {
  it('are the jackknife over clades, done one clade at a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 5 }), fc.integer(), (clades, members, seed) => {
        const all = draw(String(seed), clades, members);
        const errors = selectionErrors(all.fitness, all.values, all.groups);
        const left = Array.from({ length: clades }, (_, g) => {
          const kept = all.groups.map((group) => group !== g);
          return partsOf({
            fitness: all.fitness.filter((_, i) => kept[i]),
            values: all.values.filter((_, i) => kept[i]),
            groups: all.groups.filter((_, i) => kept[i]),
          });
        });
        for (const key of ['selection', 'between', 'within'] as const) {
          const without = left.map((parts) => parts[key]);
          const expected = Math.sqrt((variance(without) * without.length * (clades - 1)) / clades);
          expect(Math.abs(errors[key] - expected)).toBeLessThan(1e-9 * (1 + expected));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are what selection varies by from one population to the next, clades as they are, within four standard errors', () => {
    const replicates = 4000;
    for (const [clades, members] of [
      [60, 5],
      [200, 1],
    ]) {
      const drawn = Array.from({ length: replicates }, (_, r) => draw(`${clades} ${r}`, clades, members));
      for (const key of members === 1 ? (['selection'] as const) : (['selection', 'between', 'within'] as const)) {
        const estimates = drawn.map((one) => partsOf(one)[key]);
        const squares = drawn.map((one) => selectionErrors(one.fitness, one.values, one.groups)[key] ** 2);
        const truth = (variance(estimates) * replicates) / (replicates - 1);
        // The relative error of a sample's variance is sqrt((kurtosis - 1) / n).
        const centre = mean(estimates);
        const kurtosis = mean(estimates.map((one) => (one - centre) ** 4)) / variance(estimates) ** 2;
        const luck = Math.sqrt((kurtosis - 1) / replicates);
        // A jackknife errs upwards (Efron & Stein 1981, Ann. Stat. 9: 586), in relation by the order of 1/clades.
        const ratio = mean(squares) / truth;
        expect(ratio).toBeGreaterThan(1 - 4 * luck);
        expect(ratio).toBeLessThan(1 + 4 * luck + 3 / clades);
      }
    }
  });

  it('over families leave out one family at a time, with degrees of freedom of their effective number', () => {
    const all = draw('families', 12, 4);
    const families = all.groups.map((group) => (group < 3 ? 0 : group < 5 ? 1 : group));
    const errors = selectionErrors(all.fitness, all.values, all.groups, families);
    const names = [...new Set(families)];
    const left = names.map((name) => {
      const kept = families.map((family) => family !== name);
      return partsOf({
        fitness: all.fitness.filter((_, i) => kept[i]),
        values: all.values.filter((_, i) => kept[i]),
        groups: all.groups.filter((_, i) => kept[i]),
      });
    });
    for (const key of ['selection', 'between', 'within'] as const) {
      const without = left.map((parts) => parts[key]);
      expect(errors[key]).toBeCloseTo(Math.sqrt(variance(without) * (names.length - 1)), 9);
    }
    expect(errors.freedom).toBeCloseTo(144 / (9 + 4 + 7) - 1, 12);
  });

  it('are not known of one clade, or where all descend from one', () => {
    expect(selectionErrors([1, 2], [0, 1], [7, 7]).selection).toBeNaN();
    expect(selectionErrors([3, 0, 0], [1, 2, 3], [0, 1, 2]).selection).toBeNaN();
  });

  it('of windows add up as correlated ones do, and terms as they are', () => {
    const one = { change: 1, between: 0.5, within: 0.25, byMechanism: new Map([['mutation', 0.25]]) };
    const common = (value: number) => ({ selection: value, between: value, within: value });
    const sum = sumOfWindows([
      { ...one, errors: { selection: 3, between: 3, within: 3, freedom: 9 } },
      {
        ...one,
        errors: { selection: 4, between: 4, within: Number.NaN, freedom: 16 },
        common: common(0.25),
        byMechanism: new Map([['immigration', 0.25]]),
      },
    ]);
    const error = Math.sqrt(9 + 16 + 2 * 3 * 4 * 0.25);
    expect(sum).toMatchObject({ change: 2, between: 1, within: 0.5, errors: { within: Number.NaN } });
    expect(sum.errors.selection).toBeCloseTo(error, 12);
    expect(sum.errors.between).toBeCloseTo(error, 12);
    expect(sum.errors.freedom).toBeCloseTo(625 / (81 / 9 + 256 / 16), 12);
    expect([...sum.byMechanism]).toEqual([
      ['mutation', 0.25],
      ['immigration', 0.25],
    ]);
    const errorOf = (commons: readonly (number | undefined)[]) =>
      sumOfWindows(
        commons.map((value) => ({
          ...one,
          errors: { selection: 1, between: 1, within: 1, freedom: 5 },
          ...(value === undefined ? {} : { common: common(value) }),
        })),
      ).errors.selection;
    // The mean correlation of neighbours, its square of the next but one; unknown ones are 1/2, none is below 0.
    expect(errorOf([undefined, 0.2, 0.6])).toBeCloseTo(Math.sqrt(3 + 2 * (0.4 + 0.4 + 0.16)), 12);
    expect(errorOf([undefined, undefined, undefined])).toBeCloseTo(Math.sqrt(3 + 2 * (0.5 + 0.5 + 0.25)), 12);
    expect(errorOf([undefined, -0.4, -0.2])).toBeCloseTo(Math.sqrt(3), 12);
  });

  it('of neighbouring windows correlate as those of the families that are in both do', () => {
    const all = draw('neighbours', 12, 4);
    const clades = all.values.map((_, i) => 100 + Math.floor(i / 2));
    const former = selectionErrors(all.fitness, all.values, clades, all.groups).families;
    // The same luck and values again, the families now what the clades were.
    const same = selectionErrors(all.fitness, all.values, clades, clades).families;
    const { selection } = commonWith(former, same);
    expect(selection).toBeGreaterThan(0.5);
    expect(selection).toBeLessThanOrEqual(1);
    // The other way round.
    const opposed = { ...same, influences: same.influences.map((value) => -value) };
    expect(commonWith(former, opposed).selection).toBeCloseTo(-selection, 12);
    // All from outside.
    expect(commonWith(former, { ...same, names: same.names.map((name) => -name) })).toEqual({
      selection: 0,
      between: 0,
      within: 0,
    });
    expect(commonWith(former, { ...same, names: new Float64Array(), influences: new Float64Array() }).selection).toBe(0);
  });
});
