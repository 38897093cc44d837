import { describe, expect, it } from 'vitest';
import { firstStep, selectionOnWeight } from './wants.ts';

describe('the selection gradient on a reward weight', () => {
  it.each([1, 0.5, 0])('is that of the correlation of its signal to value, %d', (honesty) => {
    const { measured, standardError, expected, bySignal, product } = selectionOnWeight('9a', 'taste', honesty);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
    // A correlation of 1 is seen, so that one of 0 could have been.
    if (honesty === 1) expect(measured).toBeGreaterThan(6 * standardError);
    // The two factors of the law, each known better than their product: what a weight gives where signal and value agree, and how often they do.
    expect(Math.abs(bySignal.measured - bySignal.expected)).toBeLessThan(4 * bySignal.standardError);
    expect(bySignal.measured).toBeGreaterThan(6 * bySignal.standardError);
    expect(Math.abs(product.mean - honesty)).toBeLessThanOrEqual(4 * product.standardError);
    // Of 6,000 products of 1 and -1 it is 0.013 at most: honesty 0.5 differs from its square and its root.
    expect(product.standardError).toBeLessThan(0.015);
  });

  it('is the same for two signals that are equal', () => {
    const [taste, energy] = (['taste', 'energy'] as const).map((signal) => selectionOnWeight('9a', signal, 1));
    expect(energy.expected).toBe(taste.expected);
    expect(Math.abs(energy.measured - energy.expected)).toBeLessThan(4 * energy.standardError);
    // Same draws, same palates: the two worlds differ in which locus varies.
    expect(Math.abs(energy.measured - taste.measured)).toBeLessThan(4 * Math.hypot(energy.standardError, taste.standardError));
  });
});

describe('the expected step of learning', () => {
  it.each([
    [1, 0],
    [0, 1],
    [0.7, -1.2],
  ])('is alpha times the sum of weights %d and %d times the neural tangent covariances', (energy, taste) => {
    const step = firstStep('9b', energy, taste);
    expect(Math.abs(step.difference.mean)).toBeLessThan(4 * step.difference.standardError);
    expect(Math.abs(step.energy.measured - step.alpha * energy)).toBeLessThan(4 * step.energy.standardError);
    expect(Math.abs(step.taste.measured - step.alpha * taste)).toBeLessThan(4 * step.taste.standardError);
    const largest = Math.max(
      Math.abs(step.energy.measured / step.energy.standardError),
      Math.abs(step.taste.measured / step.taste.standardError),
    );
    expect(largest).toBeGreaterThan(10);
  });
});
