import { describe, expect, it } from 'vitest';
import { traits } from '../../../src/population/traits.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';
import { living, rich, same } from './watch-births.ts';

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
        if (!giver || !was) throw new Error('a donor or recipient did not live');
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
