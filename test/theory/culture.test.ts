import { describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { cultureGrowth, EULER } from './culture.ts';

/** Loss and spread of copies; N* = e^(a/b - 0.5772) is 33.8 with these. */
const [loss, spread] = [1, 0.2441];

// Henrich (2004): when all N learners copy the best of the former generation, mean skill changes by -a + b (0.5772 + ln N).
describe('cumulative culture where everyone copies the most skilled', () => {
  it.each([10, 34, 100, 400])('changes by -a + b (0.5772 + ln N) in a generation, N = %i', (size) => {
    const changes = cultureGrowth({ size, loss, spread, models: 'everyone', generations: 400, seed: 'culture' });
    const expected = -loss + spread * (EULER + Math.log(size));
    // Changes of successive generations share the luck of one: their sum is free of that, so the error is that of blocks.
    const blocks = Array.from({ length: 20 }, (_, b) => mean(changes.slice(20 * b, 20 * b + 20)));
    expect(Math.abs(mean(blocks) - expected)).toBeLessThan(4 * standardError(blocks));
  });

  it('so that skill is lost below N* = exp(a/b - 0.5772) and grows above', () => {
    const threshold = Math.exp(loss / spread - EULER);
    const growth = (size: number) => mean(cultureGrowth({ size, loss, spread, models: 'everyone', generations: 400, seed: 'n' }));
    expect(growth(Math.round(threshold / 3))).toBeLessThan(-0.1);
    expect(growth(Math.round(3 * threshold))).toBeGreaterThan(0.1);
  });

  it('copying the best of eight whom one meets and the parent lies between copying the best of nine and the best of all', () => {
    // The best of nine exceeds their mean by what the nine learned in this generation and by what they differed before: more than where all
    // start alike, -a + b (0.5772 + ln 9), and never more than with everyone for a model.
    const [few, all] = [9, 400].map((models) => -loss + spread * (EULER + Math.log(models)));
    const changes = cultureGrowth({ size: 400, loss, spread, models: 'met', generations: 300, seed: 'met' });
    const blocks = Array.from({ length: 15 }, (_, b) => mean(changes.slice(20 * b, 20 * b + 20)));
    expect(mean(blocks) - few).toBeGreaterThan(4 * standardError(blocks));
    expect(all - mean(blocks)).toBeGreaterThan(4 * standardError(blocks));
  });
});
