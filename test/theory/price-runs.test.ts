import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { priceAgreement } from './price-runs.ts';

/** A scene of the plane with a quarter of its ground and founders, or as it is. */
function load(name: string, quarter: boolean): unknown {
  const scene = JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8'));
  if (!quarter) return scene;
  scene.habitat.width /= 2;
  scene.habitat.height /= 2;
  for (const population of Object.values(scene.populations) as { founders: number }[]) population.founders /= 4;
  return scene;
}

// An identity holds in small worlds as in large ones. Full size, with windows up to 10,000 ticks, in the verification `price`.
describe('Price’s equation closes in real runs, with every mechanism on that has room', () => {
  it.each([
    ['meadow', 75, 25, true],
    ['islands', 150, 50, false],
    ['peacocks', 135, 45, true],
    ['selfish-genes', 135, 45, true],
    ['mutations-in-flight', 60, 20, false],
  ])(
    '%s: residual under 1e-9 of the scale, from the censuses and from the Parquet files alone',
    async (name, ticks, every, quarter) => {
      const { live, exported, windows, apart, loci } = await priceAgreement(load(name, quarter), name, {
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
    },
  );
});
