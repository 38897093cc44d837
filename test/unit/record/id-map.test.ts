import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../src/math/streams.ts';
import { IdMap } from '../../../src/record/id-map.ts';

describe('a map of ids', () => {
  it('does what a Map does', () => {
    const random = namedStream('7', 'id map');
    const map = new IdMap();
    const plain = new Map<number, number>();
    const ids: number[] = [];
    let next = 0;
    for (let i = 0; i < 40_000; i++) {
      // Ids mostly follow each other; some lie beyond 32 bits. Later on more go than come.
      if (ids.length === 0 || random.uniform() < (i < 25_000 ? 0.6 : 0.3)) {
        next += random.uniform() < 0.001 ? 2 ** 33 : 1;
        map.add(next, i);
        plain.set(next, i);
        ids.push(next);
      } else {
        const at = random.integer(ids.length);
        map.delete(ids[at]);
        plain.delete(ids[at]);
        expect(map.get(ids[at])).toBe(-1);
        ids[at] = ids[ids.length - 1];
        ids.pop();
      }
      if (i % 1000 === 0) for (const [id, row] of plain) if (map.get(id) !== row) expect(`${id}: ${map.get(id)}`).toBe(row);
    }
    for (const [id, row] of plain) expect(map.get(id)).toBe(row);
    expect(map.size).toBe(plain.size);
  });

  it('does not mind what is not there', () => {
    const map = new IdMap();
    map.add(5, 1);
    map.delete(6);
    expect([map.get(5), map.get(6), map.size]).toEqual([1, -1, 1]);
  });
});
