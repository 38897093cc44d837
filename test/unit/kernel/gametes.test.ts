import { describe, expect, it } from 'vitest';
import { expressCopies } from '../../../src/genome/express.ts';
import { philox4x32 } from '../../../src/math/philox.ts';
import { uniform32 } from '../../../src/math/words.ts';
import { Columns, expectSameBits, expectSameNumbers, numbers } from './columns.ts';

const random = numbers('gametes');
const words = new Uint32Array(4);
const stream = [0x12345678, 0x9abcdef0] as const;

describe('formGametes', () => {
  it.each([8, 16, 40, 136])('%d slots', (slots) => {
    const columns = new Columns();
    const [first, count, draw] = [6, 9, 1];
    const rows = first + count;
    const maskWords = Math.ceil(slots / 32);
    // Masks of another gamete lie between those of this one.
    const stride = 2 * maskWords;
    const one = columns.f32(
      random.list(rows * slots, () => random.normal()),
      slots,
    );
    const two = columns.f32(
      random.list(rows * slots, () => random.normal()),
      slots,
    );
    const target = columns.f32(
      random.list(rows * slots, () => random.normal()),
      slots,
    );
    const rates = columns.f32(random.list(slots, (i) => (i % 7 === 6 ? -1 : random.between(0, 0.5))));
    const rowsA = columns.i32(random.list(count, () => random.whole(0, first - 1)));
    const rowsB = columns.i32(random.list(count, (k) => (k % 4 === 3 ? -1 : random.whole(0, first - 1))));
    const masks = columns.u32(
      random.list(count * stride, () => random.word()),
      stride,
    );
    const low = columns.u32(random.list(rows, () => random.word()));
    const high = columns.u32(random.list(rows, () => random.word()));
    const before = { target: Float32Array.from(target.values), masks: Uint32Array.from(masks.values) };
    columns.run.formGametes(
      count,
      first,
      rowsA.at,
      one.at,
      rowsB.at,
      two.at,
      target.at,
      slots,
      rates.at,
      masks.at,
      4 * stride,
      low.at,
      high.at,
      ...stream,
      draw,
      columns.scratch,
    );
    const expected = Float32Array.from(before.target);
    const expectedMasks = Uint32Array.from(before.masks);
    let crossed = 0;
    for (let k = 0; k < count; k++) {
      if (rowsB.values[k] < 0) continue;
      const child = first + k;
      let source = before.masks[k * stride] & 1;
      for (let w = 0; w < maskWords; w++) expectedMasks[k * stride + w] = 0;
      for (let slot = 0; slot < slots; slot++) {
        // Sixteen slots share four blocks: slot s reads word s / 4 of block s mod 4.
        const within = slot & 15;
        philox4x32(...stream, low.values[child], high.values[child], ((slot >> 4) << 2) + (within & 3), draw, words);
        if (uniform32(words[within >> 2]) < rates.values[slot]) {
          source = 1 - source;
          crossed++;
        }
        if (source === 1) expectedMasks[k * stride + (slot >> 5)] |= 1 << (slot & 31);
        const [values, row] = source === 1 ? [two.values, rowsB.values[k]] : [one.values, rowsA.values[k]];
        expected[child * slots + slot] = values[row * slots + slot];
      }
    }
    expect(crossed).toBeGreaterThan(slots / 8);
    expectSameBits(target.values, expected, 'gametes');
    expectSameNumbers(masks.values, expectedMasks, 'masks');
    columns.check();
  });
});

/** Two haplotypes of seven rows, and what they express. */
function twoHaplotypes() {
  const columns = new Columns();
  const [slots, rows] = [24, 7];
  const list = () =>
    columns.f32(
      random.list(rows * slots, () => random.normal()),
      slots,
    );
  return { columns, slots, one: list(), two: list(), genome: list() };
}

it('expressDiploid takes the mean of two haplotypes and leaves other rows alone', () => {
  const { columns, slots, one, two, genome } = twoHaplotypes();
  const before = Float32Array.from(genome.values);
  columns.run.expressDiploid(2, 4, one.at, two.at, genome.at, slots);
  const expected = before.map((value, i) => {
    const row = Math.floor(i / slots);
    return row < 2 || row >= 6 ? value : Math.fround(0.5 * Math.fround(one.values[i] + two.values[i]));
  });
  expectSameBits(genome.values, expected, 'genomes');
  columns.check();
});

it('expressDominance adds a share of the distance of two copies, slot by slot', () => {
  const { columns, slots, one, two, genome } = twoHaplotypes();
  one.values.set(two.values.subarray(3 * slots, 3 * slots + 4), 3 * slots);
  const shifts = columns.f32(random.list(slots, (i) => (i < 4 ? 0.5 : i % 3 === 0 ? 0 : random.between(-0.5, 0.5))));
  const before = Float32Array.from(genome.values);
  columns.run.expressDominance(2, 4, one.at, two.at, genome.at, slots, shifts.at);
  const layout = { shifts: shifts.values };
  const expected = before.map((value, i) => {
    const row = Math.floor(i / slots);
    return row < 2 || row >= 6 ? value : expressCopies(layout, i % slots, one.values[i], two.values[i]);
  });
  expectSameBits(genome.values, expected, 'genomes');
  // A shift of a half expresses the greater, and two equal copies what they are.
  const of = (row: number, slot: number) => row * slots + slot;
  expect(genome.values[of(2, 0)]).toBeCloseTo(Math.max(one.values[of(2, 0)], two.values[of(2, 0)]), 6);
  expect(genome.values[of(3, 2)]).toBe(two.values[of(3, 2)]);
  columns.check();
});

it.each([0, 0.01, 0.3, 1])('flagByChance at %d', (chance) => {
  const columns = new Columns();
  const count = 203;
  const low = columns.u32(random.list(count, () => random.word()));
  const high = columns.u32(random.list(count, () => random.word()));
  const flags = columns.u32(new Uint32Array(count));
  columns.run.flagByChance(count, low.at, high.at, ...stream, 77, chance, flags.at, columns.scratch);
  const expected = Array.from(low.values, (word, row) => {
    philox4x32(...stream, word, high.values[row], 77, 0, words);
    return uniform32(words[0]) < Math.fround(chance) ? 1 : 0;
  });
  expectSameNumbers(flags.values, expected, 'flags');
  columns.check();
});
