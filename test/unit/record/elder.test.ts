import { expect, it } from 'vitest';
import { LifeRecord } from '../../../src/record/life-record.ts';
import type { Census } from '../../../src/record/types.ts';
import { withWorld } from '../../theory/lab-worlds.ts';

it('a census names for each organism its ancestor two censuses before, through a saved record too', () => {
  const world = { form: 'bowl', dimensions: 2, size: 40, sigma: 0.1, record: { census: { every: 3 } } };
  withWorld(world, 'elder', (simulation) => {
    const record = new LifeRecord(simulation);
    const censuses: Census[] = [];
    simulation.observe(record);
    record.onCensus((census) => void censuses.push(census));
    simulation.step(9);
    const saved = new LifeRecord(simulation, { saved: record.state() });
    expect(saved.lastCensus[0].elder).toEqual(record.lastCensus[0].elder);
    simulation.step(9);
    censuses.push(record.lastCensus[0]);
    expect(censuses).toHaveLength(7);
    for (const [c, { id, clade, elder }] of censuses.entries()) {
      const former = censuses[c - 1];
      for (let k = 0; k < id.length; k++) {
        const place = former?.id.indexOf(clade[k]) ?? -1;
        expect(elder?.[k]).toBe(place < 0 ? clade[k] : former.clade[place]);
      }
    }
    // Families are fewer than clades.
    const last = censuses[6];
    expect(new Set(last.elder).size).toBeLessThan(new Set(last.clade).size);
  });
});
