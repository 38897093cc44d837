import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../src/scene/json-fault.ts';
import { describeJsonProblem, readJson } from '../../../src/scene/read-json.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('findJsonFault', () => {
  it('finds none in what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        // A key of prototypes is JSON and refused all the same.
        const text = JSON.stringify(value, undefined, indent).replaceAll('"__proto__"', '"proto"');
        expect(findJsonFault(text, 100)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('finds one exactly where JSON.parse refuses: texts with a character changed', () => {
    const base = '{"a": [1, -2.5e+3, "x\\u00e9\\n"], "b": {"c": null, "d": true}, "e": []}';
    const pieces = ['', ',', '"', '\\', '0', '.', '-', '{', '}', '[', ']', ':', ' ', '\n', 'e', 'u', 'true', '\u0001', '\u00a0'];
    for (let at = 0; at < base.length; at++) {
      for (const piece of pieces) {
        const text = base.slice(0, at) + piece + base.slice(at + 1);
        const fault = findJsonFault(text, 32);
        if (fault?.kind === 'twice') continue;
        expect(fault === undefined, text).toBe(isJson(text));
      }
    }
  });

  it.each([
    ['{"a": 1, "b": {"a": 2}}', undefined],
    ['{"ticks": 1,\n  "seed": "7",\n  "ticks": 2}', "line 3, column 3: the key 'ticks' is listed twice; remove one"],
    ['{"a": {"b": 1, "\\u0062": 2}}', "line 1, column 16: the key 'b' is listed twice; remove one"],
    ['[{"a": 1}, {"a": 1, "a": 1}]', "line 1, column 21: the key 'a' is listed twice; remove one"],
    ['{"__proto__": {}}', "line 1, column 2: the key '__proto__' is not allowed; remove it"],
    ['{"a": 1', 'ends in the middle of the scene; the file is cut off or a bracket or quote is missing'],
    ['{"a": "x', 'ends in the middle of the scene; the file is cut off or a bracket or quote is missing'],
    ['{"a": 1,}', 'is not JSON at line 1, column 9; check commas, quotes and brackets there'],
    ['{"a": 1} {', 'is not JSON at line 1, column 10; check commas, quotes and brackets there'],
    ['{a: 1}', 'is not JSON at line 1, column 2; check commas, quotes and brackets there'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'is nested more than 32 levels deep; give a flatter one'],
  ])('has the place of what is wrong: %s', (text, problem) => {
    expect(describeJsonProblem(text, 'scene')).toBe(problem);
  });

  it('passes over a byte order mark, and bears long texts', () => {
    expect(readJson('\uFEFF{"a": 1}', 'x')).toEqual({ a: 1 });
    expect(readJson(JSON.stringify({ text: 'x\\"'.repeat(150_000) }), 'x')).toMatchObject({ text: expect.any(String) });
    expect(describeJsonProblem('"'.padEnd(900_000, 'x'), 'scene')).toContain('ends in the middle');
  });
});
