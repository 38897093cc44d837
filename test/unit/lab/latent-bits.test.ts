import { describe, expect, it } from 'vitest';
import { fixationChain } from '../../../src/analysis/lab/fixation-chain.ts';
import { binaryEntropy, latentBits, simulatedLatentBits } from '../../../src/analysis/lab/latent-bits.ts';
import { fixationProcesses } from '../../../src/habitat/landscape/fixation-probability.ts';
import { simulateFixation } from '../../../src/habitat/landscape/simulate-fixation.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('binary entropy', () => {
  it('is its formula, also near the ends', () => {
    expect([0, 0.5, 1].map(binaryEntropy)).toEqual([0, 1, 0]);
    for (const p of [0.1, 0.3, 0.9]) {
      expect(binaryEntropy(p)).toBeCloseTo(-p * Math.log2(p) - (1 - p) * Math.log2(1 - p), 14);
      expect(binaryEntropy(p)).toBeCloseTo(binaryEntropy(1 - p), 14);
    }
    expect(binaryEntropy(1e-30) / (1e-30 * (Math.log2(1e30) + Math.LOG2E))).toBeCloseTo(1, 12);
  });
});

describe('latent bits', () => {
  it.each(fixationProcesses)('of %s rise from 0 to the entropy of the end', (process) => {
    const chain = fixationChain(process, 20, 0.1);
    const bits = latentBits(chain, 400, 2);
    expect(bits).toHaveLength(401);
    expect(bits[0]).toBe(0);
    for (let t = 1; t <= 400; t++) expect(bits[t]).toBeGreaterThanOrEqual(bits[t - 1] - 1e-12);
    expect(bits[400]).toBeCloseTo(binaryEntropy(chain.fixation[2]), 6);
    // Early, mostly by vanishing: half in 6 generations, where a mutation that is fixed takes 17 to 30.
    expect(bits[6]).toBeGreaterThan(bits[400] / 2);
  });

  it('of one Wright-Fisher generation, by hand', () => {
    const chain = fixationChain('wright-fisher', 2, 0);
    // From one of two: lost, half or fixed with 1/4, 1/2, 1/4; a bit is left with probability 1/2.
    expect(latentBits(chain, 3)[1]).toBeCloseTo(0.5, 12);
    expect(latentBits(chain, 3)[3]).toBeCloseTo(1 - 1 / 8, 12);
  });

  it.each(fixationProcesses)('of %s by simulation are the mean over its courses', (process) => {
    const [size, s, generations] = [10, 0.2, 5];
    const asked = { process, size, s, copies: 2, generations, replicates: 3 };
    const { bits, standardError } = simulatedLatentBits({ ...asked, stream: namedStream('bits', 'x') });
    // The same courses again: the count at each generation, N events long in Moran.
    const stream = namedStream('bits', 'x');
    const chance = (count: number) => {
      const c = process === 'moran' ? 1 : 2;
      return (1 - Math.exp(-c * s * count)) / (1 - Math.exp(-c * s * size));
    };
    const courses = Array.from({ length: 3 }, () => {
      const changes: [number, number][] = [[0, 2]];
      simulateFixation(process, size, s, stream, { copies: 2, watch: (time, count) => changes.push([time, count]) });
      return Array.from({ length: generations + 1 }, (_, t) => {
        const now = process === 'moran' ? t * size : t;
        const [, count] = changes.filter(([time]) => time <= now).at(-1) as [number, number];
        return binaryEntropy(chance(count));
      });
    });
    for (let t = 0; t <= generations; t++) {
      const left = courses.map((course) => course[t]);
      const mean = (left[0] + left[1] + left[2]) / 3;
      expect(bits[t]).toBeCloseTo(binaryEntropy(chance(2)) - mean, 12);
      const spread = Math.sqrt(left.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2 / 3);
      expect(Math.abs(standardError[t] - spread)).toBeLessThan(1e-7);
    }
  });

  it('needs two courses for an error', () => {
    const asked = { process: 'moran', size: 10, s: 0, generations: 2, stream: namedStream('a', 'b') } as const;
    expect(() => simulatedLatentBits({ ...asked, replicates: 1 })).toThrow(RangeError);
  });
});
