import { describe, expect, it } from 'vitest';
import { departure, fallingSelections, fallingSigmas, labCases } from './lab-cases.ts';

describe('the step of annealing, as sigma falls', () => {
  const cases = labCases.filter(({ check }) => check === '3a');
  it('is checked for three selections on two landscapes', () => expect(cases).toHaveLength(6));

  it.each(cases)('$name: $formula', ({ run, replicates }) => {
    const { expected, measured, standardError } = run('theory', replicates);
    expect(standardError / expected).toBeLessThan(0.02);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
  });

  it.each(Object.entries(fallingSelections).filter(([name]) => name.startsWith('annealing')))(
    'turns to the gradient: %s',
    (_name, select) => {
      const [far, near, close] = fallingSigmas.map((sigma) => select('theory', sigma, 20_000));
      // 1 - cosine from sampling alone is (d - 1) / (2 pairs) or somewhat more: far below what the curvature of the valley does.
      expect(far.cosine).toBeLessThan(near.cosine);
      expect(near.cosine).toBeLessThan(close.cosine);
      expect(close.cosine).toBeGreaterThan(0.999);
      for (const step of [far, near]) {
        const { excess, error } = departure(step);
        expect(excess).toBeGreaterThan(4 * error);
      }
      // And what is left at the smallest sigma is no more than sampling leaves.
      const { excess, error } = departure(close);
      expect(Math.abs(excess)).toBeLessThan(4 * error);
    },
  );
});
