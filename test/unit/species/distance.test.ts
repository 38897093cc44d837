import { describe, expect, it } from 'vitest';
import { genomeDistance, limitOf, measureSlots } from '../../../src/genome/distance.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { nearestToMean } from '../../../src/record/species/nearest-to-mean.ts';
import { speciesRule } from '../../../src/record/species/rule.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

describe('distance of genomes', () => {
  const world = makeWorld(smallWorld(), 'distance');
  const [{ layout, table }] = world.populations;
  const genome = table.f32('genome');
  const { stride } = layout;

  it('compares all loci or the markers, never padding', () => {
    expect([...measureSlots(layout, 'genome')]).toEqual(layout.loci.map(({ slot }) => slot).sort((a, b) => a - b));
    const markers = layout.loci.filter(({ segment }) => segment.startsWith('marker.'));
    expect([...measureSlots(layout, 'markers')]).toEqual(markers.map(({ slot }) => slot));
    expect(markers).toHaveLength(3);
  });

  it.each(['genome', 'markers'] as const)('is the sum of squared differences (%s)', (measure) => {
    const slots = measureSlots(layout, measure);
    for (let row = 1; row < 40; row++) {
      let sum = 0;
      for (const slot of slots) sum += (genome[slot] - genome[row * stride + slot]) ** 2;
      expect(genomeDistance(genome, 0, genome, row * stride, slots)).toBeCloseTo(sum, 10);
      // A limit changes nothing but when it is passed, and then the answer is over it too.
      expect(genomeDistance(genome, 0, genome, row * stride, slots, sum * 1.001)).toBeCloseTo(sum, 10);
      expect(genomeDistance(genome, 0, genome, row * stride, slots, sum / 2)).toBeGreaterThan(sum / 2);
    }
  });

  it('a distance is the root mean square over the loci', () => {
    const slots = Int32Array.of(0, 2, 3);
    const [a, b] = [Float32Array.of(0, 9, 0, 0), Float32Array.of(1, 5, 1, 1)];
    expect(genomeDistance(a, 0, b, 0, slots)).toBe(limitOf(1, slots));
  });
});

describe('the rule', () => {
  const scene = smallWorld({
    foragers: {
      mechanisms: {
        mutation: { on: true },
        'mate-distance': { measure: 'markers', distance: 0.5 },
      },
    },
    record: { species: { distance: 0.25 } },
  });
  const world = makeWorld(scene, 'rule');
  const [population] = world.populations;

  it('is that of mating where mating depends on distance, else that of the record', () => {
    const all = measureSlots(population.layout, 'genome');
    expect(speciesRule(population, world.scene)).toEqual({ slots: all, limit: 0.0625 * all.length });
    // Nobody mates yet.
    world.set('populations.foragers.mechanisms.mate-distance.on', true);
    expect(speciesRule(population, world.scene).limit).toBe(0.0625 * all.length);
    world.set('populations.foragers.mechanisms.sexual-reproduction.on', true);
    expect(speciesRule(population, world.scene)).toEqual({ slots: measureSlots(population.layout, 'markers'), limit: 0.75 });
    world.set('populations.foragers.mechanisms.mate-distance.on', false);
    expect(speciesRule(population, world.scene).limit).toBe(Number.POSITIVE_INFINITY);
  });
});

it('the representative is the nearest to the mean', () => {
  const stream = namedStream('mean', 'genomes');
  const slots = Int32Array.of(1, 2, 4, 7);
  const genomes = Float32Array.from({ length: 80 }, () => stream.normal());
  const starts = [0, 8, 24, 40, 56, 64];
  const mean = [...slots].map((slot) => starts.reduce((sum, start) => sum + genomes[start + slot], 0) / starts.length);
  const distances = starts.map((start) => [...slots].reduce((sum, slot, k) => sum + (genomes[start + slot] - mean[k]) ** 2, 0));
  expect(nearestToMean(genomes, starts, slots)).toBe(distances.indexOf(Math.min(...distances)));
  expect(nearestToMean(genomes, [], slots)).toBe(-1);
});
