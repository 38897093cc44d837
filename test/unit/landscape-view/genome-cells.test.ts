import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { genomeCells } from '../../../src/app/instruments/landscape/genome-cells.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { onLandscape } from '../../../src/simulation/kinds.ts';
import { genomePicture } from '../../../src/worker/landscape/genome-picture.ts';

it('sorts genomes by their wrong loci, then by their open ones', () => {
  const values = Float32Array.of(-2, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0.5, 1);
  expect(genomeCells({ values, dimensions: 3, count: 4, open: 0.5 })).toEqual({
    rows: 4,
    columns: 3,
    cells: Uint8Array.of(0, 0, 0, 0, 1, 0, 1, 1, 0, 2, 0, 0),
    shares: [8 / 12, 3 / 12, 1 / 12],
  });
});

it('is of the living of a needle: a quarter right, a quarter wrong and half open at first, and reads only', () => {
  const world = createSimulation(parseScene(JSON.parse(readFileSync('scenes/baldwin.json', 'utf8')), 'baldwin'), '7');
  if (!onLandscape(world)) throw new Error('not a landscape');
  const before = world.hash();
  const picture = genomePicture(world, 150);
  expect(picture).toMatchObject({ dimensions: 20, count: 1000, open: 0.5 });
  expect(picture.values).toHaveLength(150 * 20);
  const { shares } = genomeCells(picture);
  for (const [i, share] of [0.25, 0.5, 0.25].entries()) expect(Math.abs(shares[i] - share)).toBeLessThan(0.04);
  expect(world.hash()).toBe(before);
  world.dispose();
});
