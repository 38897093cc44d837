import { describe, expect, it } from 'vitest';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { makeWorld } from '../engine/worlds.ts';
import { sexualWorld, watchBirths } from './watch-births.ts';

describe('mates', () => {
  it('are mature, within reach, of the other type where there are two, and alike enough', () => {
    const world = sexualWorld(1, {
      'sexual-reproduction': { on: true, reach: 9, matingTypes: 2 },
      'mate-distance': { on: true, measure: 'markers', distance: 0.9 },
    });
    const simulation = makeWorld(world);
    const [population] = simulation.populations;
    const slots = ['marker.1', 'marker.2', 'marker.3'].map(
      (name) => population.layout.loci.find((locus) => locus.name === name)?.slot as number,
    );
    const { maturity } = population.parameters.life;
    const partners = new Map<number, Set<number>>();
    const seen = watchBirths(simulation, 150, (k, before) => {
      const births = simulation.births(population);
      const [a, b] = [births.parent[k], births.mate[k]];
      const [one, two] = [before.get(a), before.get(b)];
      if (!one || !two) throw new Error('a parent did not live');
      expect(simulation.tick - 1 - one.age).toBeGreaterThanOrEqual(maturity);
      expect(simulation.tick - 1 - two.age).toBeGreaterThanOrEqual(maturity);
      const around = (d: number, size: number) => Math.min(Math.abs(d), size - Math.abs(d));
      expect(Math.hypot(around(one.x - two.x, 128), around(one.y - two.y, 128))).toBeLessThanOrEqual(9);
      const squares = slots.map((slot) => (one.genome[slot] - two.genome[slot]) ** 2);
      expect(Math.sqrt((squares[0] + squares[1] + squares[2]) / 3)).toBeLessThanOrEqual(0.9 + 1e-6);
      for (const [p, q] of [
        [a, b],
        [b, a],
      ]) {
        const known = partners.get(p) ?? new Set();
        partners.set(p, known.add(q));
      }
    });
    expect(seen).toBeGreaterThan(40);
    // Two types: the graph of mates has no odd cycle, so it can be coloured with two colours.
    const colour = new Map<number, number>();
    for (const start of partners.keys()) {
      if (colour.has(start)) continue;
      const open = [start];
      colour.set(start, 0);
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const other of partners.get(at) ?? []) {
          const own = colour.get(at) as number;
          if (colour.get(other) === own) throw new Error('two of one type mated');
          if (!colour.has(other)) open.push(other);
          colour.set(other, 1 - own);
        }
      }
    }
    simulation.dispose();
  });
});

describe.each([1, 2])('all mechanisms of inheritance together, ploidy %i', (ploidy) => {
  it('a world from a snapshot continues in lockstep', () => {
    const simulation = makeWorld(
      sexualWorld(ploidy, { recombination: { on: true }, mutation: { on: true }, transfer: { on: true, rate: 0.02 } }),
    );
    simulation.step(30);
    const twin = simulationFromSnapshot(simulation.snapshot());
    twin.traceInheritance();
    for (let tick = 0; tick < 40; tick++) {
      simulation.step();
      twin.step();
      expect(twin.hash()).toBe(simulation.hash());
    }
    simulation.dispose();
    twin.dispose();
  });
});
