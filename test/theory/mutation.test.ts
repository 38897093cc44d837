import { describe, expect, it } from 'vitest';
import { covariance, mean, variance } from '../../src/math/statistics.ts';
import { ids, makeWorld, smallWorld } from '../unit/engine/worlds.ts';

/** Differences of newborns from their parents, one row of loci a birth, and the parents' mutation scale. */
function mutations(mutation: Record<string, unknown>, ticks: number) {
  const simulation = makeWorld(
    smallWorld({
      habitat: { width: 192, height: 128, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } },
      foragers: { founders: 600, mechanisms: { mutation: { on: true, ...mutation } } },
    }),
    'mutation',
  );
  const [population] = simulation.populations;
  const { stride, loci } = population.layout;
  const changes: number[][] = [];
  const scales: number[] = [];
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    const rows = new Map(ids(population).map((id, row) => [id, row]));
    const genome = population.table.f32('genome');
    const births = simulation.births(population);
    for (let k = 0; k < births.count; k++) {
      const [child, parent] = [births.id[k], births.parent[k]].map((id) => (rows.get(id) as number) * stride);
      changes.push(loci.map(({ slot }) => genome[child + slot] - genome[parent + slot]));
      scales.push(population.table.f32('mutation.scale')[rows.get(births.parent[k]) as number]);
    }
  }
  simulation.dispose();
  return { changes, scales, loci };
}

describe('mutation', () => {
  const [rate, deviation] = [0.2, 0.3];
  const { changes, loci } = mutations({ rate, deviation }, 60);
  const births = changes.length;

  it('changes each locus at its rate', () => {
    expect(births).toBeGreaterThan(1000);
    const error = Math.sqrt((rate * (1 - rate)) / births);
    let worst = 0;
    for (const [at, { name }] of loci.entries()) {
      const share = changes.filter((row) => row[at] !== 0).length / births;
      worst = Math.max(worst, Math.abs(share - rate) / error);
      // The largest of some hundred deviates: 5 standard errors, exceeded by chance in one of ten thousand such tests.
      expect(Math.abs(share - rate), name).toBeLessThan(5 * error);
    }
    const all = changes.reduce((sum, row) => sum + row.filter((change) => change !== 0).length, 0);
    expect(Math.abs(all / (births * loci.length) - rate)).toBeLessThan(4 * (error / Math.sqrt(loci.length)));
    expect(worst).toBeGreaterThan(1);
  });

  it('moves them by a normal change of its deviation', () => {
    const made = changes.flat().filter((change) => change !== 0);
    const n = made.length;
    expect(Math.abs(mean(made))).toBeLessThan((4 * deviation) / Math.sqrt(n));
    expect(Math.abs(variance(made) - deviation ** 2)).toBeLessThan(4 * deviation ** 2 * Math.sqrt(2 / n));
    // Fourth moment 3 sigma^4, with a variance of (105 - 9) sigma^8 / n.
    const fourth = mean(made.map((change) => change ** 4));
    expect(Math.abs(fourth - 3 * deviation ** 4)).toBeLessThan(4 * deviation ** 4 * Math.sqrt(96 / n));
    for (const [at, { name }] of loci.entries()) {
      const own = changes.map((row) => row[at]).filter((change) => change !== 0);
      expect(Math.abs(variance(own) - deviation ** 2), name).toBeLessThan(5 * deviation ** 2 * Math.sqrt(2 / own.length));
    }
  });

  it('is independent between loci and between births', () => {
    // Correlation of independent columns: standard error 1/sqrt(n). Loci of one Philox block and of neighbouring ones.
    const column = (at: number) => changes.map((row) => row[at]);
    const correlation = (a: number[], b: number[]) => covariance(a, b) / Math.sqrt(variance(a) * variance(b));
    for (const step of [1, 4, 8]) {
      for (let at = 0; at + step < loci.length; at += 7) {
        expect(Math.abs(correlation(column(at), column(at + step))), `loci ${at}, ${at + step}`).toBeLessThan(
          5 / Math.sqrt(births),
        );
      }
    }
    const first = column(3);
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(births - 1));
  });

  it('where the scale evolves, a mutation is as large as the parent’s trait says', () => {
    const evolved = mutations({ rate: 1, deviation, evolvable: true }, 25);
    // Each birth gives one estimate of its own variance, in units of its parent's scale.
    const own = evolved.changes.map((row, k) => mean(row.map((change) => (change / (deviation * evolved.scales[k])) ** 2)));
    const n = own.length * evolved.loci.length;
    expect(Math.abs(mean(own) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.max(...evolved.scales) / Math.min(...evolved.scales)).toBeGreaterThan(2);
  });
});

describe('descent without mutation', () => {
  it('a neutral marker of the living is their founders’, and its mean drifts as their shares say', () => {
    // Given who descends from whom, founders' markers are independent normals of variance 1: the mean of the living has the
    // variance of the sum of squared shares, whatever selection did. One z a marker and seed.
    const z: number[] = [];
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const simulation = makeWorld(smallWorld({ foragers: { mechanisms: { mutation: { on: false } } } }), seed);
      const [population] = simulation.populations;
      const slots = [1, 2, 3].map((n) => population.layout.loci.find(({ name }) => name === `marker.${n}`)?.slot as number);
      const { stride } = population.layout;
      const founding = slots.map((slot) => ids(population).map((_, row) => population.table.f32('genome')[row * stride + slot]));
      simulation.step(150);
      const founders = [...population.table.f64('founder').subarray(0, population.count)];
      const shares = new Map<number, number>();
      for (const id of founders) shares.set(id, (shares.get(id) ?? 0) + 1 / founders.length);
      const squares = [...shares.values()].reduce((sum, share) => sum + share * share, 0);
      for (const [m, slot] of slots.entries()) {
        const genome = population.table.f32('genome');
        for (const [row, id] of founders.entries()) expect(genome[row * stride + slot]).toBe(founding[m][id]);
        z.push(mean(founders.map((_, row) => genome[row * stride + slot])) / Math.sqrt(squares));
      }
      simulation.dispose();
    }
    // 24 standard normals: mean square 1 with variance 2/24.
    expect(Math.abs(mean(z))).toBeLessThan(4 / Math.sqrt(z.length));
    expect(Math.abs(mean(z.map((value) => value * value)) - 1)).toBeLessThan(4 * Math.sqrt(2 / z.length));
  });
});
