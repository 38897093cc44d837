// Quantiles of the gamma distribution against closed forms, tables and numerical integration.
import { describe, expect, it } from 'vitest';
import { gammaQuantiles } from '../../../src/math/gamma-quantiles.ts';

const chances = Float64Array.from([2 ** -32, 1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-6, 1 - 2 ** -32]);

describe('gammaQuantiles', () => {
  it('of shape 1 are those of the exponential distribution', () => {
    for (const [i, x] of gammaQuantiles(1, chances).entries()) {
      // 1 - 2^-32 is a chance known to 1e-16 / 2^-32, 5e-7 of its distance from 1.
      expect(Math.abs(x / -Math.log1p(-chances[i]) - 1)).toBeLessThan(1e-6);
    }
  });

  it.each([2, 5, 20, 100])('of whole shape %i give back the chance by Poisson probabilities', (shape) => {
    for (const [i, x] of gammaQuantiles(shape, chances).entries()) {
      // The chance of fewer than k events at rate x is that of waiting longer than x for the k-th.
      let term = Math.exp(-x);
      let above = 0;
      for (let k = 0; k < shape; k++) {
        above += term;
        term *= x / (k + 1);
      }
      if (chances[i] > 0.5) expect(Math.abs(above / (1 - chances[i]) - 1)).toBeLessThan(1e-4);
      else expect(Math.abs(1 - above - chances[i])).toBeLessThan(1e-9);
    }
  });

  it('of shape 1/2 are half the squares of normal quantiles', () => {
    const twoSided = [0.5, 0.9, 0.95, 0.99, 0.999];
    const normal = [0.6744897501960817, 1.6448536269514722, 1.959963984540054, 2.5758293035489004, 3.2905267314918945];
    for (const [i, x] of gammaQuantiles(0.5, Float64Array.from(twoSided)).entries()) {
      expect(Math.abs(Math.sqrt(2 * x) - normal[i])).toBeLessThan(1e-12);
    }
  });

  it.each([0.1, 0.3, 0.7])('of shape %f give back the chance by integration of the density', (shape) => {
    const complete = integral(60 ** shape);
    // With t = x^k the density is smooth at 0: P = integral of exp(-t^(1/k)) dt from 0 to x^k, over its value for all x.
    function integral(to: number): number {
      const steps = 20_000;
      let sum = 0;
      for (let i = 0; i <= steps; i++) {
        const weight = i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4;
        sum += weight * Math.exp(-(((i * to) / steps) ** (1 / shape)));
      }
      return (sum * to) / (3 * steps);
    }
    for (const [i, x] of gammaQuantiles(shape, chances).entries()) {
      if (x === 0 || chances[i] > 1 - 1e-5) continue;
      expect(Math.abs(integral(x ** shape) / complete - chances[i])).toBeLessThan(1e-8);
    }
  });
});
