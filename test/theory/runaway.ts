import { floatsNamed } from '../../src/ecs/table.ts';
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

/** Correlation of display and preference after 40 generations, and the share of permutations whose correlation is as far from 0. */
export function runaway(choice: boolean, seed: string): { r: number; p: number } {
  const simulation = createSimulation(scene(choice), seed);
  simulation.step(40);
  const [{ table, count }] = simulation.populations;
  const display = table.f32(floatsNamed('display')).slice(0, count);
  const preference = table.f32(floatsNamed('preference')).slice(0, count);
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
