import { describe, expect, it } from 'vitest';
import { covariance, variance } from '../../src/math/statistics.ts';
import { column, ids, makeWorld, smallWorld } from '../unit/engine/worlds.ts';

/** Bodies of many sizes and speeds that pay and do nothing else. */
function payers(energy: Record<string, number>, diet: Record<string, unknown> = { appetite: 0 }) {
  return smallWorld({
    foragers: {
      founders: 500,
      senses: ['energy'],
      traits: { 'body.size': { deviation: 1.5 }, 'body.speed': { deviation: 1.5 }, 'diet.fruit': { deviation: 2 } },
      energy: { founder: 20, storage: 100, living: 0, moving: 0, swiftness: 0, feeding: 0, biting: 0, ...energy },
      diet,
      life: { maturity: 100_000, span: 100_000, accident: 0 },
      mechanisms: { mutation: { on: false } },
    },
  });
}

/** What one tick costs each organism, with its traits and what it did. */
function pay(energy: Record<string, number>) {
  const simulation = makeWorld(payers(energy), 'budget');
  const [population] = simulation.populations;
  const before = new Map(ids(population).map((id, row) => [id, population.table.f32('energy')[row]]));
  simulation.step();
  const f = (name: string) => column(population, name);
  const [after, size, speed, thrust, eat] = ['energy', 'body.size', 'body.speed', 'thrust', 'eat'].map(f);
  const rows = ids(population).map((id, row) => ({
    cost: (before.get(id) as number) - after[row],
    size: size[row],
    speed: speed[row],
    pace: speed[row] * thrust[row] * (eat[row] > 0 ? 0.4 : 1),
    eat: eat[row],
  }));
  simulation.dispose();
  return rows;
}

// A reserve of 20 is known to 2^-20 in float32, and a tick takes a few roundings.
const rounding = 4 * 2 ** -20;

describe('the energy budget', () => {
  it('living costs grow with size to the power 3/4 (Kleiber 1932, Hilgardia 6: 315)', () => {
    const rows = pay({ living: 2 });
    for (const { cost, size } of rows) expect(Math.abs(cost - 2 * size ** 0.75)).toBeLessThan(rounding);
    const [x, y] = [rows.map(({ size }) => Math.log(size)), rows.map(({ cost }) => Math.log(cost))];
    expect(covariance(x, y) / variance(x)).toBeCloseTo(0.75, 5);
    expect(Math.max(...rows.map(({ size }) => size)) / Math.min(...rows.map(({ size }) => size))).toBeGreaterThan(3);
  });

  it('moving costs size times the square of the pace, being swift size times the square of the top speed', () => {
    for (const { cost, size, pace } of pay({ moving: 2 }))
      expect(Math.abs(cost - 2 * size * pace * pace)).toBeLessThan(2 * rounding);
    for (const { cost, size, speed } of pay({ swiftness: 1 })) {
      expect(Math.abs(cost - size * speed * speed)).toBeLessThan(2 * rounding);
    }
  });

  it('trying to eat costs the same for everybody, also where there is nothing', () => {
    for (const { cost, eat } of pay({ feeding: 0.5 })) expect(Math.abs(cost - 0.5 * eat)).toBeLessThan(rounding);
  });

  it('storage and the price of a body grow with size, appetite with its power 3/4', () => {
    const simulation = makeWorld(payers({ body: 3 }, { appetite: 0.25 }), 'budget');
    const [population] = simulation.populations;
    const size = column(population, 'body.size');
    const [storage, body, appetite] = ['storage', 'body', 'appetite'].map((name) => column(population, name));
    for (const [row, s] of size.entries()) {
      expect(storage[row] / (100 * s)).toBeCloseTo(1, 6);
      expect(body[row] / (3 * s)).toBeCloseTo(1, 6);
      expect(appetite[row] / (0.25 * s ** 0.75)).toBeCloseTo(1, 6);
    }
    simulation.dispose();
  });
});

describe('the diet', () => {
  it.each([0.25, 0.4, 0.5, 0.6, 0.75])(
    'trade-off %d: specialists gain all, generalists lose that share of either food',
    (tradeOff) => {
      const simulation = makeWorld(payers({}, { tradeOff, grass: 0.8, fruit: 0.9, carrion: 0.3 }), 'diet');
      const [population] = simulation.populations;
      const diet = column(population, 'diet.fruit');
      const efficiency = column(population, 'efficiency');
      // The parabola through e(0) = 1, e(1/2) = 1 - tradeOff and e(1) = 0, as Lagrange writes it.
      const curve = (d: number) => 2 * (d - 0.5) * (d - 1) + (1 - tradeOff) * 4 * d * (1 - d);
      for (const [row, d] of diet.entries()) {
        expect(efficiency[4 * row]).toBeCloseTo(0.8 * curve(d), 6);
        expect(efficiency[4 * row + 1]).toBeCloseTo(0.9 * curve(1 - d), 6);
        expect(efficiency[4 * row + 2]).toBeCloseTo(0.3, 6);
        expect(efficiency[4 * row + 3]).toBe(0);
        // What a gut gains in all is never more than a specialist's on either.
        expect(curve(d)).toBeGreaterThanOrEqual(-1e-12);
        expect(curve(d)).toBeLessThanOrEqual(1);
        // Convex or concave: against the mix of two specialists, a generalist does worse above 1/2 and better below.
        if (d > 0.05 && d < 0.95)
          expect(Math.sign(curve(d) - (1 - d))).toBe(tradeOff > 0.5 ? -1 : tradeOff < 0.5 ? 1 : Math.sign(curve(d) - (1 - d)));
      }
      expect(Math.max(...diet) - Math.min(...diet)).toBeGreaterThan(0.8);
      simulation.dispose();
    },
  );
});
