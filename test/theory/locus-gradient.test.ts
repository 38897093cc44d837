import { describe, expect, it } from 'vitest';
import { copyGradient, slopeWorlds } from './locus-gradient.ts';

// With 60 forks and smaller steps in `npm run verify -- locus-gradient`.
describe('the assayed gradient of a locus over ten generations of a linear landscape', () => {
  it.each(slopeWorlds.map((world) => ({ name: world[0], world })))('$name', ({ world }) => {
    const { gradient, error, expected } = copyGradient(world, 12, 3, 'gradient');
    expect(Math.abs(gradient - expected), `${gradient} +- ${error} for ${expected}`).toBeLessThan(4 * error);
    // It is no estimate of nothing.
    expect(error).toBeLessThan(0.1 * expected);
  });
});
