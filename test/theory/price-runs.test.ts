import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { priceAgreement } from './price-runs.ts';

const load = (name: string) => JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8'));

// Full size, with windows up to 10,000 ticks, in the verification `price`.
describe('Price’s equation closes in real runs, with every mechanism on that has room', () => {
  it.each([
    ['meadow', 75, 25],
    ['islands', 150, 50],
    ['peacocks', 135, 45],
    ['selfish-genes', 135, 45],
    ['mutations-in-flight', 60, 20],
  ])('%s: residual under 1e-9 of the scale, from the censuses and from the Parquet files alone', async (name, ticks, every) => {
    const { live, exported, windows, apart, loci } = await priceAgreement(load(name), name, {
      ticks,
      every,
      everything: true,
      seed: '1',
    });
    expect(windows).toBeGreaterThan(2);
    expect(live).toBeLessThan(1e-9);
    expect(exported).toBeLessThan(1e-9);
    // Both tell the same.
    expect(apart).toBeLessThan(1e-9);
    expect(loci.windows).toBe(windows);
    for (const one of [loci.live, loci.exported, loci.apart, loci.channels]) expect(one).toBeLessThan(1e-9);
  });
});
