import { expect, it } from 'vitest';
import { correlation } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

/** A flat landscape of 4,000 organisms that mate, with the loci of display and preference on chromosomes of their own. */
const scene = (choice: boolean) =>
  parseScene(
    {
      version: 1,
      name: 'runaway',
      title: 'Runaway',
      habitat: {
        kind: 'landscape',
        form: 'linear',
        dimensions: 2,
        forms: { linear: { slope: 0 } },
        model: 'wright-fisher',
        encounters: 8,
      },
      populations: {
        flock: {
          founders: 4000,
          genome: { carries: ['display', 'preference'] },
          mechanisms: {
            mutation: { on: true, deviation: 0.1, rate: 1 },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 4 },
            'mate-choice': { on: choice },
          },
        },
      },
    },
    'test',
  );

/** Correlation of the two traits after so many generations, and the share of permutations whose correlation is as far from 0. */
function linkage(choice: boolean, seed: string): { r: number; p: number } {
  const simulation = createSimulation(scene(choice), seed);
  simulation.step(40);
  const [{ table, count }] = simulation.populations;
  const display = table.f32('display').slice(0, count);
  const preference = table.f32('preference').slice(0, count);
  simulation.dispose();
  const r = correlation(display, preference);
  const stream = namedStream(seed, 'permutations');
  const permutations = 200;
  let asFar = 0;
  for (let k = 0; k < permutations; k++) {
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(stream.uniform() * (i + 1));
      [display[i], display[j]] = [display[j], display[i]];
    }
    if (Math.abs(correlation(display, preference)) >= Math.abs(r)) asFar++;
  }
  return { r, p: (asFar + 1) / (permutations + 1) };
}

// Choice makes mates alike in what one shows and the other likes, so that their offspring carry both: a covariance of the order
// of half that of choice itself each generation, which free recombination halves (Lande 1981, PNAS 78: 3721; Kirkpatrick 1982).
it('preference and display become correlated under choice, and not under random mating (permutation test)', () => {
  const seeds = ['1', '2', '3', '4', '5'];
  const chosen = seeds.map((seed) => linkage(true, seed));
  for (const { r, p } of chosen) {
    expect(r).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.01);
  }
  const random = seeds.map((seed) => linkage(false, seed));
  // Kin share both loci, so that single populations may be correlated by drift; over seeds neither sign is favoured.
  const mean = random.reduce((sum, { r }) => sum + r, 0) / seeds.length;
  const deviation = Math.sqrt(random.reduce((sum, { r }) => sum + (r - mean) ** 2, 0) / (seeds.length - 1));
  expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(seeds.length));
  expect(Math.min(...chosen.map(({ r }) => r))).toBeGreaterThan(Math.max(...random.map(({ r }) => r)));
});
