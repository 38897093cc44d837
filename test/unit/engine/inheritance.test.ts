import { describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { recombinationRates } from '../../../src/genome/genetic-map.ts';
import type { Population } from '../../../src/population/population.ts';
import { traits } from '../../../src/population/traits.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { ids, makeWorld, smallWorld } from './worlds.ts';

const rich = { width: 128, height: 128, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } };

function sexualWorld(ploidy: number, mechanisms: Record<string, unknown> = {}, foragers: Record<string, unknown> = {}) {
  return smallWorld({
    habitat: rich,
    foragers: {
      founders: 300,
      genome: { ploidy },
      mechanisms: { 'sexual-reproduction': { on: true, reach: 12 }, mutation: { on: false }, ...mechanisms },
      ...foragers,
    },
  });
}

/** Whole genomes and traits of the living by id. */
function living(population: Population) {
  const found = new Map<number, { genome: Float32Array; traits: number[]; x: number; y: number; age: number }>();
  for (const [row, id] of ids(population).entries()) {
    found.set(id, {
      genome: population.genomeOf(row),
      traits: traits.map((trait) => population.table.f32(floatsNamed(trait.id))[row]),
      x: population.table.f32('x')[row],
      y: population.table.f32('y')[row],
      age: population.table.i32('birthTick')[row],
    });
  }
  return found;
}

/** Runs a world and looks at every birth beside everybody as they were before and after the tick. */
function watchBirths(
  simulation: PlaneSimulation,
  ticks: number,
  look: (k: number, before: ReturnType<typeof living>, after: ReturnType<typeof living>) => void,
): number {
  const [population] = simulation.populations;
  let seen = 0;
  let before = living(population);
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    const after = living(population);
    const births = simulation.births(population);
    for (let k = 0; k < births.count; k++) {
      // A newborn never dies in the tick of its birth; its parents may have.
      seen++;
      look(k, before, after);
    }
    before = after;
  }
  return seen;
}

const same = (a: Float32Array, b: Float32Array) => a.every((value, i) => value === b[i]);
const bit = (masks: Uint32Array, at: number, slot: number) => (masks[at + (slot >> 5)] >>> (slot & 31)) & 1;

describe.each([1, 2])('two parents, ploidy %i', (ploidy) => {
  it.each([
    [false, 0],
    [true, 0],
    [true, 4],
  ])('recombination %s, %i conversions: every locus is the source’s that the mask names', (recombining, conversions) => {
    const recombination = { on: recombining, chromosomes: 3, length: 1.5, conversions };
    const simulation = makeWorld(sexualWorld(ploidy, { recombination }));
    const [population] = simulation.populations;
    simulation.traceInheritance();
    const { stride, loci } = population.layout;
    const shares: number[] = [];
    let sources = 0;
    const seen = watchBirths(simulation, 80, (k, before, after) => {
      const births = simulation.births(population);
      const trace = births.trace;
      if (!trace) throw new Error('not traced');
      const child = after.get(births.id[k]);
      const parents = [births.parent[k], births.mate[k]].map((id) => before.get(id));
      if (!child || !parents[0] || !parents[1]) throw new Error('a parent did not live');
      expect(births.parent[k]).not.toBe(births.mate[k]);
      expect(trace.changeStarts[k + 1] - trace.changeStarts[k]).toBe(0);
      let fromFirst = 0;
      for (let g = 0; g < ploidy; g++) {
        let switches = 0;
        let last = -1;
        for (const { slot } of loci) {
          const source = bit(trace.masks, (k * ploidy + g) * trace.maskWords, slot);
          const parent = parents[ploidy === 1 ? source : g];
          const value = parent?.genome[(ploidy === 1 ? 0 : source) * stride + slot];
          if (child.genome[g * stride + slot] !== value) throw new Error(`slot ${slot} of gamete ${g} is not its source’s`);
          if (last >= 0 && source !== last) switches++;
          last = source;
          sources += source;
          if (ploidy === 1 && source === 0) fromFirst++;
        }
        if (!recombining) expect(switches).toBe(0);
      }
      expect(births.share[k]).toBeCloseTo(ploidy === 2 ? 0.5 : fromFirst / loci.length, 12);
      shares.push(births.share[k]);
      // What mechanisms changed adds up to the newborn's trait minus its parents' mean.
      const width = trace.mechanisms.length * traits.length;
      for (const [t] of traits.entries()) {
        let change = 0;
        for (let m = 0; m < trace.mechanisms.length; m++) change += trace.traitChange[k * width + m * traits.length + t];
        const mean = births.share[k] * parents[0].traits[t] + (1 - births.share[k]) * parents[1].traits[t];
        expect(change).toBeCloseTo(child.traits[t] - mean, 9);
      }
    });
    expect(seen).toBeGreaterThan(150);
    // Either source is as likely: the share of ones has a standard error of at most 1/(2 sqrt(gametes)).
    const gametes = seen * ploidy;
    expect(Math.abs(sources / (gametes * loci.length) - 0.5)).toBeLessThan(4 * (0.5 / Math.sqrt(gametes)));
    if (ploidy === 1 && !recombining) expect(new Set(shares)).toEqual(new Set([0, 1]));
    simulation.dispose();
  });

  it('snapshots go on in lockstep, also with everything on', () => {
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
    // Two types: the graph of those who mated has no odd cycle, so it can be coloured with two colours.
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

  it('with nobody alike there are no births, and nobody dies of it', () => {
    const simulation = makeWorld(sexualWorld(1, { 'mate-distance': { on: true, distance: 0 } }));
    let births = 0;
    for (let tick = 0; tick < 40; tick++) {
      simulation.step();
      births += simulation.births(simulation.populations[0]).count;
    }
    expect(births).toBe(0);
    simulation.dispose();
  });
});

describe('the genetic map', () => {
  const simulation = makeWorld(smallWorld());
  const { layout } = simulation.populations[0];
  simulation.dispose();
  const rates = (map: Parameters<typeof recombinationRates>[1]) => {
    const all = recombinationRates(layout, map);
    return layout.loci.map(({ slot }) => all[slot]);
  };

  it('has a rate of 1/2 where a chromosome begins, Haldane’s within, and none on padding', () => {
    const found = rates({ chromosomes: 3, length: 2, segments: [] });
    const n = found.length;
    const opens = found.flatMap((rate, i) => (rate === 0.5 ? [i] : []));
    expect(opens).toHaveLength(2);
    expect(found[0]).toBe(0);
    // Map lengths of the intervals of a chromosome sum to its length: r = (1 - exp(-2 d)) / 2.
    const distances = found.slice(1, opens[0]).map((rate) => -Math.log(1 - 2 * rate) / 2);
    expect(distances.reduce((sum, d) => sum + d, 0)).toBeCloseTo(2, 4);
    expect(
      Math.max(opens[0], opens[1] - opens[0], n - opens[1]) - Math.min(opens[0], opens[1] - opens[0], n - opens[1]),
    ).toBeLessThan(2);
    const all = recombinationRates(layout, { chromosomes: 3, length: 2, segments: [] });
    expect(all.filter((rate) => rate === -1)).toHaveLength(layout.stride - n);
  });

  it('gives a segment what the scene says of it', () => {
    const found = rates({ chromosomes: 1, length: 0, segments: [{ segment: 'marker.2', apart: 0.25 }] });
    const at = layout.loci.findIndex(({ name }) => name === 'marker.2');
    expect(found.map((rate, i) => (rate > 0 ? i : -1)).filter((i) => i >= 0)).toEqual([at]);
    expect(found[at]).toBe(0.25);
  });
});

describe('horizontal transfer', () => {
  it.each([1, 2])('ploidy %i: the recipient has the donor’s stretch, and its traits and ledger follow', (ploidy) => {
    const simulation = makeWorld(
      smallWorld({
        habitat: rich,
        foragers: {
          founders: 200,
          genome: { ploidy },
          mechanisms: { mutation: { on: false }, transfer: { on: true, rate: 0.05, loci: 20, reach: 10 } },
        },
      }),
    );
    const [population] = simulation.populations;
    const { stride } = population.layout;
    let seen = 0;
    let before = living(population);
    for (let tick = 0; tick < 30; tick++) {
      simulation.step();
      const after = living(population);
      const events = simulation.transfers(population);
      const recipients = new Set<number>();
      for (let k = 0; k < events.count; k++) {
        const [recipient, donor] = [events.recipient[k], events.donor[k]];
        expect(recipients.has(recipient)).toBe(false);
        recipients.add(recipient);
        const giver = before.get(donor);
        const was = before.get(recipient);
        const is = after.get(recipient);
        if (!giver || !was) throw new Error('somebody did not live');
        if (!is) continue; // Died in this tick.
        seen++;
        const expected = Float32Array.from(was.genome);
        for (let slot = events.start[k]; slot < events.end[k]; slot++) {
          expected[events.recipientHaplotype[k] * stride + slot] = giver.genome[events.donorHaplotype[k] * stride + slot];
        }
        expect(same(is.genome, expected)).toBe(true);
        for (const [t] of traits.entries()) {
          expect(events.traitChange[k * traits.length + t]).toBeCloseTo(is.traits[t] - was.traits[t], 9);
        }
      }
      for (const [id, { genome }] of after) {
        const was = before.get(id);
        if (was && !recipients.has(id) && !same(genome, was.genome)) throw new Error(`genome of ${id} changed`);
      }
      before = after;
    }
    expect(seen).toBeGreaterThan(50);
    simulation.dispose();
  });
});
