import { describe, expect, it } from 'vitest';
import { WordPool } from '../../../src/record/word-pool.ts';

describe('a pool of words', () => {
  it('holds runs of any length, each in one chunk', () => {
    const pool = new WordPool(1000);
    const runs: { at: number; words: number }[] = [];
    for (let i = 0; i < 2000; i++) {
      const words = 1 + ((i * 7919) % 1000);
      const at = pool.allocate(words);
      const offset = pool.offset(at);
      expect(offset + words).toBeLessThanOrEqual(pool.words(at).length);
      for (let w = 0; w < words; w++) pool.words(at)[offset + w] = i * 1000 + w;
      runs.push({ at, words });
    }
    for (const [i, { at, words }] of runs.entries()) {
      const run = pool.words(at).subarray(pool.offset(at), pool.offset(at) + words);
      expect([run[0], run[words - 1]]).toEqual([i * 1000, i * 1000 + words - 1]);
    }
    const total = runs.reduce((sum, { words }) => sum + words, 0);
    expect(pool.used - pool.garbage).toBe(total);
    expect(pool.bytes).toBeGreaterThanOrEqual(4 * total);
  });

  it('shows the same memory as numbers', () => {
    const pool = new WordPool(8);
    const at = pool.allocate(2);
    pool.floats(at)[pool.offset(at) + 1] = -1;
    expect(pool.words(at)[pool.offset(at) + 1]).toBe(0xbf800000);
  });

  it('is wasteful once more than half is garbage, and gives memory back when what is left is moved', () => {
    const pool = new WordPool(100);
    const places: number[] = [];
    for (let i = 0; i < 4000; i++) {
      const at = pool.allocate(100);
      pool.words(at).fill(i, pool.offset(at), pool.offset(at) + 100);
      places.push(at);
    }
    const kept: number[] = [];
    for (let i = 0; i < 4000; i++) {
      if (i % 4 === 0) kept.push(i);
      else {
        expect(pool.wasteful).toBe(2 * pool.garbage > pool.used);
        pool.free(100);
      }
    }
    expect(pool.wasteful).toBe(true);
    const before = pool.bytes;
    pool.startMoving();
    for (const i of kept) {
      expect(pool.formerWord(places[i] + 99)).toBe(i);
      places[i] = pool.move(places[i], 100);
    }
    pool.finishMoving();
    for (const i of kept) {
      const run = pool.words(places[i]).subarray(pool.offset(places[i]), pool.offset(places[i]) + 100);
      expect(run.every((word) => word === i)).toBe(true);
    }
    expect(pool.wasteful).toBe(false);
    expect(pool.bytes).toBeLessThan(before / 2);
  });

  it('refuses a run longer than a chunk', () => {
    const pool = new WordPool(10);
    expect(() => pool.allocate(1 << 17)).toThrow('a run of 131072 words does not fit into a chunk of 65536');
  });
});
