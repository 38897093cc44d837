import { expect, it } from 'vitest';
import { z } from 'zod';
import { performAssayFork } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

const texts = { title: 'Test', summary: 'Test.', lookFor: 'Nothing.', source: 'A test.', parameters: z.strictObject({}) };

it('an assay stops the mechanisms of an extension that make variation, and no others', () => {
  const born = { drift: 0, witness: 0 };
  const catalogue = standard.with({
    name: 'test',
    version: '1',
    mechanisms: [
      {
        ...texts,
        id: 'drift',
        makesVariation: true,
        modifyChild({ population, firstRow, count }) {
          born.drift += count;
          const { layout, haplotypes, table } = population;
          const loci = table.f32(haplotypes[0]);
          for (let row = firstRow; row < firstRow + count; row++) loci[row * layout.stride] += 0.01;
        },
      },
      {
        ...texts,
        id: 'witness',
        modifyChild({ count }) {
          born.witness += count;
        },
      },
    ],
  });
  const mechanisms = { mutation: { on: true }, drift: { on: true }, witness: { on: true } };
  const world = makeWorld(smallWorld({ foragers: { mechanisms } }, catalogue));
  world.step(20);
  expect(born.drift).toBeGreaterThan(50);
  expect(born.drift).toBe(born.witness);
  Object.assign(born, { drift: 0, witness: 0 });
  const [population] = world.populations;
  const question = { population: 'foragers', ticks: 20, size: 0.1, seed: 'fork', clades: new Uint32Array(population.count) };
  for (const kind of ['realised', 'reshuffled', 'perturbed'] as const) {
    performAssayFork(world.snapshot(), { ...question, kind }, catalogue);
  }
  expect(born.drift).toBe(0);
  expect(born.witness).toBeGreaterThan(50);
  // The world itself keeps it.
  world.step(20);
  expect(born.drift).toBeGreaterThan(0);
  world.dispose();
});
