import { expect, it } from 'vitest';
import { chanceAt, followJuice, unrolled } from './juice.ts';

it('the exact solution inverts', () => {
  for (const p of [0.01, 0.1, 0.5, 0.9]) expect(chanceAt(unrolled(p))).toBeCloseTo(p, 9);
});

it('learning to drink follows the exact solution of expected REINFORCE, plateau included, from chances of 0.5, 0.1 and 0.01', () => {
  const rows = followJuice('juice', [1000, 4000, 8000, 12_000]);
  expect(rows).toHaveLength(12);
  for (const { measured, standardError, allowance } of rows) {
    expect(Math.abs(measured - 1)).toBeLessThan(4 * standardError + allowance);
  }
  const of = (population: string, tick: number) => rows.find((row) => row.population === population && row.tick === tick)?.chance;
  expect(of('half', 1000)).toBeGreaterThan(0.8);
  expect(of('tenth', 1000)).toBeLessThan(0.4);
  // Eight thousand ticks on, who tried every hundredth time does so little more often: the plateau of 1/p0.
  expect(of('hundredth', 8000)).toBeLessThan(0.06);
  expect(of('hundredth', 12_000)).toBeGreaterThan(0.7);
});
