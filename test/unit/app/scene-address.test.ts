import { expect, it } from 'vitest';
import { readSceneAddress } from '../../../src/app/session/scene-address.ts';
import { writeSceneAddress } from '../../../src/app/session/show-address.ts';

it('the address of a scene carries its seed, an instrument and changes', () => {
  expect(readSceneAddress('#scene=peacocks')).toEqual({ scene: 'peacocks', set: [] });
  expect(
    readSceneAddress('#scene=meadow&seed=a%20b&instrument=climb&set=habitat.grass.regrowth=0.02&set=a.b=some+words=x'),
  ).toEqual({
    scene: 'meadow',
    seed: 'a b',
    instrument: 'climb',
    set: [
      { path: 'habitat.grass.regrowth', value: 0.02 },
      { path: 'a.b', value: 'some words=x' },
    ],
  });
});

it('what is written is read', () => {
  for (const [scene, seed] of [
    ['meadow', '7'],
    ['islands', 'a&b=c #1'],
  ] as const) {
    const { scene: name, seed: read = '7' } = readSceneAddress(writeSceneAddress(scene, seed));
    expect([name, read]).toEqual([scene, seed]);
  }
  expect(writeSceneAddress('meadow', '7')).toBe('#scene=meadow');
});

it.each(['#scene=meadow&sed=3', '#scene=meadow&scene=islands', '#scene=meadow&set=3', '#scene=meadow&seed='])(
  'what is not understood is said in one line: %s',
  (fragment) => {
    expect(() => readSceneAddress(fragment)).toThrow(/^address: '.*' is not understood; after the scene give [^\n]*$/);
  },
);
