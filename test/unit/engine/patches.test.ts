import { describe, expect, it } from 'vitest';
import json from '../../../scenes/archipelago.json';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { layNetwork, linkAhead } from '../../../src/habitat/patches/network.ts';
import type { PatchesParameters } from '../../../src/habitat/patches/parameters.ts';
import type { EmbodiedPopulation } from '../../../src/population/embodied-population.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

const network = (graph: PatchesParameters['graph'], nodes: number, links: PatchesParameters['links'] = []) =>
  layNetwork({ graph, nodes, links } as PatchesParameters);
const degrees = ({ nodes, starts }: ReturnType<typeof layNetwork>) =>
  Array.from({ length: nodes }, (_, node) => starts[node + 1] - starts[node]);

describe('networks', () => {
  it.each([
    ['ring', 6, [2, 2, 2, 2, 2, 2]],
    ['ring', 2, [1, 1]],
    ['star', 5, [4, 1, 1, 1, 1]],
    ['complete', 4, [3, 3, 3, 3]],
    ['lattice', 9, new Array(9).fill(4)],
    ['lattice', 4, [2, 2, 2, 2]],
  ] as const)('%s of %i has the links that its name says, in both directions', (graph, nodes, expected) => {
    const made = network(graph, nodes);
    expect(degrees(made)).toEqual(expected);
    for (let node = 0; node < nodes; node++) {
      for (let k = made.starts[node]; k < made.starts[node + 1]; k++) {
        const back = made.to.subarray(made.starts[made.to[k]], made.starts[made.to[k] + 1]);
        expect(back).toContain(node);
        expect(made.directionX[k] ** 2 + made.directionY[k] ** 2).toBeCloseTo(1, 9);
      }
    }
  });

  it('that are given are taken as they are, and one looks along them', () => {
    const made = network('given', 3, [
      { from: 0, to: 1, rate: 0.5 },
      { from: 1, to: 0, rate: 0.9 },
    ]);
    expect(degrees(made)).toEqual([1, 1, 0]);
    expect([...made.rates]).toEqual([0.5, 0.5]);
    expect(linkAhead(made, 2, 1, 0)).toBe(-1);
    const ring = network('ring', 8);
    for (let k = 0; k < ring.to.length; k++) {
      const node = [...ring.starts].findLastIndex((start) => start <= k);
      expect(linkAhead(ring, node, ring.directionX[k], ring.directionY[k])).toBe(k);
    }
  });
});

const world = (changes: Record<string, unknown> = {}, seed = '7') =>
  createSimulation(parseScene({ ...json, habitat: { ...json.habitat, ...changes } }, 'archipelago'), seed);

describe('life on patches', () => {
  it('is the same again, through a snapshot and in a fork', () => {
    const simulation = world();
    simulation.step(300);
    const again = world();
    again.step(150);
    const opened = simulationFromSnapshot(again.snapshot());
    const fork = again.fork();
    opened.step(150);
    fork.step(150);
    expect([opened.hash(), fork.hash()]).toEqual([simulation.hash(), simulation.hash()]);
    for (const one of [simulation, again, opened, fork]) one.dispose();
  });

  it('travels along links only, and not at all where none leads anywhere', () => {
    const simulation = world();
    const still = world({ rate: 0 });
    const [[moving], [staying]] = [simulation, still].map(({ populations }) => populations as readonly EmbodiedPopulation[]);
    let travels = 0;
    for (let tick = 0; tick < 60; tick++) {
      const place = ({ table, count }: EmbodiedPopulation) =>
        new Map(Array.from(table.f64('id').subarray(0, count), (id, row) => [id, table.f32(floatsNamed('patch'))[row]]));
      const [before, here] = [place(moving), place(staying)];
      simulation.step();
      still.step();
      for (const [id, patch] of place(moving)) {
        const from = before.get(id);
        if (from === undefined || from === patch) continue;
        travels++;
        expect([1, 15]).toContain((patch - from + 16) % 16);
      }
      for (const [id, patch] of place(staying)) expect(here.get(id) ?? patch).toBe(patch);
    }
    expect(travels).toBeGreaterThan(100);
    simulation.dispose();
    still.dispose();
  });

  it('eats no more than there is, and what is eaten is gone', () => {
    const simulation = world({ grass: { capacity: 60, regrowth: 0, share: 1 }, fruit: { capacity: 0 } });
    const [population] = simulation.populations as readonly EmbodiedPopulation[];
    const food = () => (simulation.habitat.blocks()[0] as { bytes: Uint8Array }).bytes;
    const total = () => new Float32Array(food().slice().buffer).reduce((sum, one) => sum + one, 0);
    let before = total();
    expect(before).toBeCloseTo(16 * 60, 3);
    let taken = 0;
    for (let tick = 0; tick < 30; tick++) {
      simulation.step();
      const { table, count } = population;
      const now = total();
      const eaten = table
        .f32('intake')
        .subarray(0, count)
        .reduce((sum, one) => sum + one, 0);
      // What the dead of the tick have eaten is not among the living: no more than that is missing.
      expect(before - now).toBeGreaterThanOrEqual(0);
      expect(eaten).toBeLessThan(1.001 * (before - now) + 1e-3);
      before = now;
      taken += eaten;
    }
    expect(taken).toBeGreaterThan(300);
    simulation.dispose();
  });

  it('has a probe of patches, and every mechanism that works here can be switched on', () => {
    const simulation = world();
    const probe = probesOf(simulation).find(({ id }) => id === 'patches');
    const sampler = probe?.start(simulation);
    simulation.step(50);
    sampler?.afterTick?.(simulation);
    const [occupied, , , crowding, food, fst] = sampler?.sample(simulation) ?? [];
    expect(occupied).toBe(16);
    expect(crowding).toBeGreaterThan(10);
    expect(food).toBeGreaterThanOrEqual(0);
    expect(food).toBeLessThan(1);
    expect(Math.abs(fst)).toBeLessThan(1);
    expect(() => simulation.set('populations.islanders.mechanisms.migration.on', true)).toThrow(/migration/);
    for (const id of ['transfer', 'culture', 'sexual-reproduction', 'recombination', 'epigenetic-marks', 'mate-distance']) {
      simulation.set(`populations.islanders.mechanisms.${id}.on`, true);
    }
    simulation.step(50);
    simulation.assertFinite();
    simulation.dispose();
  });
});

describe('what a scene on patches may not ask for', () => {
  const refuse =
    (habitat: object, population: object = {}) =>
    () =>
      parseScene(
        {
          ...json,
          habitat: { ...json.habitat, ...habitat },
          populations: { islanders: { ...json.populations.islanders, ...population } },
        },
        'archipelago',
      );

  it.each([
    [{ graph: 'lattice', nodes: 10 }, {}, 'habitat.nodes: a lattice of 10 patches is not square; give 9, for example'],
    [{ graph: 'given' }, {}, 'habitat.links: the network has no links; list some, or choose another graph'],
    [{ links: [{ from: 0, to: 1 }] }, {}, `habitat.links: a ring has its own links; use the graph 'given' or remove them`],
    [{ graph: 'given', links: [{ from: 0, to: 99 }] }, {}, 'habitat.links[0]: there is no patch 99; patches are 0 to 15'],
    [{ graph: 'given', links: [{ from: 3, to: 3 }] }, {}, 'habitat.links[0]: it leads from patch 3 to itself; remove it'],
    [{}, { senses: ['foood'] }, `populations.islanders.senses[0]: unknown sense 'foood'; did you mean 'food'? known: food,`],
    [{}, { senses: ['food', 'food'] }, `populations.islanders.senses[1]: sense 'food' is listed twice; remove one`],
    [{}, { bite: { targets: [] } }, `populations.islanders: unknown key 'bite'`],
    [{ generations: 'separate', nodes: 1024, size: 1000 }, {}, '1024 patches of 1000 are more than the capacity'],
    [{ generations: 'separate' }, { mechanisms: { digestion: { on: true } } }, 'mechanisms.digestion.on: no meal would arrive'],
  ])('%j %j', (habitat, population, text) => {
    expect(refuse(habitat, population)).toThrow(text);
  });
});
