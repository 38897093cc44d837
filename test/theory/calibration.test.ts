import { describe, expect, it } from 'vitest';
import { calibrations } from './calibration/registry.ts';
import { cover, judge } from './calibration/row.ts';
import { starved } from './calibration/twins.ts';

// The decisive part: `npm run verify -- calibration` makes ten times as many trials and more.
describe('95 % hold', () => {
  for (const row of calibrations) {
    it(row.name, () => {
      const { rate, error, holds } = judge(row, cover(row, 0, row.trials.few), 4);
      expect(holds, `${(100 * rate).toFixed(1)} % (standard error ${(100 * error).toFixed(1)})`).toBe(true);
    });
  }

  it('not of a switch that does much', () => {
    const found = cover(starved, 0, starved.trials.few);
    expect(found.held).toBe(0);
    expect(judge(starved, found, 4).holds).toBe(false);
  });
});
