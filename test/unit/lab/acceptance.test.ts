import { describe, expect, it } from 'vitest';
import { expectedAlong } from '../../../src/analysis/lab/expected-along.ts';
import { acceptanceIds, makeAcceptance } from '../../../src/habitat/landscape/acceptance.ts';

describe('acceptance', () => {
  it.each(acceptanceIds)('%s rises from 0 to 1', (id) => {
    const { probability } = makeAcceptance(id, 1.7);
    expect([probability(-Infinity), probability(-1e5), probability(1e5), probability(Infinity)]).toEqual([0, 0, 1, 1]);
    let before = 0;
    for (let change = -5; change <= 5; change += 0.01) {
      expect(probability(change)).toBeGreaterThanOrEqual(before);
      before = probability(change);
    }
  });

  it('is the formula', () => {
    expect(makeAcceptance('logistic', 3).probability(0.4)).toBeCloseTo(1 / (1 + Math.exp(-1.2)), 15);
    expect(makeAcceptance('metropolis', 3).probability(-0.4)).toBeCloseTo(Math.exp(-1.2), 15);
    const step = makeAcceptance('step', 3);
    expect([-0.1, 0, 0.1].map(step.probability)).toEqual([0, 0.5, 1]);
  });

  it.each(['logistic', 'metropolis'] as const)('%s leaves e^(b f) in balance', (id) => {
    const { probability } = makeAcceptance(id, 2.5);
    for (const change of [0, 0.01, 0.3, 2]) {
      expect(probability(change) / probability(-change)).toBeCloseTo(Math.exp(2.5 * change), 10);
    }
  });

  it.each(acceptanceIds)('the limit of %s is that of the integral over mutants on a slope', (id) => {
    const { probability, limit } = makeAcceptance(id, 1.7);
    // The integral differs from its limit by a share of about b sigma |grad f|.
    expect(expectedAlong(probability, 1e-9, 2.3) / limit(1e-9, 2.3)).toBeCloseTo(1, 6);
    expect(limit(0.1, 0)).toBe(0);
  });

  it('refuses a temperature that is none', () => {
    for (const b of [0, -1, Infinity, Number.NaN]) expect(() => makeAcceptance('step', b)).toThrow(RangeError);
  });
});

describe('the expected step on a slope', () => {
  it('equals closed forms', () => {
    // Of step selection at every sigma; of a weight that is the change itself, sigma^2 |grad f|.
    expect(expectedAlong((s) => (s > 0 ? 1 : 0), 0.7, 3)).toBeCloseTo(0.7 / Math.sqrt(2 * Math.PI), 8);
    expect(expectedAlong((s) => s, 0.7, 3)).toBeCloseTo(0.49 * 3, 12);
    expect(expectedAlong((s) => s * s * s, 0.5, 1)).toBeCloseTo(3 * 0.5 ** 4, 12);
  });
});
