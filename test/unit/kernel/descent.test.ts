import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../../src/math/philox.ts';
import { squaredDistanceAt } from '../../../src/math/sums.ts';
import { uniform53 } from '../../../src/math/words.ts';
import { testKernel } from '../math/kernel.ts';
import { Columns, expectSameNumbers, numbers } from './columns.ts';

const random = numbers('descent');
const stream = [0x12345678, 0x9abcdef0] as const;
const words = new Uint32Array(4);

describe('drawByWeight', () => {
  it.each([
    [1, 5],
    [7, 40],
    [300, 300],
    [1000, 77],
  ])('%i rows, %i draws: each falls where the naive search says', (rows, draws) => {
    const { run, u32 } = testKernel(8);
    const f64 = new Float64Array(u32.buffer);
    const [sums, guide, counts] = [8192, 8192 + 8 * rows + 64, 8192 + 16 * rows + 128].map((at) => at & ~7);
    const weights = random.list(rows, (i) => (i % 5 === 2 ? 0 : random.between(0, 1) ** 3));
    if (rows === 1) weights[0] = 1;
    let total = 0;
    const cumulative = weights.map((weight) => {
      total += weight;
      return total;
    });
    f64.set(cumulative, sums >>> 3);
    u32.fill(0, counts >>> 2, (counts >>> 2) + rows);
    run.drawByWeight(draws, rows, sums, guide, counts, ...stream, 9, 1024 + 1024);
    const naive = new Array<number>(rows).fill(0);
    for (let k = 0; k < draws; k++) {
      // Eight draws share four blocks: the first four their words 0 and 1, the others words 2 and 3.
      philox4x32(...stream, ((k >> 3) << 2) + (k & 3), 0, 9, 0, words);
      const second = (k >> 2) & 1;
      const target = uniform53(words[2 * second], words[2 * second + 1]) * total;
      naive[cumulative.findIndex((sum) => sum > target)]++;
    }
    expectSameNumbers(u32.subarray(counts >>> 2, (counts >>> 2) + rows), naive, 'counts');
    expect(naive.reduce((sum, n) => sum + n, 0)).toBe(draws);
    weights.forEach((weight, row) => weight === 0 && expect(naive[row]).toBe(0));
  });
});

describe('squaredDistances', () => {
  it.each([1, 4, 7, 100])('of %i loci are those of one genome at a time, to the bit', (n) => {
    const { run, f32, u32 } = testKernel(8);
    const f64 = new Float64Array(u32.buffer);
    const [rows, slots] = [9, (n + 7) & ~7];
    const [genome, centre, out] = [8192, 65_536, 131_072];
    const genomes = Float32Array.from({ length: rows * slots }, () => random.normal());
    const middle = Float64Array.from({ length: n }, () => random.normal());
    f32.set(genomes, genome >>> 2);
    f64.set(middle, centre >>> 3);
    run.squaredDistances(rows, genome, slots, n, centre, -0.3, out);
    for (let row = 0; row < rows; row++) {
      expect(f64[(out >>> 3) + row]).toBe(-0.3 * squaredDistanceAt(middle, genomes, row * slots, n));
    }
  });
});

describe('deriveKeys', () => {
  it.each([1, 3, 4, 11])('gives %i newborns the hash of the parent’s key and of the birth’s ordinal', (count) => {
    const columns = new Columns();
    const adults = 5;
    const rows = adults + count;
    const low = columns.u32(random.list(rows, () => random.word()));
    const high = columns.u32(random.list(rows, () => random.word()));
    const offspring = columns.u32(random.list(rows, () => random.whole(0, 9)));
    const parents = columns.u32(random.list(count, () => random.whole(0, adults - 1)).sort((a, b) => a - b));
    const ordinals = [...offspring.values];
    const expected = Array.from(parents.values, (from) => {
      philox4x32(...stream, low.values[from], high.values[from], ordinals[from]++, 0, words);
      return [words[0], words[1]];
    });
    columns.run.deriveKeys(count, adults, parents.at, low.at, high.at, offspring.at, ...stream, columns.scratch);
    columns.check();
    expectSameNumbers(
      low.values.subarray(adults),
      expected.map(([word]) => word),
      'low words',
    );
    expectSameNumbers(
      high.values.subarray(adults),
      expected.map(([, word]) => word),
      'high words',
    );
    expectSameNumbers(offspring.values.subarray(0, adults), ordinals.slice(0, adults), 'offspring');
  });
});
