import { expect, it } from 'vitest';
import { baldwinShares } from './baldwin.ts';

// Hinton & Nowlan (1987), Complex Systems 1: 495: 20 loci, a quarter right, a quarter wrong, half open; 1,000 organisms, 1,000 trials.
it('learning leads and genes follow: right alleles spread, wrong ones vanish, open ones persist', () => {
  for (const seed of ['1', '2', '3']) {
    const { right, wrong, open } = baldwinShares(true, seed, 50);
    expect(right).toBeGreaterThan(0.7);
    expect(wrong).toBeLessThan(0.05);
    expect(open).toBeGreaterThan(0.15);
    expect(open).toBeLessThan(0.35);
  }
});

it('without learning nothing happens in the same time but drift', () => {
  for (const seed of ['1', '2', '3']) {
    const { right, wrong } = baldwinShares(false, seed, 50);
    // Neutral drift of a share p over t generations of N haploids has the variance p (1 - p)(1 - (1 - 1/N)^t), mean over 20 loci.
    const drift = Math.sqrt((0.25 * 0.75 * (1 - (1 - 1 / 1000) ** 50)) / 20);
    expect(Math.abs(right - 0.25)).toBeLessThan(4 * drift);
    expect(Math.abs(wrong - 0.25)).toBeLessThan(4 * drift);
  }
});
