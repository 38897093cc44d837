import { describe, expect, it } from 'vitest';
import { Columns, expectSameBits, numbers } from './columns.ts';

const random = numbers('permute');

/** A random order of 0..count-1. */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const identity = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('permuteRows: new row i is old row order[i], and the order becomes the identity', () => {
  const orders: readonly [string, number[]][] = [
    ['nobody', []],
    ['one row', [0]],
    ['the order it has', identity(9)],
    ['one long cycle', [...identity(40).slice(1), 0]],
    ['pairs swapped', identity(20).map((i) => i ^ 1)],
    ['backwards', identity(33).reverse()],
    ...[2, 5, 64, 257].map((count): [string, number[]] => [`${count} rows at random`, shuffled(count)]),
  ];
  it.each(orders)('%s', (_, order) => {
    const columns = new Columns();
    const ids = order.map((_, row) => row + 1);
    const narrow = columns.f32(ids);
    const wide = columns.f32(
      ids.flatMap((id) => [id, id + 0.25, id + 0.5]),
      3,
    );
    const list = columns.u32([narrow.at, 4, wide.at, 12]);
    const places = columns.u32(order);
    const buffer = columns.u32([0, 0, 0, 0]);
    columns.run.permuteRows(order.length, list.at, 2, places.at, buffer.at);
    const expected = order.map((old) => ids[old]);
    expectSameBits(narrow.values, expected, 'narrow');
    expectSameBits(
      wide.values,
      expected.flatMap((id) => [id, id + 0.25, id + 0.5]),
      'wide',
    );
    expect([...places.values]).toEqual(identity(order.length));
    columns.check();
  });
});
