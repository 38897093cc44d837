import { describe, expect, it } from 'vitest';
import { drawAnnealingSteps } from '../../../src/analysis/lab/annealing-step.ts';
import { dot } from '../../../src/analysis/lab/direction.ts';
import { drawMinibatchSteps, minibatchNoise } from '../../../src/analysis/lab/minibatch-noise.ts';
import { powerLaw } from '../../../src/analysis/lab/power-law.ts';
import { stepNoise } from '../../../src/analysis/lab/step-noise.ts';
import { makeAcceptance } from '../../../src/habitat/landscape/acceptance.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { isSampled, type SampledLandscape } from '../../../src/habitat/landscape/landscape.ts';
import { leastSquares } from '../../../src/habitat/landscape/least-squares.ts';
import { covariance, mean, variance } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('the noise of steps', () => {
  it('in two dimensions equals its definition', () => {
    const stream = namedStream('noise', 'plane');
    const count = 500;
    const values = Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? 0.3 : 1) * stream.normal() ** 3 + 0.2);
    for (const gradient of [
      [1, 0],
      [-2, 0],
      [0, 3],
      [0.6, -1.1],
      [-0.6, 1.1],
    ]) {
      const noise = stepNoise({ values, count, stride: 2, dimensions: 2 }, gradient);
      const norm = Math.hypot(...gradient);
      const onto = (direction: number[]) =>
        Array.from({ length: count }, (_, i) => dot([values[2 * i], values[2 * i + 1]], direction) / norm);
      const [along, across] = [onto(gradient), onto([-gradient[1], gradient[0]])];
      const kurtosis = (column: number[]) => mean(column.map((value) => (value - mean(column)) ** 4)) / variance(column) ** 2;
      expect(noise.varianceAlong).toBeCloseTo(variance(along), 12);
      expect(noise.varianceAcross).toBeCloseTo(variance(across), 12);
      expect(noise.kurtosisAlong).toBeCloseTo(kurtosis(along), 9);
      expect(noise.kurtosisAcross).toBeCloseTo(kurtosis(across), 9);
      expect(noise.direction.along).toBeCloseTo(mean(along), 12);
      expect(noise.trace).toBeCloseTo(variance(along) + variance(across), 12);
      const [x, y] = [0, 1].map((l) => Array.from({ length: count }, (_, i) => values[2 * i + l]));
      const c = [variance(x), covariance(x, y), covariance(x, y), variance(y)];
      for (let k = 0; k < 4; k++) expect(noise.covariance[k]).toBeCloseTo(c[k], 12);
      expect(noise.effectiveRank).toBeCloseTo((c[0] + c[3]) ** 2 / dot(c, c), 12);
    }
  });

  it('of normal steps is normal, in every direction the same', () => {
    const [count, dimensions] = [20_000, 8];
    const stream = namedStream('noise', 'normal');
    const values = Float64Array.from({ length: count * dimensions }, () => 0.1 * stream.normal());
    const noise = stepNoise({ values, count, stride: dimensions, dimensions }, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Math.abs(noise.kurtosisAlong - 3)).toBeLessThan(4 * Math.sqrt(24 / count));
    expect(Math.abs(noise.kurtosisAcross - 3)).toBeLessThan(4 * Math.sqrt(24 / count / 7));
    expect(Math.abs(noise.varianceAlong - 0.01)).toBeLessThan(4 * 0.01 * Math.sqrt(2 / count));
    expect(Math.abs(noise.varianceAcross - 0.01)).toBeLessThan(4 * 0.01 * Math.sqrt(2 / count / 7));
    // tr(C^2) of a sample exceeds that of the identity by a share of about (d + 1)/n.
    expect(noise.effectiveRank / dimensions).toBeCloseTo(1, 2);
  });

  it('of annealing is half the mutants, whatever the gradient, where the gain is small', () => {
    // Half of the mutants are refused: variance sigma^2/2 at each locus, kurtosis 3 sigma^4 / 2 over its square, 6.
    const [count, dimensions, sigma] = [20_000, 5, 0.001];
    const landscape = makeLandscape('bowl', dimensions, {}, 'noise');
    for (const far of [0.1, 3]) {
      const question = {
        landscape,
        at: new Float64Array(dimensions).fill(far),
        sigma,
        stream: namedStream('annealing', 'noise'),
      };
      const { steps, gradient } = drawAnnealingSteps(question, makeAcceptance('logistic', 1), count);
      const noise = stepNoise({ values: steps, count, stride: dimensions, dimensions }, gradient);
      // Variance of x^2 is (3/2 - 1/4) sigma^4; the kurtosis of 20,000 such steps is known to about 0.1.
      expect(Math.abs(noise.varianceAlong - sigma ** 2 / 2)).toBeLessThan(4 * sigma ** 2 * Math.sqrt(1.25 / count));
      expect(Math.abs(noise.varianceAcross - sigma ** 2 / 2)).toBeLessThan(4 * sigma ** 2 * Math.sqrt(1.25 / count));
      expect(Math.abs(noise.kurtosisAcross - 6)).toBeLessThan(0.5);
    }
  });

  it('refuses steps without noise or direction', () => {
    const steps = { values: Float64Array.of(1, 2, 3, 4), count: 2, stride: 2, dimensions: 2 };
    expect(() => stepNoise({ ...steps, count: 1 }, [1, 0])).toThrow('1 steps');
    expect(() => stepNoise(steps, [0, 0])).toThrow('gradient is 0');
  });
});

describe('minibatches', () => {
  it.each([
    ['regression', () => leastSquares(6, 40, 0.5, namedStream('minibatch', 'data'))],
    ['iris', () => makeLandscape('iris', 8 * 2 + 3, { hidden: 2 }, 'x') as SampledLandscape],
  ])('of %s scatter as theory says', (name, make) => {
    const landscape = make();
    const stream = namedStream('minibatch', name);
    const at = Float64Array.from({ length: landscape.dimensions }, () => 0.5 * stream.normal());
    expect(isSampled(landscape)).toBe(true);
    const count = 20_000;
    for (const batch of [1, 7]) {
      const noise = minibatchNoise({ landscape, at, rate: 0.03, batch, stream }, count);
      const gradient = new Float64Array(landscape.dimensions);
      landscape.gradient(at, 0, gradient);
      // The mean of the steps is the gradient step: squared distance over its expectation tr C / n is below 1 + 4 sqrt(2 / rank).
      const off = noise.mean.map((value, l) => value - 0.03 * gradient[l]);
      expect(dot(off, off) / (noise.expectedTrace / count)).toBeLessThan(1 + 4 * Math.sqrt(2));
      // Standard error of the trace, from the squares themselves: a generous kurtosis of 30 in one direction.
      expect(Math.abs(noise.trace / noise.expectedTrace - 1)).toBeLessThan(4 * Math.sqrt(29 / count));
      expect(Math.abs(noise.effectiveRank / noise.expectedRank - 1)).toBeLessThan(0.1);
    }
    const all = minibatchNoise({ landscape, at, rate: 0.03, batch: landscape.rows, stream }, 10);
    expect(all.expectedTrace).toBe(0);
    expect(all.trace).toBeLessThan(1e-25);
  });

  it('of one row each draw every row alike', () => {
    const landscape = leastSquares(2, 5, 0.1, namedStream('minibatch', 'few'));
    const { steps, gradients } = drawMinibatchSteps(
      { landscape, at: [0.3, 0.1], rate: 1, batch: 1, stream: namedStream('minibatch', 'alike') },
      10_000,
    );
    for (let row = 0; row < 5; row++) {
      let seen = 0;
      for (let k = 0; k < 10_000; k++) if (steps[2 * k] === gradients.values[2 * row]) seen++;
      expect(Math.abs(seen - 2000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.2 * 0.8));
    }
  });

  it('of regression have the gradient of its fitness', () => {
    const landscape = leastSquares(4, 9, 0.3, namedStream('minibatch', 'gradient'));
    const at = Float64Array.of(9, 0.1, -0.4, 0.8, 0.2);
    const gradient = new Float64Array(6).fill(7);
    landscape.gradient(at, 1, gradient, 1);
    for (let l = 0; l < 4; l++) {
      const shifted = (by: number) => at.map((value, k) => (k === l + 1 ? value + by : value));
      const slope = (landscape.logFitness(shifted(1e-4), 1) - landscape.logFitness(shifted(-1e-4), 1)) / 2e-4;
      expect(gradient[l + 1]).toBeCloseTo(slope, 8);
    }
    expect([gradient[0], gradient[5]]).toEqual([7, 7]);
    expect(() => drawMinibatchSteps({ landscape, at, rate: 1, batch: 1, stream: namedStream('a', 'b') }, 1)).toThrow('5 loci');
    const short = at.subarray(1);
    for (const batch of [0, 10, 1.5]) {
      expect(() => drawMinibatchSteps({ landscape, at: short, rate: 1, batch, stream: namedStream('a', 'b') }, 1)).toThrow(
        RangeError,
      );
    }
  });
});

describe('the power law', () => {
  it('finds an exponent', () => {
    const x = [0.1, 1, 3, 20, 50];
    const { exponent, error } = powerLaw(
      x,
      x.map((value) => 4 * value ** 0.7),
    );
    expect(exponent).toBeCloseTo(0.7, 12);
    expect(error).toBeLessThan(1e-12);
  });

  it('is off by its standard error', () => {
    const z: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const stream = namedStream('power', String(seed));
      const x = Array.from({ length: 30 }, () => Math.exp(stream.normal()));
      const { exponent, error } = powerLaw(
        x,
        x.map((value) => value ** -0.5 * Math.exp(0.2 * stream.normal())),
      );
      z.push((exponent + 0.5) / error);
    }
    // Student's t of 28 degrees of freedom: variance 28/26, its standard error about that times sqrt(2.3/300).
    expect(Math.abs(mean(z))).toBeLessThan(4 * Math.sqrt(28 / 26 / 300));
    expect(Math.abs(variance(z) - 28 / 26)).toBeLessThan(4 * (28 / 26) * Math.sqrt(2.3 / 300));
  });

  it('refuses what has no logarithm', () => {
    expect(() => powerLaw([1, 2], [1, 2])).toThrow('3 pairs');
    expect(() => powerLaw([1, 2, 3], [1, 0, 2])).toThrow('0 is not positive');
  });
});
