import { describe, expect, it } from 'vitest';
import { holmCorrection } from '../../../src/math/holm.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { logGamma, studentQuantile, studentTail } from '../../../src/math/student.ts';

/** Tail by Simpson's rule over the angle u, t = sqrt(freedom) tan(u), where the density is a power of a cosine. */
function naiveTail(t: number, freedom: number): number {
  const integral = (from: number, to: number) => {
    const steps = 20_000;
    let sum = 0;
    for (let k = 0; k <= steps; k++) {
      const u = from + ((to - from) * k) / steps;
      sum += (k === 0 || k === steps ? 1 : k % 2 ? 4 : 2) * Math.max(0, Math.cos(u)) ** (freedom - 1);
    }
    return (sum * (to - from)) / steps / 3;
  };
  const from = Math.atan(t / Math.sqrt(freedom));
  return integral(from, Math.PI / 2) / integral(0, Math.PI / 2);
}

describe("Student's distribution", () => {
  it('is exact where it has a closed form', () => {
    for (const p of [0.6, 0.9, 0.975, 0.9995, 0.999999]) {
      expect(studentQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5)) - 1).toBeLessThan(1e-9);
      const a = 4 * p * (1 - p);
      expect(Math.abs(studentQuantile(p, 2) / (2 * (p - 0.5) * Math.sqrt(2 / a)) - 1)).toBeLessThan(1e-9);
      const c = Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a);
      expect(Math.abs(studentQuantile(p, 4) / (2 * Math.sqrt(c - 1)) - 1)).toBeLessThan(1e-9);
      expect(studentQuantile(1 - p, 4)).toBeCloseTo(-studentQuantile(p, 4), 6);
    }
    expect(studentQuantile(0.5, 3)).toBe(0);
  });

  it('has the quantiles of tables and the tails of its density, for any degrees of freedom', () => {
    const table = [
      [1, 12.7062047362],
      [3, 3.18244630528],
      [4, 2.7764451052],
      [9, 2.26215716285],
      [30, 2.0422724563],
      [1000, 1.96233908082],
      [1e6, 1.95996635682],
    ];
    for (const [freedom, value] of table) expect(Math.abs(studentQuantile(0.975, freedom) - value)).toBeLessThan(1e-8);
    for (const freedom of [1, 1.5, 2.5, 7, 33.3, 200]) {
      for (const t of [0.1, 1, 3]) {
        expect(Math.abs(studentTail(t, freedom) / naiveTail(t, freedom) - 1)).toBeLessThan(1e-6);
        expect(studentTail(-t, freedom)).toBe(studentTail(t, freedom));
      }
    }
    for (const freedom of [1, 2.2, 5, 19, 1e4]) {
      for (const p of [0.51, 0.8, 0.975, 0.9999]) {
        expect(Math.abs(1 - studentTail(studentQuantile(p, freedom), freedom) / 2 - p)).toBeLessThan(1e-9);
      }
    }
    expect([studentTail(0, 5), studentTail(Infinity, 5), studentTail(Number.NaN, 5)]).toEqual([1, 0, Number.NaN]);
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 11);
  });

  it('refuses what has no distribution', () => {
    expect(() => studentQuantile(1, 3)).toThrow('got 1');
    expect(() => studentTail(1, 0.5)).toThrow('got 0.5');
  });
});

describe("Holm's correction", () => {
  it('is that of its definition, and a test that could not be made counts', () => {
    expect([...holmCorrection([0.01, 0.04, 0.03, 0.005])].map((p) => Number(p.toFixed(12)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect([...holmCorrection([0.01, Number.NaN, 0.9])]).toEqual([0.03, Number.NaN, 1]);
    expect([...holmCorrection([])]).toEqual([]);
  });

  it('of forty true nulls gives a false one in 5 % of families, depend on each other as they may', () => {
    const stream = namedStream('holm', 'families');
    for (const shared of [0, 0.7]) {
      const families = 2000;
      let wrong = 0;
      for (let k = 0; k < families; k++) {
        const common = stream.normal();
        const ps = Array.from({ length: 40 }, () =>
          studentTail(Math.sqrt(1 - shared) * stream.normal() + Math.sqrt(shared) * common, 1e6),
        );
        if (holmCorrection(ps).some((p) => p < 0.05)) wrong++;
      }
      expect(wrong / families).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / families));
    }
  });
});
