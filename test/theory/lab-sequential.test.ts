import { describe, expect, it } from 'vitest';
import { departure, fallingSelections, fallingSigmas, labCases } from './lab-cases.ts';

describe('the step of sequential fixation', () => {
  const cases = labCases.filter(({ check }) => check === '3b');
  it('is checked for both processes, by formula and by drift', () => expect(cases).toHaveLength(10));

  it.each(cases)('$name: $formula', ({ run, replicates }) => {
    const { expected, measured, standardError } = run('theory', replicates);
    expect(standardError / expected).toBeLessThan(0.05);
    expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
  });

  it.each(Object.entries(fallingSelections).filter(([name]) => name.startsWith('fixation')))(
    'turns to the gradient as sigma falls: %s',
    (_name, select) => {
      const [far, near, close] = fallingSigmas.map((sigma) => select('theory', sigma, 20_000));
      expect(far.cosine).toBeLessThan(near.cosine);
      expect(near.cosine).toBeLessThan(close.cosine);
      expect(close.cosine).toBeGreaterThan(0.999);
      for (const step of [far, near]) {
        const { excess, error } = departure(step);
        expect(excess).toBeGreaterThan(4 * error);
      }
      // What is left at the smallest sigma is no more than sampling leaves.
      const { excess, error } = departure(close);
      expect(Math.abs(excess)).toBeLessThan(4 * error);
    },
  );
});
