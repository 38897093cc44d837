import { describe, expect, it } from 'vitest';
import { kimuraError, labCases } from './lab-cases.ts';

describe('drift of one mutant, simulated, against the exact chain', () => {
  it.each(labCases.filter(({ check }) => check === '3d'))('$name: $formula', ({ run, replicates }) => {
    const { expected, measured, standardError } = run('theory', replicates);
    expect(standardError / expected).toBeLessThan(0.15);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
  });

  it("differs from Kimura's formula by 1.4 % at N = 100, N s = 10, and by less where s is smaller", () => {
    expect(kimuraError(100, 0.1)).toBeCloseTo(-0.0136, 4);
    expect(kimuraError(100, 0.01)).toBeCloseTo(-0.0005, 4);
    expect(Math.abs(kimuraError(100, 1e-6))).toBeLessThan(1e-9);
  });
});

describe('latent fitness, revealed by drift', () => {
  it.each(labCases.filter(({ check }) => check === 'bits'))('$name: $formula', ({ run, replicates }) => {
    const { expected, measured, standardError } = run('theory', replicates);
    expect(standardError / expected).toBeLessThan(0.15);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
  });
});
