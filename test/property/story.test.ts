import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { namedStream } from '../../src/math/streams.ts';
import { LifeRecord } from '../../src/record/life-record.ts';
import { FakeHistory, type FakeOrganism, type HistoryOptions } from '../unit/record/fake-history.ts';

// Species have tests of their own: here all organisms of a population are of one.
vi.mock('../../src/record/species/species-record.ts', () => ({
  SpeciesRecord: class {
    readonly looks = [];
    rootOf(population: number) {
      return population;
    }
    look() {}
  },
}));

const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const rate = (max: number) => fc.double({ min: 0, max, noNaN: true });
const cases = fc.record({
  seed: fc.integer(),
  ticks: fc.integer({ min: 5, max: 50 }),
  founders: fc.integer({ min: 2, max: 10 }),
  ploidy: fc.constantFrom(1 as const, 2 as const),
  sexual: fc.oneof(fc.constant(0), fc.constant(1), rate(1)),
  transfer: fc.oneof(fc.constant(0), rate(0.3)),
  window: fc.oneof(fc.constant(100_000_000), fc.integer({ min: 0, max: 30 })),
  join: fc.oneof(fc.constant(100_000_000), fc.integer({ min: 0, max: 20 })),
});

interface Lived {
  readonly world: FakeHistory;
  readonly record: LifeRecord;
  readonly stride: number;
  readonly ploidy: number;
}

function live({
  seed,
  ticks,
  founders,
  ploidy,
  sexual,
  transfer,
  window,
  join,
}: typeof cases extends fc.Arbitrary<infer T> ? T : never): Lived {
  const stride = 40;
  const options: HistoryOptions = {
    shapes: [{ ploidy, stride }],
    births: 0.15,
    deaths: 0.14,
    sexual,
    transfer,
    mutation: 0.1,
    record: {
      pedigree: { all: false, window, join },
      census: { every: 10, loci: 'none' },
      fossils: { every: 100, sample: 0 },
      species: { every: 10 },
    },
  };
  const world = new FakeHistory(options, namedStream(String(seed), 'history'), founders);
  const record = new LifeRecord(world.simulation);
  for (let made = 0; made < ticks && world.living[0].length < 120; made++) {
    world.step();
    record.afterTick(world.simulation);
  }
  return { world, record, stride, ploidy };
}

function genomeAt({ birthGenome, transfers }: FakeOrganism, tick: number, stride: number): Float32Array {
  const genome = birthGenome.slice();
  for (const transfer of transfers)
    if (transfer.tick <= tick) genome.set(transfer.values, transfer.recipientHaplotype * stride + transfer.start);
  return genome;
}

it('gives of every organism of a line what it was born with and what came from which parent, bit for bit', () => {
  let [mosaics, inexact, joined] = [0, 0, 0];
  fc.assert(
    fc.property(cases, (story) => {
      const { world, record, stride, ploidy } = live(story);
      for (const { id } of world.living[0].slice(0, 12)) {
        const line: number[] = [];
        record.visitLine(id, ({ id: one, parents, lineTick }, { born, first, gametes, exact }) => {
          const own = world.all[one];
          expect(Array.from(born)).toEqual(Array.from(own.birthGenome));
          expect(first === undefined).toBe(line.length === 0);
          line.push(one);
          if (!first || !gametes) return;
          const before = genomeAt(world.all[parents[0]], own.birthTick, stride);
          expect(Array.from(first)).toEqual(Array.from(before));
          if (lineTick < own.birthTick) joined += 1;
          if (!own.masks) {
            expect([Array.from(gametes), exact]).toEqual([Array.from(first), true]);
            return;
          }
          const linked = record.individuals.secondParentOf(record.individuals.rowOf(one)) >= 0;
          expect(exact).toBe(linked || own.second < 0);
          exact ? mosaics++ : inexact++;
          const second = own.second < 0 ? before : genomeAt(world.all[own.second], own.birthTick, stride);
          const words = Math.ceil(stride / 32);
          for (let h = 0; h < ploidy; h++) {
            for (let slot = 0; slot < stride; slot++) {
              const bit = (own.masks[h * words + (slot >> 5)] >>> (slot & 31)) & 1;
              const at = h * stride + slot;
              const isSecond = ploidy === 2 ? h === 1 : bit === 1;
              const source = isSecond ? second : before;
              const given = isSecond && !exact ? born[at] : source[ploidy === 2 ? bit * stride + slot : slot];
              expect(gametes[at]).toBe(given);
            }
          }
        });
        expect(line.reverse()).toEqual(record.lineOf(id));
      }
    }),
    { numRuns: factor * 60, seed: 2026 },
  );
  expect(Math.min(mosaics, inexact, joined)).toBeGreaterThan(40);
});

it('finds the nearest living relatives as a search through the whole pedigree does', () => {
  let [both, further] = [0, 0];
  fc.assert(
    fc.property(cases, fc.boolean(), (story, seconds) => {
      const { world, record } = live({ ...story, window: 100_000_000 });
      /** Births from an organism up to each of its ancestors. */
      const upOf = (from: number) => {
        const found = new Map([[from, 0]]);
        const open = [from];
        while (open.length > 0) {
          const one = open.shift() as number;
          for (const parent of [world.all[one].first, ...(seconds ? [world.all[one].second] : [])]) {
            if (parent < 0 || found.has(parent)) continue;
            found.set(parent, (found.get(one) as number) + 1);
            open.push(parent);
          }
        }
        return found;
      };
      const ups = new Map(world.living[0].map(({ id }) => [id, upOf(id)]));
      for (const { id } of world.living[0].slice(0, 8)) {
        const own = ups.get(id) as Map<number, number>;
        const expected = world.living[0].flatMap(({ id: other }) => {
          if (other === id) return [];
          const sums = [...(ups.get(other) as Map<number, number>)].flatMap(([one, down]) =>
            own.has(one) ? [(own.get(one) as number) + down] : [],
          );
          return sums.length === 0 ? [] : [[other, Math.min(...sums)]];
        });
        const found = record.livingRelatives(id, seconds);
        expect(found.map((one) => [one.id, one.up + one.down])).toEqual(expected.sort((a, b) => a[1] - b[1] || a[0] - b[0]));
        for (const { id: other, ancestor, up, down } of found) {
          if (up > 0 && down > 0) further++;
          else both++;
          expect([own.get(ancestor), ups.get(other)?.get(ancestor)]).toEqual([up, down]);
        }
      }
    }),
    { numRuns: factor * 60, seed: 2026 },
  );
  expect(Math.min(both, further)).toBeGreaterThan(100);
});
