import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../src/record/pack.ts';
import type { SpeciesRecord } from '../../../src/record/species/species-record.ts';
import { type Cloud, CloudWorld, told } from './clouds.ts';

// Within a cloud two genomes are 0.1 sqrt(2) = 0.14 apart, give or take 0.013; a shift of 4 in one of 60 loci adds 0.52.
const parameters = { sample: 100, distance: 0.25, smallest: 10, patience: 3 };
const all = { ...parameters, sample: 1000 };
const here = [0];
const there = [4];
const far = [0, 4];

const a: Cloud = { name: 'a', n: 60, at: here };
const b: Cloud = { name: 'b', n: 40, at: there };

function play(world: CloudWorld, ...generations: readonly (readonly Cloud[])[]): SpeciesRecord {
  const [first, ...rest] = generations;
  const record = world.generation(...first).record();
  record.look(world.simulation, world);
  for (const clouds of rest) {
    world.generation(...clouds);
    record.look(world.simulation, world);
  }
  return record;
}
const bFromA = { ...b, from: 'a' };

describe('a species', () => {
  it('is one a population at the start, with the middle organism for its picture', () => {
    const world = new CloudWorld(all);
    const record = play(world, [a]);
    expect(record.rootOf(0)).toBe(0);
    expect(told(record)).toEqual(['0: origin 0']);
    const [{ representative, genome, ...rest }] = record.entries;
    expect(rest).toEqual({
      id: 0,
      population: 0,
      parent: -1,
      originTick: 0,
      endTick: null,
      fate: 'living',
      mergedInto: -1,
      count: 60,
      peak: 60,
    });
    const genomes = world.bodies.map((body) => body.genome);
    const mean = genomes[0].map((_, k) => genomes.reduce((sum, one) => sum + one[k], 0) / genomes.length);
    const distances = genomes.map((one) => one.reduce((sum, value, k) => sum + (value - mean[k]) ** 2, 0));
    expect(world.rowOf(representative)).toBe(distances.indexOf(Math.min(...distances)));
    expect(genome).toEqual(genomes[world.rowOf(representative)]);
  });

  it('splits when another cloud has been seen at so many looks in a row, and not before', () => {
    const world = new CloudWorld(all);
    const record = play(world, [a], [a, bFromA], [a, b]);
    expect(told(record)).toEqual(['0: origin 0']);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '0 x 40' });
    world.generation(a, b);
    record.look(world.simulation, world);
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0']);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '1 x 40' });
    expect(record.entries[1]).toMatchObject({ parent: 0, originTick: 300, count: 40, peak: 40, fate: 'living' });
    expect(world.bodies[world.rowOf(record.entries[1].representative)].species).toBe(1);
    expect(record.looks.at(-1)).toMatchObject({ tick: 300, population: 0, species: [0, 1], counts: [60, 40] });
    // Newborns are of their parent's species before anybody looks.
    world.generation(a, { ...b, n: 70 });
    expect(world.labels()).toEqual({ a: '0 x 60', b: '1 x 70' });
  });

  it('a gap in between begins the count anew', () => {
    const world = new CloudWorld(all);
    const together = [a, { ...b, at: here }];
    const record = play(world, [a], [a, bFromA], [a, b], together, [a, b], [a, b], together, [a, b], [a, b]);
    expect(told(record)).toEqual(['0: origin 0']);
    world.generation(a, b);
    record.look(world.simulation, world);
    expect(told(record)).toEqual(['0: origin 0', '900: split 1 0']);
  });

  it('splits also where the larger half changes from look to look', () => {
    const world = new CloudWorld(all);
    const halves = (n: number, m: number) => [
      { ...a, n },
      { ...b, n: m },
    ];
    const record = play(
      world,
      [a],
      [
        { ...a, n: 51 },
        { ...bFromA, n: 49 },
      ],
      halves(49, 51),
      halves(52, 48),
      halves(48, 52),
    );
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0']);
    expect(world.labels()).toEqual({ a: '0 x 48', b: '1 x 52' });
  });

  it('a group that is too small stays with its species, whatever its distance', () => {
    const world = new CloudWorld(all);
    const few = { ...b, n: 9 };
    const record = play(world, [a], [a, { ...few, from: 'a' }], [a, few], [a, few], [a, few], [a, few]);
    expect(told(record)).toEqual(['0: origin 0']);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '0 x 9' });
  });

  it('one organism of a sample is no group, however many it stands for', () => {
    const world = new CloudWorld({ sample: 20, distance: 0.25, smallest: 1, patience: 1 });
    const lone = { ...b, n: 1 };
    const crowd = { ...a, n: 19 };
    const record = play(world, [crowd], [crowd, { ...lone, from: 'a' }], [crowd, lone]);
    expect(told(record)).toEqual(['0: origin 0']);
  });

  it('ends by merging into the larger when a component holds the bulk of both for long enough', () => {
    const world = new CloudWorld(all);
    const meets = { ...b, at: here };
    const record = play(world, [a], [a, bFromA], [a, b], [a, b], [a, meets], [a, meets], [a, b], [a, meets], [a, meets]);
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0']);
    world.generation({ ...a, n: 40 }, { ...meets, n: 60 });
    record.look(world.simulation, world);
    // Counts decide, not ids; of equal ones the lower id would stay.
    expect(told(record).at(-1)).toBe('900: merge 0 1');
    expect(record.entries[0]).toMatchObject({ fate: 'merged', mergedInto: 1, endTick: 900, count: 0, peak: 100 });
    expect(world.labels()).toEqual({ a: '1 x 40', b: '1 x 60' });
    expect(record.looks.at(-1)).toMatchObject({ species: [1], counts: [100] });
  });

  it('of equally large ones the earlier stays', () => {
    const world = new CloudWorld(all);
    const meets = { ...b, at: here, n: 60 };
    const record = play(world, [a], [a, bFromA], [a, b], [a, b], [a, meets], [a, meets], [a, meets]);
    expect(told(record).at(-1)).toBe('600: merge 1 0');
  });

  it('three that meet become one, the largest', () => {
    const world = new CloudWorld({ ...all, patience: 1 });
    const c: Cloud = { name: 'c', n: 50, at: far };
    const record = play(world, [a], [a, bFromA, { ...c, from: 'a' }]);
    expect(told(record)).toEqual(['0: origin 0', '100: split 1 0', '100: split 2 0']);
    world.generation({ ...a, n: 45 }, { ...b, at: here }, { ...c, at: here });
    record.look(world.simulation, world);
    expect(told(record).slice(3).sort()).toEqual(['200: merge 0 2', '200: merge 1 2']);
    expect(world.labels()).toEqual({ a: '2 x 45', b: '2 x 40', c: '2 x 50' });
  });

  it('candidates that grow together go on as one, with the looks of the larger', () => {
    const world = new CloudWorld(all);
    const c: Cloud = { name: 'c', n: 20, at: far };
    const record = play(world, [a], [a, bFromA], [a, b, { ...c, from: 'a' }], [a, b, { ...c, at: there }]);
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0']);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '1 x 40', c: '1 x 20' });
  });

  it('dies out when nobody of it lives', () => {
    const world = new CloudWorld(all);
    const record = play(world, [a], [a, bFromA], [a, b], [a, b], [b]);
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0', '400: extinction 0']);
    expect(record.entries[0]).toMatchObject({ fate: 'extinct', mergedInto: -1, endTick: 400, count: 0 });
    world.generation();
    record.look(world.simulation, world);
    expect(told(record).at(-1)).toBe('500: extinction 1');
    expect(record.looks.at(-1)).toMatchObject({ species: [], counts: [] });
  });

  it('can split twice at the same look, and species can split again', () => {
    const world = new CloudWorld(all);
    const c: Cloud = { name: 'c', n: 30, at: far };
    const record = play(
      world,
      [a],
      [a, bFromA, { ...c, from: 'a' }],
      [a, b, c],
      [a, b, c],
      [a, b, c, { name: 'd', n: 20, at: [8], from: 'b' }],
      [a, b, c, { name: 'd', n: 20, at: [8] }],
      [a, b, c, { name: 'd', n: 20, at: [8] }],
    );
    expect(told(record)).toEqual(['0: origin 0', '300: split 1 0', '300: split 2 0', '600: split 3 1']);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '1 x 40', c: '2 x 30', d: '3 x 20' });
  });

  it('loses few to another at once, and many only when they stay', () => {
    const world = new CloudWorld(all);
    const before = [[a], [a, bFromA], [a, b], [a, b]];
    // Nine of species 0 are found in the cloud of 1, then twenty.
    const few = { name: 'few', n: 9, at: there, from: 'a' };
    const record = play(world, ...before, [a, b, few]);
    expect(world.labels()).toEqual({ a: '0 x 60', b: '1 x 40', few: '1 x 9' });
    const many = { name: 'many', n: 20, at: there };
    const stay: string[] = [];
    for (const from of ['a', 'many', 'many']) {
      world.generation(a, b, { ...many, from });
      record.look(world.simulation, world);
      stay.push(world.labels().many);
    }
    expect(stay).toEqual(['0 x 20', '0 x 20', '1 x 20']);
    expect(record.events).toHaveLength(2);
  });
});

describe('with a sample', () => {
  const crowd = { ...a, n: 350 };
  const other = { ...b, n: 150 };
  // They breed apart for some generations before they differ.
  const apart = [crowd, { ...other, at: here }];
  const story = [...Array.from({ length: 16 }, () => apart), [crowd, other], [crowd, other], [crowd, other], [crowd, other]];

  it('everybody else goes with the nearest kin', () => {
    for (const sample of [40, 80, 160, 320]) {
      const world = new CloudWorld({ ...parameters, sample });
      const record = play(world, ...story);
      expect(told(record), `sample of ${sample}`).toEqual(['0: origin 0', '1800: split 1 0']);
      expect(world.labels()).toEqual({ a: '0 x 350', b: '1 x 150' });
    }
  });

  it('the result does not depend on the order of rows', () => {
    const shuffled = (living: number[]) => [...living].sort((i, j) => ((i * 7919) % 1009) - ((j * 7919) % 1009));
    const [first, second] = [undefined, shuffled].map((order) => {
      const world = new CloudWorld(parameters, order);
      const record = play(world, ...story);
      return { state: record.state(), labels: world.bodies.map(({ species }) => species) };
    });
    expect(second).toEqual(first);
  });

  it('a saved record goes on as if it had not been saved', () => {
    const world = new CloudWorld(parameters);
    const record = play(world, ...story.slice(0, 18));
    const bytes = pack(record.state()).flatMap((chunk) => [...chunk]);
    const restored = world.record(unpack(Uint8Array.from(bytes)));
    expect(restored.state()).toEqual(record.state());
    for (const clouds of [
      [crowd, other],
      [crowd, { ...other, at: here }],
    ]) {
      world.generation(...clouds);
      const before = world.bodies.map(({ species }) => species);
      record.look(world.simulation, world);
      const after = world.bodies.map(({ species }) => species);
      for (const [row, species] of before.entries()) world.setSpecies(row, species);
      restored.look(world.simulation, world);
      expect(world.bodies.map(({ species }) => species)).toEqual(after);
      expect(restored.state()).toEqual(record.state());
    }
    expect(record.events).toHaveLength(2);
  });

  it('tells listeners of each look until they leave', () => {
    const world = new CloudWorld(parameters);
    const record = world.generation(a).record();
    const ticks: number[] = [];
    const leave = record.onLook(({ tick }) => ticks.push(tick));
    record.look(world.simulation, world);
    leave();
    record.look(world.simulation, world);
    expect(ticks).toEqual([0]);
  });
});

it('means and variances of traits are those of the members', () => {
  const world = new CloudWorld(all);
  const record = play(world, [a], [a, bFromA], [a, b], [a, b]);
  const look = record.looks.at(-1);
  for (const [place, species] of [0, 1].entries()) {
    const sizes = world.bodies.slice(-100).flatMap((body) => (body.species === species ? [body.size] : []));
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
    expect(look?.traitMeans[place]).toBeCloseTo(mean, 6);
    expect(look?.traitVariances[place]).toBeCloseTo(variance, 6);
  }
});
