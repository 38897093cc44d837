import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawnBodies, drawnGround } from '../../../src/app/world/drawn-things.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { describeWorld } from '../../../src/worker/describe-world.ts';
import { writeFrame } from '../../../src/worker/write-frame.ts';
import { writeGround } from '../../../src/worker/write-ground.ts';

const open = (name: string, change: (scene: { habitat: Record<string, unknown> }) => void = () => {}) => {
  const scene = JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
  change(scene);
  const world = createSimulation(parseScene(scene, name), '7');
  for (let tick = 0; tick < 5; tick++) world.step();
  const { floats, count } = writeFrame(world, 'lineage', new ArrayBuffer(0), { write() {} });
  const { buffer, season } = writeGround(world, new ArrayBuffer(0));
  const bodies = drawnBodies(describeWorld(world, [], '7', 1), floats, count).map(({ title }) => title);
  return {
    bodies,
    ground: drawnGround(new Uint8Array(buffer), describeWorld(world, [], '7', 1).edge).map(({ title }) => title),
    season,
  };
};

it('lists of bodies and ground what is in the world, and nothing else', () => {
  const race = open('arms-race');
  expect(race.bodies).toEqual(expect.arrayContaining(['Body size', 'Top speed', 'Reserve', 'Hunters', 'Age', 'Senses']));
  expect(race.bodies).not.toContain('Drivers');
  expect(race.ground).toEqual(['Grass', 'Carrion']);
  expect(race.season).toBe(1);
  const islands = open('islands');
  expect(islands.ground).toContain('Barriers');
  expect(islands.bodies).not.toContain('Hunters');
  expect(open('archipelago').ground).toContain('Water');
  expect(open('selfish-genes').bodies).toEqual(expect.arrayContaining(['Transposons', 'Drivers']));
});

it('tells fruit of the second kind from the first', () => {
  const fruit = (share: number) =>
    open('two-grasses', (scene) => {
      scene.habitat.kinds = { share };
    }).ground.filter((title) => title.startsWith('Fruit'));
  expect(fruit(0)).toEqual(['Fruit']);
  expect(fruit(0.5)).toEqual(['Fruit', 'Fruit of the second kind']);
  expect(fruit(1)).toEqual(['Fruit of the second kind']);
});

it('knows the season of the ground', () => {
  const { season } = open('meadow', (scene) => {
    scene.habitat.climate = { amplitude: 0.5, period: 20 };
  });
  expect(season).toBeCloseTo(1.5, 6);
});
