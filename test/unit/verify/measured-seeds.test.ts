import { describe, expect, it } from 'vitest';
import type { MadeWith } from '../../verify/made-with.ts';
import { measuredLines, readMeasured } from '../../verify/measured-seeds.ts';

const present: MadeWith = { engine: '12345678', scenes: { meadow: 'aaaaaaaa', juice: 'bbbbbbbb' } };
const verification = { name: 'one', scenes: ['meadow'], measure: (seed: number) => ({ seed }) };

describe('numbers of single seeds', () => {
  it('are read back, the last of each seed, with what is not a number', () => {
    let text = '';
    for (const [seed, numbers] of [
      [1, { a: 1, b: 2 }],
      [2, { a: 0.1234567891234, b: Number.NaN }],
      [1, { a: -0.5, b: 1e-12 }],
    ] as const) {
      text += measuredLines(verification, seed, numbers, present, text);
    }
    // The names once.
    expect(text.split('"a"').length).toBe(2);
    const found = readMeasured(text, verification, present);
    expect([...found]).toEqual([
      [1, { a: -0.5, b: 1e-12 }],
      [2, { a: 0.123456789, b: Number.NaN }],
    ]);
  });

  it('have names of their own where these have changed, and are refused without', () => {
    const first = measuredLines(verification, 1, { a: 1 }, present, '');
    const second = measuredLines(verification, 2, { a: 1, c: 3 }, present, first);
    expect([...readMeasured(first + second, verification, present)]).toEqual([
      [1, { a: 1 }],
      [2, { a: 1, c: 3 }],
    ]);
    const [, values] = second.split('\n');
    expect(() => readMeasured(first + values, verification, present)).toThrow('docs/measured/one.jsonl:3: not a line of numbers');
  });

  it('are the same whatever a bundler appends to the names of what measures', () => {
    const named = (text: string) => ({
      ...verification,
      measure: Object.assign((seed: number) => ({ seed }), { toString: () => text }),
    });
    const line = measuredLines(named('(seed) => look(ticks$10, seed)'), 1, { a: 1 }, present, '');
    expect(readMeasured(line, named('(seed) => look(ticks$11, seed)'), present).size).toBe(1);
    expect(readMeasured(line, named('(seed) => look(ticks, seed)'), present).size).toBe(1);
    expect(readMeasured(line, named('(seed) => look(tocks$11, seed)'), present).size).toBe(0);
  });

  it('are left out where engine, a scene that is read, or the measuring is another', () => {
    const line = measuredLines(verification, 1, { a: 1 }, present, '');
    const size = (of: typeof verification, now: MadeWith) => readMeasured(line, of, now).size;
    expect(size(verification, present)).toBe(1);
    expect(size(verification, { ...present, engine: '00000000' })).toBe(0);
    expect(size(verification, { ...present, scenes: { ...present.scenes, meadow: 'cccccccc' } })).toBe(0);
    expect(size(verification, { ...present, scenes: { ...present.scenes, juice: 'cccccccc' } })).toBe(1);
    expect(size({ ...verification, measure: (seed: number) => ({ seed: seed + 1 }) }, present)).toBe(0);
    expect(readMeasured('', verification, present).size).toBe(0);
  });
});
