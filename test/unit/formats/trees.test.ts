import { describe, expect, it } from 'vitest';
import { readKastore, type StoredArray, writeKastore } from '../../../src/export/tskit/kastore.ts';
import { validateTrees } from '../../../src/export/tskit/validate-trees.ts';
import { writeTrees } from '../../../src/export/tskit/write-trees.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { randomHistory, withGenomes } from './random-history.ts';

const { history } = withGenomes(randomHistory({ organisms: 300, sexual: 0.6, ploidy: 2, transfers: 0.8, populations: 2 }));

function written(wanted?: readonly string[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  writeTrees(history, undefined, wanted, (chunk) => void chunks.push(chunk.slice()));
  return chunks;
}

const check = (chunks: readonly Uint8Array[]) => validateTrees('history.trees', sourceOfChunks(chunks));
const store = () => readKastore('history.trees', sourceOfChunks(written()));

describe('kastore', () => {
  it('gives arrays of all types back, also empty ones, and the same bytes in any order of keys', () => {
    const items: [string, StoredArray][] = [
      ['b/one', Int8Array.of(-1, 2, 3)],
      ['a', Uint8Array.of()],
      ['b', Float64Array.of(0.1, -0, Number.NaN)],
      ['c/i', Int32Array.of(-5)],
      ['c/u', Uint32Array.of(4_000_000_000)],
      ['c/q', BigInt64Array.of(-1n)],
      ['d', Float32Array.of(1.5)],
      ['e', Uint16Array.of(65_535)],
    ];
    const chunks = writeKastore(new Map(items));
    const read = readKastore('x', sourceOfChunks(chunks));
    expect([...read.keys()]).toEqual(items.map(([key]) => key).sort());
    for (const [key, array] of items) expect(read.get(key)).toEqual(array);
    expect(writeKastore(new Map(items.toReversed()))).toEqual(chunks);
    expect(readKastore('x', sourceOfChunks(writeKastore(new Map()))).size).toBe(0);
  });

  it('refuses every damaged byte of its head, and a file that is cut or longer', () => {
    const bytes = writeKastore(
      new Map<string, StoredArray>([
        ['ab', Int32Array.of(1, 2)],
        ['b', Uint8Array.of(7)],
      ]),
    );
    const whole = new Uint8Array(bytes.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const chunk of bytes) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    expect(() => readKastore('x', sourceOfChunks([whole.subarray(0, whole.length - 1)]))).toThrow('but says');
    expect(() => readKastore('x', sourceOfChunks([whole, Uint8Array.of(0)]))).toThrow('but says');
    // Reserved bytes of descriptors and the minor version say nothing; a changed type may be another one of that size.
    const silent = (i: number) =>
      (i >= 10 && i < 12) || (i >= 64 && i < 192 && ((i % 64 >= 1 && i % 64 < 8) || i % 64 >= 40 || i % 64 === 0));
    for (let i = 0; i < 192; i++) {
      if (silent(i)) continue;
      const damaged = whole.slice();
      damaged[i] ^= 0x40;
      expect(() => readKastore('x', sourceOfChunks([damaged])), `byte ${i}`).toThrow();
    }
  });
});

describe('a binary tree sequence', () => {
  it('is valid, the same each time, and has all nodes, edges, sites and mutations', () => {
    const counts = check(written());
    expect(counts.nodes).toBeGreaterThan(600);
    expect(counts.sites).toBe(20);
    expect(counts.mutations).toBeGreaterThan(100);
    expect(written()).toEqual(written());
    expect(check(written([]))).toMatchObject({ sites: 0, mutations: 0, edges: counts.edges });
  });

  it.each<[string, (items: Map<string, StoredArray>) => void, string]>([
    ['a missing column', (items) => items.delete('nodes/time'), 'nodes/time: is missing'],
    ['a column of another type', (items) => items.set('edges/left', new Float32Array(3)), 'edges/left: is not a Float64Array'],
    ['a later version', (items) => items.set('format/version', Uint32Array.of(13, 0)), 'format/version: is 13.0, not 12'],
    ['another name', (items) => items.set('format/name', Int8Array.from([116])), "format/name: is 't', not 'tskit.trees'"],
    ['no length', (items) => items.set('sequence_length', Float64Array.of(0)), 'sequence_length: must be above 0 (got 0)'],
    ['a bad uuid', (items) => items.set('uuid', new Int8Array(36)), 'uuid: is not a UUID'],
    ['time that is not finite', (items) => (items.get('nodes/time') as Float64Array).fill(Number.NaN, 0, 1), 'nodes/time, row 0'],
    ['a missing individual', (items) => (items.get('nodes/individual') as Int32Array).fill(9999, 0, 1), 'names row 9999 of'],
    ['edges out of order', (items) => (items.get('edges/left') as Float64Array).reverse(), 'edges, row'],
    ['a wrong index', (items) => (items.get('indexes/edge_removal_order') as Int32Array).reverse(), 'edge_removal_order, row'],
    [
      'a lost parent of a mutation',
      (items) => (items.get('mutations/parent') as Int32Array).fill(-1),
      'the last mutation above it',
    ],
    ['mutations out of order', (items) => (items.get('mutations/time') as Float64Array).reverse(), 'mutations, row'],
    ['sites out of order', (items) => (items.get('sites/position') as Float64Array).reverse(), 'must ascend inside the genome'],
    ['offsets that fall', (items) => (items.get('sites/metadata_offset') as Uint32Array).fill(5, 1, 2), 'does not ascend'],
    ['metadata that are not JSON', (items) => (items.get('populations/metadata') as Uint8Array).fill(1), 'is not JSON'],
    ['a later parent', (items) => (items.get('individuals/parents') as Int32Array).fill(299), 'does not come before it'],
    ['a shorter column', (items) => items.set('nodes/flags', new Uint32Array(2)), 'rows where the table has'],
  ])('refuses %s', (_, damage, words) => {
    const items = store();
    damage(items);
    expect(() => check(writeKastore(items))).toThrow(words);
  });
});
