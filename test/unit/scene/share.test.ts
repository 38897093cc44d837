import { describe, expect, it } from 'vitest';
import { SceneError } from '../../../src/scene/error.ts';
import { decodeShare, encodeShare, longestShare } from '../../../src/scene/share.ts';
import { smallScene } from './small-scene.ts';

const run = { scene: 'meadow', seed: '7', changes: [{ at: 5, path: 'habitat.grass.regrowth', value: 0.01 }], tick: 2000 };

describe('a shared run', () => {
  it('comes back as it was', () => {
    expect(decodeShare(encodeShare(run))).toEqual({ ...run, parsed: undefined });
    const whole = { ...run, scene: smallScene(), changes: [] };
    const back = decodeShare(encodeShare(whole));
    expect(back).toMatchObject(whole);
    expect(back.parsed?.name).toBe('small');
  });

  it('is short', () => {
    expect(encodeShare({ ...run, changes: [] })).toBe('{"v":1,"s":"meadow","r":"7","t":2000}');
  });

  it('comes back with its twin, whose place must be in the run', () => {
    const twin = { parting: 1200, shared: 1, changes: [{ at: 1200, path: 'habitat.grass.regrowth', value: 0.02 }] };
    expect(decodeShare(encodeShare({ ...run, twin }))).toEqual({ ...run, twin, parsed: undefined });
    for (const wrong of [
      { ...twin, parting: 2001 },
      { ...twin, shared: 2 },
    ]) {
      expect(() => decodeShare(encodeShare({ ...run, twin: wrong }))).toThrow(
        /^link: w: a twin parts at the last tick or before/,
      );
    }
    expect(() => decodeShare('{"v":1,"s":"meadow","r":"7","t":9,"w":[1,0]}')).toThrow(/^link: w/);
  });

  it('that no link can carry is refused', () => {
    const long = { ...run, changes: [{ at: 0, path: 'habitat.barriers', value: 'x'.repeat(longestShare) }] };
    expect(() => encodeShare(long)).toThrow(/save it as a file instead/);
  });

  it.each<[string, string]>([
    ['', 'link: is empty; copy the whole link'],
    ['{"v":1,"s":"mea', 'link: ends in the middle of the link; copy the whole link'],
    [
      '{"v":1,"s":"meadow","r":"7","t":0,"c":[[1,2,3]]}',
      'link: c[0][1]: 2 is not allowed here; give a text of 1 to 300 characters',
    ],
    [
      '{"v":1,"s":"meadow","r":"7","t":0,"c":[[true,"a",3]]}',
      'link: c[0][0]: true is not allowed here; give a whole number from 0',
    ],
    ['{"v":1,"s":"meadow","r":"7","t":0,"c":[7]}', 'link: c[0]: 7 is not allowed here; give a list of 3 values'],
    [
      '{"v":1,"s":"meadow","r":"7","t":0,"__proto__":{}}',
      "link: line 1, column 35: the key '__proto__' is not allowed; remove it",
    ],
    ['{"v":1,"s":{"version":1},"r":"7","t":0}', 'link: name: is missing'],
    ['{"v":1,"s":7,"r":"7","t":0}', 'link: 7 is not allowed'],
  ])('%s is refused', (text, message) => {
    expect(() => decodeShare(text)).toThrow(SceneError);
    expect(() => decodeShare(text)).toThrow(message);
  });
});
