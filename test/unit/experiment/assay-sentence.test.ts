import { expect, it } from 'vitest';
import { assayedGenomes } from '../../../src/analysis/assay/assayed-genomes.ts';
import { performAssayFork } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay } from '../../../src/analysis/assay/plan-assay.ts';
import { summariseAssay } from '../../../src/analysis/assay/summarise-assay.ts';
import { assaySentence } from '../../../src/experiment/assay-sentence.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { withWorld } from '../../theory/lab-worlds.ts';

it.each([
  [3, /^There are 3 clades, fewer than 8: selection is not split into between and within\. It gained [+-]/],
  [20, /^Within clades selection gained [+-]/],
] as const)('with %i clades', (number, words) => {
  const world = { form: 'linear', parameters: { slope: 0.6 }, dimensions: 3, size: 100, sigma: 0.1, start: { deviation: 0.3 } };
  const sentence = withWorld(world, 'sentence', (simulation, population) => {
    const clades = Float64Array.from({ length: population.count }, (_, k) => k % number);
    const snapshot = simulation.snapshot();
    const question = { population: population.name, ticks: 1, size: 3, clades };
    const forks = planAssay({ seed: 'sentence', forks: 6, replays: 3 }).map((fork) =>
      performAssayFork(snapshot, { ...question, ...fork }),
    );
    const segments = [{ name: 'everything', loci: [0, 1, 2] }];
    return assaySentence(summariseAssay(forks, assayedGenomes(population), clades, segments, namedStream('sentence', 'assay')));
  });
  expect(sentence).toMatch(words);
});
