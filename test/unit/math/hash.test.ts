import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, hashBytes } from '../../../src/math/hash.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { DATA, SCRATCH, testKernel } from './kernel.ts';

const kernel = testKernel(2);

function hashInKernel(bytes: Uint8Array, seed: number, offset = 0): Digest {
  kernel.u8.set(bytes, DATA + offset);
  kernel.run.hashBytes(DATA + offset, bytes.length, seed, SCRATCH);
  return [kernel.u32[SCRATCH / 4], kernel.u32[SCRATCH / 4 + 1]];
}

function randomBytes(name: string, length: number): Uint8Array {
  const stream = namedStream('hash', name);
  return Uint8Array.from({ length }, () => stream.integer(256));
}

describe('hash', () => {
  it('is the same in the kernel, for every length, seed and alignment', () => {
    const bytes = randomBytes('lengths', 700);
    for (let length = 0; length <= 700; length++) {
      const part = bytes.subarray(700 - length);
      expect(hashInKernel(part, length, length & 15), `${length} bytes`).toEqual(hashBytes(part, length));
    }
    expect(hashInKernel(bytes, -1)).toEqual(hashBytes(bytes, 0xffffffff));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer(), (data, seed) => {
        expect(hashInKernel(data, seed)).toEqual(hashBytes(data, seed));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('is pinned: a change here changes every golden hash', () => {
    expect(hashBytes(new Uint8Array(0))).toEqual([3419602437, 2538112724]);
    expect(hashBytes(randomBytes('pinned', 1000), 7)).toEqual([1843979906, 840706296]);
  });

  it('tells lengths, zeros, seeds and orders apart', () => {
    const digests = new Set<string>();
    for (let length = 0; length < 1000; length++) digests.add(hashBytes(new Uint8Array(length)).join());
    for (let seed = 1; seed <= 1000; seed++) digests.add(hashBytes(new Uint8Array(128), seed).join());
    expect(digests.size).toBe(2000);
    const stripes = randomBytes('stripes', 256);
    const swapped = Uint8Array.from(stripes);
    swapped.copyWithin(0, 64, 128);
    swapped.set(stripes.subarray(0, 64), 64);
    expect(hashBytes(swapped)).not.toEqual(hashBytes(stripes));
  });

  it.each([4, 40, 64, 200, 4096])('turns every output bit with probability 1/2 for one flipped bit of %i bytes', (length) => {
    const trials = 8192;
    const stream = namedStream('hash', `avalanche ${length}`);
    const counts = new Float64Array(64);
    let total = 0;
    const bytes = randomBytes(`avalanche ${length}`, length);
    let before = hashInKernel(bytes, 1);
    for (let i = 0; i < trials; i++) {
      const bit = stream.integer(8 * length);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const after = hashInKernel(bytes, 1);
      for (let k = 0; k < 64; k++) {
        const turned = ((before[k >> 5] ^ after[k >> 5]) >>> (k & 31)) & 1;
        counts[k] += turned;
        total += turned;
      }
      before = after;
    }
    expect(Math.abs(total - 32 * trials)).toBeLessThan((4 * Math.sqrt(64 * trials)) / 2);
    const chi = counts.reduce((sum, count) => sum + (count - trials / 2) ** 2 / (trials / 4), 0);
    expect(Math.abs(chi - 64)).toBeLessThan(4 * Math.sqrt(2 * 64));
  });

  it('does not collide in either half on near-identical inputs', () => {
    // 20,000 digests: about 0.05 chance collisions expected in a 32-bit half; more than 2 would be structure.
    const bytes = new Uint8Array(1024);
    const view = new DataView(bytes.buffer);
    const low = new Set<number>();
    const high = new Set<number>();
    const n = 20000;
    for (let i = 0; i < n; i++) {
      // Two changes in one column of lanes, one stripe apart: the weak place of independent 32-bit accumulators.
      view.setUint32(0, i % 141, true);
      view.setUint32(64, Math.floor(i / 141), true);
      const digest = hashInKernel(bytes, 0);
      low.add(digest[0]);
      high.add(digest[1]);
    }
    expect(low.size).toBeGreaterThanOrEqual(n - 2);
    expect(high.size).toBeGreaterThanOrEqual(n - 2);
  });
});
