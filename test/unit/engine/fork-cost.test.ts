import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { planeHabitat } from '../../../src/habitat/plane/plane-habitat.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { makeWorld, smallWorld } from './worlds.ts';

afterEach(() => vi.restoreAllMocks());

const holdsScene = (value: unknown) => (JSON.stringify(value) ?? '').includes('"populations":');

it('a fork never reads its scene, however often it is forked again; a snapshot from outside is read', () => {
  // Reading a scene ends with the check of its habitat.
  const check = vi.fn(planeHabitat.check);
  const parameters = () => planeHabitat.parameters().extend({ kind: z.literal('watched') });
  const habitat = { ...planeHabitat, kind: 'watched', check, parameters };
  const catalogue = standard.with({ name: 'watched', version: '1', habitats: [habitat as never] });
  const world = makeWorld(smallWorld({ habitat: { kind: 'watched' } }, catalogue));
  world.step(3);
  const fromJson = vi.spyOn(JSON, 'parse');
  const reads = () => {
    const counts = [check.mock.calls.length, fromJson.mock.results.filter(({ value }) => holdsScene(value)).length];
    check.mockClear();
    fromJson.mockClear();
    return counts;
  };
  expect(reads()[0]).toBeGreaterThan(0);
  const fork = world.fork({ seed: 'another' });
  const again = fork.fork();
  expect(reads()).toEqual([0, 0]);
  expect(again.scene).toBe(world.scene);
  for (const one of [fork, again]) one.step(2);
  expect(reads()).toEqual([0, 0]);
  const restored = catalogue.simulationFromSnapshot(world.snapshot());
  expect(Math.min(...reads())).toBeGreaterThan(0);
  for (const one of [world, fork, again, restored]) one.dispose();
});
