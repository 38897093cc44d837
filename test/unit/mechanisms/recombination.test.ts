import { describe, expect, it } from 'vitest';
import { recombinationRates } from '../../../src/genome/genetic-map.ts';
import { traits } from '../../../src/population/traits.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';
import { sexualWorld, watchBirths } from './watch-births.ts';

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
