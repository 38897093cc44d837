import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDescendants } from '../../src/analysis/price/count-descendants.ts';
import { priceDecomposition, selectionDifferential } from '../../src/analysis/price/price-decomposition.ts';
import { priceOfWindow } from '../../src/analysis/price/price-of-window.ts';
import { splitSelection } from '../../src/analysis/price/split-selection.ts';
import { namedStream } from '../../src/math/streams.ts';

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });

/** Any ancestors, any descendants with up to three parents each, and whatever share is left from elsewhere. */
const windows = fc
  .record({
    before: fc.array(value, { minLength: 1, maxLength: 12 }),
    after: fc.array(
      fc.record({
        value,
        parents: fc.array(fc.record({ which: fc.nat(), weight: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 3 }),
        foreign: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ before, after }) => {
    const entries = after.flatMap(({ parents, foreign }, j) => {
      const total = parents.reduce((sum, { weight }) => sum + weight, 0) + foreign;
      return total > 0 ? parents.map(({ which, weight }) => ({ i: which % before.length, j, share: weight / total })) : [];
    });
    return {
      before,
      after: after.map((one) => one.value),
      ancestry: {
        ancestors: entries.map(({ i }) => i),
        descendants: entries.map(({ j }) => j),
        shares: entries.map(({ share }) => share),
      },
    };
  })
  .filter(({ ancestry }) => ancestry.shares.some((share) => share > 1e-6));

describe('Price’s equation (Price 1970; Kerr & Godfrey-Smith 2009)', () => {
  it('is exact for any ancestry, to 1e-12 of its scale (10,000 cases)', () => {
    fc.assert(
      fc.property(windows, ({ before, after, ancestry }) => {
        const { change, selection, transmission, immigration } = priceDecomposition(before, after, ancestry);
        // Means of shares may be tiny: what each term is made of says how far it is rounded.
        const largest = Math.max(1e-300, ...before.map(Math.abs), ...after.map(Math.abs));
        const scale = largest + Math.abs(selection) + Math.abs(transmission) + Math.abs(immigration);
        expect(Math.abs(change - selection - transmission - immigration)).toBeLessThanOrEqual(1e-12 * scale);
      }),
      { numRuns: 10_000, seed: 2026 },
    );
  });

  it('selection between and within groups sum to the differential', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), value, fc.nat(3)), { minLength: 1, maxLength: 30 }), (rows) => {
        const [w, z, g] = [0, 1, 2].map((column) => rows.map((row) => row[column]));
        if (w.every((one) => one === 0)) return;
        const { between, within } = splitSelection(w, z, g);
        const whole = selectionDifferential(w, z);
        const scale = Math.max(1, ...z.map(Math.abs));
        expect(Math.abs(between + within - whole)).toBeLessThan(1e-11 * scale * rows.length);
      }),
      { numRuns: 2000, seed: 2026 },
    );
  });

  it('counts descendants as a walk through every line does', () => {
    const stream = namedStream('pedigree', '1');
    const [id, birthTick, firstParent, secondParent, share]: number[][] = [[], [], [], [], []];
    for (let k = 0; k < 200; k++) {
      id.push(k);
      birthTick.push(k < 20 ? 0 : Math.floor(k / 10));
      const parent = () => (k < 20 ? -1 : stream.integer(Math.floor(k / 10) * 10));
      firstParent.push(parent());
      secondParent.push(stream.uniform() < 0.5 ? -1 : parent());
      share.push(secondParent[k] < 0 ? 1 : stream.uniform());
    }
    const ancestors = Array.from({ length: 50 }, (_, k) => k);
    const living = Array.from({ length: 60 }, (_, k) => 140 + k);
    const counted = countDescendants({ id, birthTick, firstParent, secondParent, share }, ancestors, living, 4);
    const walked = new Float64Array(50);
    const walk = (of: number, weight: number) => {
      if (of < 50) walked[of] += weight;
      else {
        walk(firstParent[of], secondParent[of] < 0 ? weight : weight * share[of]);
        if (secondParent[of] >= 0) walk(secondParent[of], weight * (1 - share[of]));
      }
    };
    for (const one of living) walk(one, 1);
    for (let k = 0; k < 50; k++) expect(Math.abs(counted[k] - walked[k])).toBeLessThan(1e-12);
    expect(counted.reduce((sum, one) => sum + one, 0)).toBeCloseTo(60, 9);
  });
});

describe('the account by descendants and ledgers, where some came from outside', () => {
  it('has the selection and the change of the full decomposition, tells what arrivals brought, and claims no residual', () => {
    const stream = namedStream('arrivals', '1');
    for (let k = 0; k < 200; k++) {
      const n = 1 + stream.integer(8);
      const before = Float64Array.from({ length: n }, () => stream.normal());
      // Parent -1: from outside.
      const parents = Array.from({ length: 3 + stream.integer(9) }, (_, j) => (j === 0 ? 0 : stream.integer(n + 1) - 1));
      const changes = parents.map((parent) => (parent < 0 ? 0 : 0.1 * stream.normal()));
      const after = parents.map((parent, j) => (parent < 0 ? stream.normal() : before[parent] + changes[j]));
      const descendants = before.map((_, i) => parents.filter((parent) => parent === i).length);
      const zeros = new Float64Array(n);
      const ledgers = [{ mechanism: 'mutation', before: zeros, after: changes }];
      const account = priceOfWindow({ before, descendants, clades: before.map((_, i) => i), after, ledgers });
      const local = parents.flatMap((parent, j) => (parent < 0 ? [] : [{ parent, j }]));
      const ancestry = {
        ancestors: local.map(({ parent }) => parent),
        descendants: local.map(({ j }) => j),
        shares: local.map(() => 1),
      };
      const whole = priceDecomposition(before, after, ancestry);
      expect(account.selection).toBeCloseTo(whole.selection, 12);
      expect(account.change).toBeCloseTo(whole.change, 12);
      const outside = local.length < parents.length;
      expect(Number.isNaN(account.residual)).toBe(outside);
      expect(account.byMechanism.map(({ mechanism }) => mechanism)).toEqual(outside ? ['mutation', 'immigration'] : ['mutation']);
      // What arrivals brought, and that mutation acts on the others only.
      const share = 1 - local.length / parents.length;
      const brought = account.byMechanism[1]?.value ?? 0;
      expect(brought).toBeCloseTo(whole.immigration + share * whole.transmission, 12);
    }
  });

  it('refuses more descendants than there are', () => {
    const window = { before: [1, 2], descendants: [2, 2], clades: [0, 1], after: [1, 2, 3], ledgers: [] };
    expect(() => priceOfWindow(window)).toThrow('4 descendants of 3 living');
  });
});
