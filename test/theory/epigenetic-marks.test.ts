import { describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { marksLoss, marksWorld } from './marks.ts';

describe('epigenetic marks in a world that goes to and fro', () => {
  it.each([
    [2, 0.5],
    [3, 0.5],
    [12, 0.5],
    [60, 0.5],
    [60, 0.9],
  ])('without genetic differences the loss is that of a linear filter: period %i, share %f', (period, share) => {
    const world = marksWorld({ period, share, deviation: 0, founders: 2, seed: 'marks' });
    world.simulation.step(10 * period + 100);
    const loss = world.meanLoss(period);
    world.simulation.dispose();
    expect(loss / marksLoss(period, share)).toBeCloseTo(1, 4);
  });

  it('help where it changes slowly against a generation, and hurt where it turns round with each', () => {
    const without = marksLoss(60, 0);
    expect(marksLoss(60, 0.5)).toBeLessThan(0.5 * without);
    expect(marksLoss(2, 0.5)).toBeGreaterThan(1.5 * without);
  });

  it('and so they do where genes evolve as well', () => {
    const seeds = ['1', '2', '3', '4', '5'];
    const gains = (period: number) =>
      seeds.map((seed) => {
        const [marked, plain] = [0.5, undefined].map((share) => {
          const world = marksWorld({ period, share, deviation: 0.05, founders: 200, seed });
          world.simulation.step(4 * period + 40);
          const loss = world.meanLoss(4 * period);
          world.simulation.dispose();
          return loss;
        });
        return plain - marked;
      });
    const [slow, fast] = [gains(60), gains(2)];
    expect(mean(slow) / standardError(slow)).toBeGreaterThan(4);
    expect(mean(fast) / standardError(fast)).toBeLessThan(-4);
  });
});
