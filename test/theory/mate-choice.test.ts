import { expect, it } from 'vitest';
import { runaway } from './runaway.ts';

// Choice makes mates alike in what one shows and the other likes, so that their offspring carry both: a covariance of the order
// of half that of choice itself each generation, which free recombination halves (Lande 1981, PNAS 78: 3721; Kirkpatrick 1982).
it('preference and display become correlated under choice, and not under random mating (permutation test)', () => {
  const seeds = ['1', '2', '3', '4', '5'];
  const chosen = seeds.map((seed) => runaway(true, seed));
  for (const { r, p } of chosen) {
    expect(r).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.01);
  }
  const random = seeds.map((seed) => runaway(false, seed));
  // Kin share both loci, so that single populations may be correlated by drift; over seeds neither sign is favoured.
  const mean = random.reduce((sum, { r }) => sum + r, 0) / seeds.length;
  const deviation = Math.sqrt(random.reduce((sum, { r }) => sum + (r - mean) ** 2, 0) / (seeds.length - 1));
  expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(seeds.length));
  expect(Math.min(...chosen.map(({ r }) => r))).toBeGreaterThan(Math.max(...random.map(({ r }) => r)));
});
