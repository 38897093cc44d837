import { expect, it } from 'vitest';
import archipelago from '../../../scenes/archipelago.json';
import mutations from '../../../scenes/mutations-in-flight.json';
import { filmScene } from '../../../src/worker/film-scene.ts';
import { smallScene } from '../scene/small-scene.ts';

const film = (json: object) => filmScene(JSON.stringify(json), '7', 3, 2);

it.each([
  ['a plane', smallScene({ populations: { foragers: { founders: 40 } } }), 'ground'],
  ['patches', archipelago, 'ground'],
  ['a landscape', mutations, 'heights'],
] as const)('films %s: pictures that differ, with what is under them', (_, json, under) => {
  const { pictures, world } = film(json);
  expect(pictures).toHaveLength(3);
  expect(world.width).toBeGreaterThan(0);
  for (const picture of pictures) {
    expect(Object.keys(picture).sort()).toEqual(['frame', under].sort());
    expect(picture.frame.count).toBeGreaterThan(0);
  }
  const [first, , last] = pictures.map(({ frame }) => Array.from(new Float32Array(frame.buffer).slice(0, 200)).join());
  expect(last).not.toBe(first);
});
