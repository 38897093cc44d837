import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedStream, streamKey } from '../../../src/math/streams.ts';

describe('streamKey', () => {
  it('is pinned: a change here changes every run', () => {
    expect(streamKey('7', 'food')).toEqual([3530565596, 3343092014]);
    const stream = namedStream('7', 'food');
    expect([stream.uniform(), stream.normal(), stream.integer(1000)]).toEqual([0.9222674446955214, -2.465501575764163, 251]);
  });

  it('tells all pairs of seed and name apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        fc.pre(a !== c || b !== d);
        expect(streamKey(a, b)).not.toEqual(streamKey(c, d));
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect(streamKey('a,b', 'c')).not.toEqual(streamKey('a', 'b,c'));
    expect(streamKey('a"', 'b')).not.toEqual(streamKey('a', '"b'));
    expect(streamKey('', 'ab')).not.toEqual(streamKey('ab', ''));
  });

  it('gives like seeds keys whose every bit is a fair coin', () => {
    const n = 8192;
    const counts = new Float64Array(128);
    for (let seed = 0; seed < n; seed++) {
      const one = streamKey(String(seed), 'mutation');
      const two = streamKey(String(seed + 1), 'mutation');
      for (let bit = 0; bit < 64; bit++) {
        counts[bit] += (one[bit >> 5] >>> (bit & 31)) & 1;
        counts[64 + bit] += ((one[bit >> 5] ^ two[bit >> 5]) >>> (bit & 31)) & 1;
      }
    }
    const chi = counts.reduce((sum, count) => sum + (count - n / 2) ** 2 / (n / 4), 0);
    expect(Math.abs(chi - 128)).toBeLessThan(4 * Math.sqrt(2 * 128));
  });
});

describe('namedStream', () => {
  it('goes on from a position as if never stopped', () => {
    const stream = namedStream('seed', 'founders');
    stream.uniform();
    stream.normal();
    stream.integer(6);
    const resumed = namedStream('seed', 'founders', stream.position());
    expect(stream.position()).toBe(3);
    for (let i = 0; i < 10; i++) {
      expect([resumed.uniform(), resumed.normal(), resumed.integer(100)]).toEqual([
        stream.uniform(),
        stream.normal(),
        stream.integer(100),
      ]);
    }
    const far = namedStream('seed', 'founders', 2 ** 32);
    expect(far.uniform()).not.toBe(namedStream('seed', 'founders', 0).uniform());
  });

  it('is uniform, and its integers and normals have their moments', () => {
    const stream = namedStream('seed', 'moments');
    const n = 100000;
    const dice = [0, 0, 0, 0, 0, 0];
    let [u, z, zz] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      dice[stream.integer(6)]++;
      u += stream.uniform();
      const normal = stream.normal();
      z += normal;
      zz += normal * normal;
    }
    expect(Math.abs(u / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(z / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(zz / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    const chi = dice.reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0);
    expect(Math.abs(chi - 5)).toBeLessThan(4 * Math.sqrt(10));
  });

  it('refuses an integer range or a position that makes no sense', () => {
    const stream = namedStream('seed', 'x');
    for (const n of [0, -1, 1.5, Number.NaN, 2 ** 33]) expect(() => stream.integer(n)).toThrow(RangeError);
    for (const position of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => namedStream('seed', 'x', position)).toThrow(RangeError);
    }
    expect(stream.integer(1)).toBe(0);
  });
});
