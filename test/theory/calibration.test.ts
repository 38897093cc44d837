import { describe, expect, it } from 'vitest';
import { calibrations } from './calibration/registry.ts';
import { cover, judge } from './calibration/row.ts';

// The decisive part: `npm run verify -- calibration` makes ten times as many trials and more.
describe('95 % hold', () => {
  for (const row of calibrations) {
    it(row.name, () => {
      const { rate, error, holds } = judge(row, cover(row, 0, row.trials.few), 4);
      expect(holds, `${(100 * rate).toFixed(1)} % (standard error ${(100 * error).toFixed(1)})`).toBe(true);
    });
  }
});
