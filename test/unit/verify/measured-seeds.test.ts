import { describe, expect, it } from 'vitest';
import type { MadeWith } from '../../verify/made-with.ts';
import { measuredLine, readMeasured } from '../../verify/measured-seeds.ts';

const present: MadeWith = { engine: '12345678', scenes: { meadow: 'aaaaaaaa', juice: 'bbbbbbbb' } };
const verification = { name: 'one', scenes: ['meadow'], measure: (seed: number) => ({ seed }) };

describe('numbers of single seeds', () => {
  it('are read back, the last of each seed, with what is not a number', () => {
    const lines = [
      measuredLine(verification, 1, { a: 1, b: 2 }, present),
      measuredLine(verification, 2, { a: 0.1234567891234, b: Number.NaN }, present),
      measuredLine(verification, 1, { a: -0.5, b: 1e-12 }, present),
    ];
    const found = readMeasured(`${lines.join('\n')}\n`, verification, present);
    expect([...found]).toEqual([
      [1, { a: -0.5, b: 1e-12 }],
      [2, { a: 0.123456789, b: Number.NaN }],
    ]);
  });

  it('are left out where engine, a scene that is read, or the measuring is another', () => {
    const line = measuredLine(verification, 1, { a: 1 }, present);
    const size = (of: typeof verification, now: MadeWith) => readMeasured(line, of, now).size;
    expect(size(verification, present)).toBe(1);
    expect(size(verification, { ...present, engine: '00000000' })).toBe(0);
    expect(size(verification, { ...present, scenes: { ...present.scenes, meadow: 'cccccccc' } })).toBe(0);
    expect(size(verification, { ...present, scenes: { ...present.scenes, juice: 'cccccccc' } })).toBe(1);
    expect(size({ ...verification, measure: (seed: number) => ({ seed: seed + 1 }) }, present)).toBe(0);
    expect(readMeasured('', verification, present).size).toBe(0);
  });
});
