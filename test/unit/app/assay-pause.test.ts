import { expect, test } from 'vitest';
import { assayPause } from '../../../src/app/instruments/climb/assay-pause.ts';

test('forks and pauses together take a third of a core', () => {
  for (const took of [1, 40, 900, 12_000]) expect(took / (took + assayPause(took))).toBeCloseTo(1 / 3, 12);
  expect(assayPause(0)).toBe(0);
});

test('the first gradient does not wait longer than it may', () => {
  // Enough time: nothing is shorter.
  expect(assayPause(2000, { forks: 4, milliseconds: 45_000 })).toBe(4000);
  // 4 forks of 6 s in 45 s: 11.25 s for each.
  expect(assayPause(6000, { forks: 4, milliseconds: 45_000 })).toBe(5250);
  expect(assayPause(20_000, { forks: 3, milliseconds: 25_000 })).toBe(0);
  expect(assayPause(100, { forks: 1, milliseconds: -1 })).toBe(0);
  // Followed fork by fork it comes in time whenever forks alone would.
  for (const took of [500, 3000, 9000, 14_000]) {
    let now = 0;
    for (let forks = 4; forks > 0; forks--) {
      now += took;
      if (forks > 1) now += assayPause(took, { forks: forks - 1, milliseconds: 60_000 - now });
    }
    expect(now).toBeLessThanOrEqual(60_000);
  }
});
