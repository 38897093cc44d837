import { describe, expect, it } from 'vitest';
import { log1p } from '../../../src/math/expm1.ts';
import { philox4x32 } from '../../../src/math/philox.ts';
import { normalPair32, uniform32 } from '../../../src/math/words.ts';
import { sizeTable } from '../../../src/mechanisms/mutation-sizes.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const random = numbers('sparse');
const stream = [0x0badcafe, 0x5eed5eed] as const;
const words = (n: number) => random.list(n, () => random.word());

describe('mutateSparse', () => {
  const slots = 104;
  const rows = 3000;

  function mutated(rate: number, evolvable = false) {
    const columns = new Columns();
    const genome = columns.f32(new Float32Array(rows * slots), slots);
    const scales = columns.f32(random.list(slots, (i) => (i >= 100 ? 0 : 1)));
    const factor = columns.f32(random.list(rows, (i) => (i % 2 === 0 ? 1 : 3)));
    const [low, high] = [columns.u32(words(rows)), columns.u32(words(rows))];
    columns.run.mutateSparse(
      0,
      rows,
      genome.at,
      slots,
      scales.at,
      evolvable ? factor.at : 0,
      0.5,
      1 / log1p(-rate),
      low.at,
      high.at,
      ...stream,
      columns.scratch,
    );
    columns.check();
    return genome.values;
  }

  it.each([0.0001, 0.003, 0.01, 0.03])('hits each locus with chance %f, independently, by a normal', (rate) => {
    const values = mutated(rate);
    const trials = rows * 100;
    const hit = values.filter((value) => value !== 0);
    // Binomial: within four standard errors.
    expect(Math.abs(hit.length - rate * trials)).toBeLessThan(4 * Math.sqrt(rate * (1 - rate) * trials));
    const perSlot = new Float64Array(slots);
    let together = 0;
    for (let row = 0; row < rows; row++) {
      for (let slot = 0; slot < slots; slot++) {
        if (values[row * slots + slot] === 0) continue;
        perSlot[slot]++;
        if (slot > 0 && values[row * slots + slot - 1] !== 0) together++;
      }
    }
    // Every locus alike (chi-square of 100 cells, within four standard deviations), and padding never.
    const expected = rate * rows;
    const chi = perSlot.slice(0, 100).reduce((sum, n) => sum + (n - expected) ** 2 / (expected * (1 - rate)), 0);
    expect(Math.abs(chi - 100)).toBeLessThan(4 * Math.sqrt(2 * 100 + 100 / expected));
    expect([...perSlot.slice(100)]).toEqual([0, 0, 0, 0]);
    // Neighbours are hit together as often as chance says.
    const pairs = rate * rate * rows * 99;
    expect(Math.abs(together - pairs)).toBeLessThan(4 * Math.sqrt(pairs) + 4);
    const n = hit.length;
    const second = hit.reduce((sum, value) => sum + value ** 2, 0) / n / 0.25;
    const fourth = hit.reduce((sum, value) => sum + value ** 4, 0) / n / 0.0625;
    expect(Math.abs(hit.reduce((sum, value) => sum + value, 0) / n)).toBeLessThan((4 * 0.5) / Math.sqrt(n));
    expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    // Tails: the share beyond two standard deviations is 4.55 %.
    const beyond = hit.filter((value) => Math.abs(value) > 1).length;
    expect(Math.abs(beyond - 0.0455 * n)).toBeLessThan(4 * Math.sqrt(0.0455 * n));
  });

  it('scales with the organism where the scale evolves', () => {
    const values = mutated(0.03, true);
    const squares = [0, 0];
    const hits = [0, 0];
    values.forEach((value, i) => {
      const odd = Math.floor(i / slots) % 2;
      if (value === 0) return;
      hits[odd]++;
      squares[odd] += value * value;
    });
    expect(Math.abs(squares[0] / hits[0] / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / hits[0]));
    expect(Math.abs(squares[1] / hits[1] / 2.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / hits[1]));
  });
});

describe('mutateBySizes', () => {
  const { fround } = Math;

  /** The naive reading of a word: linear between the quantiles at the chances 2^-32 2^e (1 + m/32) from its nearer end. */
  function sizeOf(table: Float32Array, word: number): number {
    const upper = word >= 2 ** 31;
    const x = fround(fround(upper ? 2 ** 32 - 1 - word : word) + 1);
    const octave = Math.floor(Math.log2(x));
    const within = (x / 2 ** octave - 1) * 32;
    const at = (upper ? 1024 : 0) + 32 * octave + Math.floor(within);
    return fround(table[at] + fround(fround(table[at + 1] - table[at]) * fround(within % 1)));
  }

  it.each([
    [0.5, 8],
    [0.1, 104],
    [1, 24],
  ])('at a rate of 1 moves every locus as a naive reading says, to the bit; upward %f, %i slots', (upward, slots) => {
    const columns = new Columns();
    const [first, rows] = [4, 11];
    const genome = columns.f32(
      random.list((first + rows) * slots, () => random.normal()),
      slots,
    );
    const before = Float32Array.from(genome.values);
    const scales = columns.f32(random.list(slots, (i) => (i % 5 === 4 ? 0 : random.between(0.1, 2))));
    const factor = columns.f32(random.list(first + rows, () => random.between(0.1, 4)));
    const table = sizeTable('gamma', 0.7);
    const sizes = columns.f32(table);
    const [low, high] = [columns.u32(words(first + rows)), columns.u32(words(first + rows))];
    columns.run.mutateBySizes(
      first,
      rows,
      genome.at,
      slots,
      scales.at,
      factor.at,
      0.25,
      -0,
      sizes.at,
      upward,
      low.at,
      high.at,
      ...stream,
      columns.scratch,
    );
    columns.check();
    const block = new Uint32Array(4);
    const expected = before.map((value, i) => {
      const [row, slot] = [Math.floor(i / slots), i % slots];
      if (row < first) return value;
      // One round a locus, where every gap is 0: word 1 is the size, word 2 the sign.
      philox4x32(...stream, low.values[row], high.values[row], slot, 1, block);
      const size = sizeOf(table, block[1]);
      const change = uniform32(block[2]) < fround(upward) ? size : -size;
      return fround(value + fround(fround(change * fround(0.25 * factor.values[row])) * scales.values[slot]));
    });
    expectSameBits(genome.values, expected, 'genome');
  });

  it('has the ends of the table at the ends of words', () => {
    // The kernel reads as this does, by the test above.
    const table = sizeTable('exponential', 1);
    expect(sizeOf(table, 0)).toBe(table[0]);
    expect(sizeOf(table, 2 ** 32 - 1)).toBe(table[1024]);
    expect(sizeOf(table, 2 ** 31 - 1)).toBe(table[992]);
    expect(sizeOf(table, 2 ** 31)).toBe(table[1024 + 992]);
  });
});

describe('mutateAll', () => {
  it.each([8, 104, 120])('moves each of %i slots by a normal of its own, to the bit', (slots) => {
    const columns = new Columns();
    const rows = 400;
    const genome = columns.f32(new Float32Array(rows * slots), slots);
    const scales = columns.f32(random.list(slots, (i) => (i === 3 ? 0 : 2)));
    const [low, high] = [columns.u32(words(rows)), columns.u32(words(rows))];
    columns.run.mutateAll(0, rows, genome.at, slots, scales.at, 0, 0.5, low.at, high.at, ...stream, columns.scratch);
    columns.check();
    const block = new Uint32Array(4);
    const pair = new Float32Array(2);
    for (const row of [0, 7, rows - 1]) {
      for (let slot = 0; slot < slots; slot++) {
        // Sixteen slots share a block: slots s and s + 4 are the pair of one counter, slots s + 8 and s + 12 its second pair.
        const within = slot & 15;
        philox4x32(...stream, low.values[row], high.values[row], ((slot >> 4) << 2) + (slot & 3), 2, block);
        const half = (within >> 3) << 1;
        normalPair32(block[half], block[half + 1], pair);
        const size = Math.fround(Math.fround(pair[(within & 4) >> 2] * 0.5) * scales.values[slot]);
        expect(genome.values[row * slots + slot]).toBe(Math.fround(0 + size));
      }
    }
    const values = genome.values.filter((_, i) => i % slots !== 3);
    const n = values.length;
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(values.reduce((sum, value) => sum + value ** 2, 0) / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(values.reduce((sum, value) => sum + value ** 4, 0) / n - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    // Beyond three standard deviations lie 0.27 %.
    const beyond = values.filter((value) => Math.abs(value) > 3).length;
    expect(Math.abs(beyond - 0.0027 * n)).toBeLessThan(4 * Math.sqrt(0.0027 * n));
  });
});

describe('shuffleLoci', () => {
  const slots = 16;
  const rows = 2000;

  /** @param inPlace whether donors give from the very genomes that are changed; @param most replacements that there is room for */
  function shuffled(chance: number, ploidy: 1 | 2, { inPlace = false, most = rows * slots } = {}) {
    const columns = new Columns();
    // Every value says whose it is: a donor is told by what it gave.
    const former = columns.f32(
      random.list(ploidy * rows * slots, (i) => i),
      slots,
    );
    const genome = columns.f32(former.values.slice(0, rows * slots), slots);
    const [low, high] = [columns.u32(words(rows)), columns.u32(words(rows))];
    const room = rows * slots;
    const events = columns.u32(new Uint32Array(3 * room));
    const pending = columns.u32(new Uint32Array(2 * room));
    const inverse = chance < 1 ? 1 / log1p(-chance) : -0;
    const done = columns.run.shuffleLoci(
      rows,
      genome.at,
      slots,
      slots,
      inPlace ? genome.at : former.at,
      ploidy,
      0,
      inverse,
      low.at,
      high.at,
      ...stream,
      7,
      pending.at,
      most,
      events.at,
      room,
      columns.scratch,
    );
    columns.check();
    return { done, genome: genome.values, events: events.values, former: former.values };
  }

  it('of haploids gives the same where donors give from the genomes themselves', () => {
    const { done, genome, events, former } = shuffled(0.3, 1, { inPlace: true });
    const naive = former.slice(0, rows * slots);
    for (let i = 0; i < done; i++) {
      const [row, donor, slot] = events.subarray(3 * i, 3 * i + 3);
      naive[row * slots + slot] = former[donor * slots + slot];
    }
    expect(done).toBeGreaterThan(rows);
    expect(genome).toEqual(naive);
  });

  it('changes nothing where there is no room for all', () => {
    const { done, genome, former } = shuffled(0.3, 1, { most: 100 });
    expect(done).toBe(101);
    expect(genome).toEqual(former.slice(0, rows * slots));
  });

  it.each([
    [0.02, 1],
    [0.1, 2],
    [0.5, 1],
    [1, 2],
  ] as const)('replaces each locus with chance %f, ploidy %i, as its list says', (chance, ploidy) => {
    const { done, genome, events, former } = shuffled(chance, ploidy);
    const trials = rows * slots;
    expect(Math.abs(done - chance * trials)).toBeLessThanOrEqual(4 * Math.sqrt(chance * (1 - chance) * trials));
    const naive = former.slice(0, rows * slots);
    const given = new Float64Array(rows);
    let second = 0;
    for (let i = 0; i < done; i++) {
      const [row, donor, word] = events.subarray(3 * i, 3 * i + 3);
      const slot = word & 0x7fff_ffff;
      const haplotype = word >>> 31;
      naive[row * slots + slot] = former[(haplotype * rows + donor) * slots + slot];
      given[donor]++;
      second += haplotype;
    }
    expect(genome).toEqual(naive);
    // Donors alike: chi-square of as many cells as there are organisms.
    const expected = done / rows;
    const chi = given.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(Math.abs(chi - rows)).toBeLessThan(4 * Math.sqrt(2 * rows + rows / expected));
    if (ploidy === 2) expect(Math.abs(second - done / 2)).toBeLessThan(2 * Math.sqrt(done));
    else expect(second).toBe(0);
  });
});
