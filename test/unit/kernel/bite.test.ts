import { describe, expect, it } from 'vitest';
import { Columns, expectSameBits, expectSameNumbers, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('bite');
const quantum = 2 ** -14;

/** Biters and one population of targets, crowded enough that several bite the same. */
function setUp(columns: Columns, biters: number, targets: number) {
  const f = (n: number, make: () => number) => columns.f32(random.list(n, make));
  return {
    biters,
    x: f(biters, () => random.between(0, 64)),
    y: f(biters, () => random.between(0, 64)),
    biting: f(biters, () => (random.chance(0.8) ? 1 : 0)),
    size: f(biters, () => random.between(0.4, 2.5)),
    storage: f(biters, () => random.between(2, 12)),
    energy: f(biters, () => random.between(0.1, 6)),
    intake: f(biters, () => random.between(0, 0.2)),
    targets: columns.i32(
      random.list(4 * biters, () => (random.chance(0.1) ? -1 : random.whole(0, targets - 1))),
      4,
    ),
    torn: f(biters, () => 9),
    victim: columns.i32(new Int32Array(biters)),
    tx: f(targets, () => random.between(0, 64)),
    ty: f(targets, () => random.between(0, 64)),
    targetSize: f(targets, () => random.between(0.4, 2.5)),
    targetEnergy: f(targets, () => random.between(-0.5, 3)),
    damage: f(targets, () => 0),
  };
}

type Fight = ReturnType<typeof setUp>;

const around = (d: number, size: number, torus: boolean) =>
  !torus ? d : d > size / 2 ? fround(d - size) : d < -size / 2 ? fround(d + size) : d;

function bite(columns: Columns, f: Fight, torus: boolean, reach: number, strength: number): void {
  columns.run.bite(
    f.biters,
    f.x.at,
    f.y.at,
    f.biting.at,
    f.size.at,
    f.targets.at,
    f.tx.at,
    f.ty.at,
    f.targetSize.at,
    f.damage.at,
    torus ? 1 : 0,
    64,
    64,
    reach,
    strength,
    f.torn.at,
    f.victim.at,
  );
}

describe('biting', () => {
  it.each([true, false])('three passes by their definition, torus %s', (torus) => {
    const columns = new Columns();
    const [biters, targets] = [160, 25];
    const f = setUp(columns, biters, targets);
    const [reach, strength, gain] = [20, 1.7, 0.6].map(fround);
    bite(columns, f, torus, reach, strength);
    const expectedDamage = new Float32Array(targets);
    const torn = random.list(biters, (i) => {
      const j = f.targets.values[4 * i];
      // The column of biting says 2 by now for those who bit.
      if (f.biting.values[i] === 0 || j < 0) return 0;
      const dx = around(fround(f.tx.values[j] - f.x.values[i]), 64, torus);
      const dy = around(fround(f.ty.values[j] - f.y.values[i]), 64, torus);
      if (fround(fround(dx * dx) + fround(dy * dy)) > fround(reach * reach)) return 0;
      const raw = fround(fround(strength * f.size.values[i]) / f.targetSize.values[j]);
      const whole = Math.floor(raw / quantum) * quantum;
      expectedDamage[j] = fround(expectedDamage[j] + whole);
      return whole;
    });
    expectSameBits(f.torn.values, torn, 'torn');
    expectSameBits(f.damage.values, expectedDamage, 'damage');
    expect(torn.filter((value) => value > 0).length).toBeGreaterThan(20);
    expectSameNumbers(
      f.victim.values.filter((_, i) => torn[i] > 0),
      torn.flatMap((value, i) => (value > 0 ? [f.targets.values[4 * i]] : [])),
      'victims',
    );

    columns.run.takeBites(biters, f.torn.at, f.victim.at, f.targetEnergy.at, f.damage.at, gain, f.storage.at, f.energy.at);
    const gained = torn.map((value, i) => {
      if (value === 0) return 0;
      const j = f.targets.values[4 * i];
      const part = Math.min(1, fround(Math.max(0, f.targetEnergy.values[j]) / f.damage.values[j]));
      const room = Math.max(0, fround(f.storage.values[i] - f.energy.values[i]));
      return Math.min(fround(fround(value * part) * gain), room);
    });
    expectSameBits(f.torn.values, gained, 'gained');

    const [energy, intake] = [f.energy, f.intake].map(({ values }) => Float32Array.from(values));
    columns.run.digest(biters, f.torn.at, f.energy.at, f.intake.at);
    expectSameBits(
      f.energy.values,
      energy.map((value, i) => fround(value + gained[i])),
      'energy',
    );
    expectSameBits(
      f.intake.values,
      intake.map((value, i) => fround(value + gained[i])),
      'intake',
    );

    // Together the biters of one gain no more than it had.
    for (let j = 0; j < targets; j++) {
      const all = gained.reduce((sum, value, i) => sum + (torn[i] > 0 && f.targets.values[4 * i] === j ? value : 0), 0);
      expect(all).toBeLessThanOrEqual(Math.max(0, f.targetEnergy.values[j]) * gain * (1 + biters * 2 ** -23));
    }
    columns.check();
  });

  it('who has bitten one population bites no other in the same tick', () => {
    const columns = new Columns();
    const f = setUp(columns, 40, 10);
    bite(columns, f, true, 100, 1);
    const first = Float32Array.from(f.torn.values);
    f.damage.values.fill(0);
    bite(columns, f, true, 100, 1);
    expect(first.some((value) => value > 0)).toBe(true);
    expectSameBits(f.torn.values, new Float32Array(40), 'torn by the second bite');
    expectSameBits(f.damage.values, new Float32Array(10), 'damage of the second bite');
  });
});
