import { describe, expect, it } from 'vitest';
import { covariance, mean, variance } from '../../src/math/statistics.ts';
import { column, makeWorld, smallWorld } from '../unit/engine/worlds.ts';

const spread = { turn: 0.15, thrust: 0.1 };

/** Organisms whose networks are all 0: every head stands at its middle, and only chance acts. */
function idle(ticks: number) {
  const fixed = (founder: number) => ({ founder, deviation: 0 });
  const simulation = makeWorld(
    smallWorld({
      foragers: {
        founders: 4000,
        senses: ['energy', 'signals'],
        policy: { hidden: 2, deviation: 0 },
        traits: { 'policy.spread.turn': fixed(spread.turn), 'policy.spread.thrust': fixed(spread.thrust) },
        energy: { founder: 5, storage: 10, living: 0, moving: 0, swiftness: 0, feeding: 0, biting: 0 },
        diet: { appetite: 0 },
        life: { maturity: 100_000, span: 100_000, accident: 0 },
        bite: { targets: ['foragers'], reach: 0 },
      },
    }),
    'actions',
  );
  const [population] = simulation.populations;
  const actions: Record<string, number[]> = {};
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    for (const name of ['turn', 'thrust', 'eat', 'bite', 'signal']) (actions[name] ??= []).push(...column(population, name));
  }
  const count = population.count;
  simulation.dispose();
  return { actions, count };
}

describe('the heads of the policy', () => {
  const ticks = 15;
  const { actions, count } = idle(ticks);
  const n = actions.turn.length;
  const correlation = (a: number[], b: number[]) => covariance(a, b) / Math.sqrt(variance(a) * variance(b));

  it.each([
    // At the clamps, six and five spreads away, next to nothing is cut off.
    ['turn', 0, spread.turn],
    ['thrust', 0.5, spread.thrust],
  ])('%s is Gaussian around its mean with the spread of the trait', (name, middle, deviation) => {
    const z = actions[name].map((value) => (value - middle) / deviation);
    expect(Math.abs(mean(z))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(variance(z) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(mean(z.map((value) => value ** 3)))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(mean(z.map((value) => value ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    // Within one, two and three deviations: 68.27, 95.45 and 99.73 %.
    for (const [k, p] of [
      [1, 0.6826895],
      [2, 0.9544997],
      [3, 0.9973002],
    ]) {
      const share = z.filter((value) => Math.abs(value) < k).length / n;
      expect(Math.abs(share - p), `within ${k}`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
    }
  });

  it.each(['eat', 'bite'])('%s is Bernoulli with the chance that its output says: one half', (name) => {
    expect(actions[name].every((value) => value === 0 || value === 1)).toBe(true);
    expect(Math.abs(mean(actions[name]) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / n));
  });

  it('signal is a level, not a draw', () => {
    expect(new Set(actions.signal)).toEqual(new Set([0.5]));
  });

  it('heads are independent of each other, of the tick before and of the neighbouring row', () => {
    const names = ['turn', 'thrust', 'eat', 'bite'];
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i + 1)) {
        expect(Math.abs(correlation(actions[a], actions[b])), `${a}, ${b}`).toBeLessThan(4 / Math.sqrt(n));
      }
      const later = actions[a].slice(count);
      const earlier = actions[a].slice(0, n - count);
      expect(Math.abs(correlation(later, earlier)), `${a}, a tick later`).toBeLessThan(4 / Math.sqrt(n - count));
      expect(Math.abs(correlation(actions[a].slice(1), actions[a].slice(0, -1))), `${a}, a row on`).toBeLessThan(
        4 / Math.sqrt(n - 1),
      );
    }
  });
});
