import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../../src/math/philox.ts';
import { normalPair32, uniform32 } from '../../../src/math/words.ts';
import { DATA, SCRATCH, testKernel } from './kernel.ts';

const kernel = testKernel(48);
const words = new Uint32Array(4);

describe('Philox4x32', () => {
  const ones = 0xffffffff;
  const zero = [0, 0, 0, 0, 0, 0];
  const full = [ones, ones, ones, ones, ones, ones];
  // Counter, then key: digits of pi.
  const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0];
  // From kat_vectors of Random123 (Salmon et al. 2011).
  it.each([
    [10, zero, '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [10, full, '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [10, pi, 'd16cfe09 94fdcceb 5001e420 24126ea1'],
    [7, zero, '5f6fb709 0d893f64 4f121f81 4f730a48'],
    [7, full, '5207ddc2 45165e59 4d8ee751 8c52f662'],
    [7, pi, '4dfccaba 190a87f0 c47362ba b6b5242a'],
  ] as const)('gives the published words at %i rounds of %j', (rounds, input, expected) => {
    const [c0, c1, c2, c3, key0, key1] = input;
    philox4x32(key0, key1, c0, c1, c2, c3, words, rounds);
    expect(Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(expected);
  });

  it('is the same in the kernel, four at once and one at a time', () => {
    const state = new Uint32Array(4);
    for (let block = 0; block < 2000; block++) {
      const counters = new Uint32Array(16);
      for (let i = 0; i < 4; i++) {
        philox4x32(1, 2, block, i, 0, 0, state);
        counters.set(state, 4 * i);
      }
      if (block === 0) counters.fill(0);
      if (block === 1) counters.fill(0xffffffff);
      const key0 = counters[3] ^ block;
      const key1 = counters[7] ^ (block << 7);
      kernel.u32.set(counters, DATA / 4);
      kernel.run.testPhilox4(SCRATCH, key0, key1, DATA);
      const got = kernel.u32.slice(SCRATCH / 4, SCRATCH / 4 + 16);
      for (let lane = 0; lane < 4; lane++) {
        const [c0, c1, c2, c3] = [0, 4, 8, 12].map((at) => counters[at + lane]);
        philox4x32(key0, key1, c0, c1, c2, c3, words);
        kernel.run.testPhilox1(SCRATCH + 64, key0, key1, c0, c1, c2, c3);
        expect([0, 4, 8, 12].map((at) => got[at + lane])).toEqual([...words]);
        expect([...kernel.u32.subarray(SCRATCH / 4 + 16, SCRATCH / 4 + 20)]).toEqual([...words]);
      }
    }
  });
});

/** f32[count] from one of the fill kernels, copied. */
function filled(of: 'fillUniforms' | 'fillNormals', count: number, key0: number, key1: number, tick: number, draw: number) {
  kernel.run[of](DATA, count, key0, key1, tick, draw, SCRATCH);
  return kernel.f32.slice(DATA / 4, DATA / 4 + count);
}

describe('uniforms and normals of the kernel', () => {
  it('equal their oracles to the bit', () => {
    const uniforms = filled('fillUniforms', 16384, 5, 6, 7, 8);
    const normals = filled('fillNormals', 16384, 5, 6, 7, 8);
    const pair = new Float32Array(2);
    for (let id = 0; id < 4096; id++) {
      philox4x32(5, 6, id, 0, 7, 8, words);
      const at = 16 * (id >> 2) + (id & 3);
      const expected: number[] = [];
      for (let w = 0; w < 4; w += 2) {
        normalPair32(words[w], words[w + 1], pair);
        expected.push(...pair);
      }
      expect([0, 4, 8, 12].map((w) => uniforms[at + w])).toEqual(Array.from(words, (word) => uniform32(word)));
      expect([0, 4, 8, 12].map((w) => normals[at + w])).toEqual(expected);
    }
  });

  it('normals at the edges are finite and reach beyond 6.7', () => {
    const radii = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0xfffffe00];
    const angles = [0, 0x40000000, 0x80000000, 0xc0000000, 0xffffffff, 0x20000000, 0x1fffffff, 0xe0000000];
    const pair = new Float32Array(2);
    for (const angle of angles) {
      kernel.u32.set(radii, DATA / 4);
      kernel.u32.fill(angle, DATA / 4 + 8, DATA / 4 + 16);
      kernel.run.testNormals(DATA + 64, DATA, DATA + 32, 8);
      radii.forEach((w0, i) => {
        const at = DATA / 4 + 16 + 8 * (i >> 2) + (i & 3);
        const got = [kernel.f32[at], kernel.f32[at + 4]];
        normalPair32(w0, angle, pair);
        expect(got).toEqual([...pair]);
        expect(Math.hypot(...got)).toBeLessThan(6.77);
        if (w0 === 0) expect(Math.hypot(...got)).toBeGreaterThan(6.75);
      });
    }
  });

  const n = 1 << 20;
  const base = () => filled('fillNormals', n, 11, 12, 100, 3);

  it('normals have the right moments', () => {
    const sums = [0, 0, 0, 0, 0, 0];
    for (const z of base()) {
      let power = 1;
      for (let k = 0; k < 6; k++) {
        power *= z;
        sums[k] += power;
      }
    }
    const moments = sums.map((sum) => sum / n);
    // E z^k = 0 1 0 3 0 15, with variances E z^2k - (E z^k)^2 = 1 2 15 96 945 10170.
    [0, 1, 0, 3, 0, 15].forEach((expected, k) => {
      const error = Math.sqrt([1, 2, 15, 96, 945, 10170][k] / n);
      expect(Math.abs(moments[k] - expected), `moment ${k + 1}`).toBeLessThan(4 * error);
    });
  });

  it('normals have the right tails', () => {
    const z = base();
    // Two-sided normal tail probabilities.
    for (const [beyond, p] of [
      [1, 0.3173105],
      [2, 0.04550026],
      [3, 0.002699796],
      [4, 6.334248e-5],
    ]) {
      const count = z.reduce((sum, value) => sum + (Math.abs(value) > beyond ? 1 : 0), 0);
      expect(Math.abs(count - n * p), `beyond ${beyond}`).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
    }
  });

  it('normals of neighbouring words, ids, ticks, draws and streams do not correlate', () => {
    const z = base();
    const correlation = (other: Float32Array, lag = 0, square = false) => {
      let sum = 0;
      for (let i = 0; i + lag < n; i++) {
        const product = square ? (z[i] * z[i] - 1) * (other[i + lag] * other[i + lag] - 1) : z[i] * other[i + lag];
        sum += product;
      }
      return sum / Math.sqrt((n - lag) * (square ? 4 : 1));
    };
    const partners: [string, Float32Array, number][] = [
      ['next id', z, 1],
      ['next word', z, 4],
      ['second pair', z, 8],
      ['id + 4', z, 16],
      ['next tick', filled('fillNormals', n, 11, 12, 101, 3), 0],
      ['next draw', filled('fillNormals', n, 11, 12, 100, 4), 0],
      ['next stream, low', filled('fillNormals', n, 12, 12, 100, 3), 0],
      ['next stream, high', filled('fillNormals', n, 11, 13, 100, 3), 0],
    ];
    for (const [name, other, lag] of partners) {
      expect(Math.abs(correlation(other, lag)), name).toBeLessThan(4);
      expect(Math.abs(correlation(other, lag, true)), `${name}, squares`).toBeLessThan(4);
    }
  });

  it('bits of neighbouring counters and keys are independent', () => {
    // The test that cheaper hashes fail: each bit of the XOR of two words, as a fair coin.
    const blocks = 1 << 14;
    const other = new Uint32Array(4);
    const changes: [string, number[]][] = [
      ['tick', [0, 0, 0, 0, 1, 0]],
      ['draw', [0, 0, 0, 0, 0, 1]],
      ['id', [0, 0, 1, 0, 0, 0]],
      ['id, high', [0, 0, 0, 1, 0, 0]],
      ['stream', [1, 0, 0, 0, 0, 0]],
      ['stream, high', [0, 1, 0, 0, 0, 0]],
    ];
    for (const [name, change] of changes) {
      const counts = new Float64Array(128);
      for (let i = 0; i < blocks; i++) {
        // Even ids, so that no pair is met twice, once from either side.
        philox4x32(21, 22, 2 * i, 0, 50, 1, words);
        philox4x32(21 ^ change[0], 22 ^ change[1], (2 * i) ^ change[2], change[3], 50 ^ change[4], 1 ^ change[5], other);
        for (let bit = 0; bit < 128; bit++) counts[bit] += ((words[bit >> 5] ^ other[bit >> 5]) >>> (bit & 31)) & 1;
      }
      // 128 coins of variance blocks / 4 each: the sum of squared z-scores is chi-square with 128 degrees of freedom.
      const chi = counts.reduce((sum, count) => sum + (count - blocks / 2) ** 2 / (blocks / 4), 0);
      expect(Math.abs(chi - 128), name).toBeLessThan(4 * Math.sqrt(2 * 128));
    }
  });

  it('uniforms fill [0, 1) evenly', () => {
    const bins = new Float64Array(256);
    const u = filled('fillUniforms', n, 31, 32, 1, 2);
    for (const value of u) bins[Math.floor(value * 256)]++;
    expect(u.every((value) => value >= 0 && value < 1)).toBe(true);
    const chi = bins.reduce((sum, count) => sum + (count - n / 256) ** 2 / (n / 256), 0);
    expect(Math.abs(chi - 255)).toBeLessThan(4 * Math.sqrt(2 * 255));
  });
});
