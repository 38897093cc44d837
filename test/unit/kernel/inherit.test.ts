import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../../src/math/philox.ts';
import { normalPair32, uniform32 } from '../../../src/math/words.ts';
import { Columns, expectSameBits, expectSameNumbers, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('inherit');
const words = new Uint32Array(4);
const pair = new Float32Array(2);
const stream = [0xdeadbeef, 0x01020304] as const;

describe('mutate', () => {
  const cases = [8, 16, 120].flatMap((slots) =>
    [0, 0.3, 1].flatMap((rate) => [true, false].map((evolvable) => ({ slots, rate, evolvable }))),
  );

  it.each(cases)('$slots slots at rate $rate, evolvable $evolvable', ({ slots, rate, evolvable }) => {
    const columns = new Columns();
    const [first, count] = [5, 7];
    const rows = first + count;
    const genome = columns.f32(
      random.list(rows * slots, () => random.normal()),
      slots,
    );
    // A quarter of the slots is padding, of scale 0.
    const scales = columns.f32(random.list(slots, (i) => (i % 4 === 3 ? 0 : random.between(0.1, 2))));
    const factor = columns.f32(random.list(rows, () => random.between(0.1, 4)));
    const low = columns.u32(random.list(rows, () => random.word()));
    const high = columns.u32(random.list(rows, () => random.word()));
    const deviation = fround(0.17);
    const before = Float32Array.from(genome.values);
    columns.run.mutate(
      first,
      count,
      genome.at,
      slots,
      scales.at,
      evolvable ? factor.at : 0,
      deviation,
      rate,
      low.at,
      high.at,
      ...stream,
      columns.scratch,
    );
    const expected = before.map((value, i) => {
      const row = Math.floor(i / slots);
      if (row < first) return value;
      const slot = i % slots;
      // Eight slots share the blocks of four counters: slot s and slot s + 4 are the pair of one of them.
      const counter = ((slot >> 3) << 2) + (slot & 3);
      philox4x32(...stream, low.values[row], high.values[row], counter, 0, words);
      normalPair32(words[0], words[1], pair);
      const second = (slot & 4) >> 2;
      if (!(uniform32(words[2 + second]) < fround(rate))) return fround(value + 0);
      const size = fround(deviation * (evolvable ? factor.values[row] : 1));
      return fround(value + fround(fround(pair[second] * size) * scales.values[slot]));
    });
    expectSameBits(genome.values, expected, 'genome');
    const changed = genome.values.filter((value, i) => value !== before[i]).length;
    if (rate === 0) expect(changed).toBe(0);
    else if (rate === 1) expect(changed).toBeGreaterThan(0.6 * count * slots);
    else expect(changed).toBeGreaterThan(0);
    columns.check();
  });
});

it('copyGenomes copies each parent, also one parent twice', () => {
  const columns = new Columns();
  const slots = 24;
  const genome = columns.f32(
    random.list(9 * slots, () => random.normal()),
    slots,
  );
  const parents = columns.u32([4, 0, 4, 5]);
  const before = Float32Array.from(genome.values);
  columns.run.copyGenomes(4, genome.at, 4 * slots, parents.at, 5 + 0);
  // Row 5 is a parent too: its copy of row 4 comes first, so it hands on what it has become.
  const rowOf = [0, 1, 2, 3, 4, 4, 0, 4, 4];
  expectSameBits(
    genome.values,
    rowOf.flatMap((row) => [...before.subarray(row * slots, (row + 1) * slots)]),
    'genomes',
  );
  columns.check();
});

describe('collectFlagged', () => {
  it.each([0, 1, 3, 4, 5, 64, 1001])('of %d rows', (count) => {
    for (const density of [0, 0.02, 0.5, 1]) {
      const columns = new Columns();
      const flags = columns.u32(random.list(count, () => (random.chance(density) ? random.whole(1, 4) : 0)));
      const out = columns.u32(new Uint32Array(count));
      const found = columns.run.collectFlagged(count, flags.at, out.at);
      const expected = [...flags.values.keys()].filter((row) => flags.values[row] !== 0);
      expectSameNumbers(out.values.subarray(0, found), expected, 'rows');
      columns.check();
    }
  });
});

describe('compactRows', () => {
  it.each([1, 2, 5, 64, 257])('of %d rows', (count) => {
    for (const density of [0, 0.05, 0.5, 0.95, 1]) {
      const columns = new Columns();
      const ids = random.list(count, (row) => row + 1);
      const narrow = columns.f32(ids);
      const wide = columns.f32(
        ids.flatMap((id) => [id, id + 0.25, id + 0.5]),
        3,
      );
      const words = columns.u32(ids);
      const doubles = columns.u32(
        ids.flatMap((id) => [id, ~id >>> 0]),
        2,
      );
      const removed = ids.map((_, row) => row).filter(() => random.chance(density));
      const rows = columns.u32(removed);
      const list = columns.u32([narrow.at, 4, wide.at, 12, words.at, 4, doubles.at, 8]);
      columns.run.compactRows(count, list.at, 4, rows.at, removed.length);
      // By hand: from the last hole to the first, the last row moves in.
      const expected = [...ids];
      for (const hole of [...removed].reverse()) {
        const moved = expected.pop() as number;
        if (hole < expected.length) expected[hole] = moved;
      }
      const left = count - removed.length;
      expect(expected).toHaveLength(left);
      expect([...expected].sort((a, b) => a - b)).toEqual(ids.filter((id) => !removed.includes(id - 1)));
      expectSameBits(narrow.values.subarray(0, left), expected, 'narrow');
      expectSameBits(
        wide.values.subarray(0, 3 * left),
        expected.flatMap((id) => [id, id + 0.25, id + 0.5]),
        'wide',
      );
      expectSameNumbers(words.values.subarray(0, left), expected, 'words');
      expectSameNumbers(
        doubles.values.subarray(0, 2 * left),
        expected.flatMap((id) => [id, ~id >>> 0]),
        'doubles',
      );
      columns.check();
    }
  });
});
