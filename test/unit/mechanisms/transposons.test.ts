import { expect, it } from 'vitest';
import { still } from './plane-world.ts';

it('cannot be switched on in genomes that have no room for it', () => {
  const simulation = still({});
  expect(() => simulation.set('populations.grazers.mechanisms.transposons.on', true)).toThrow(
    'genomes have no sites for them; set genome.transposons.sites',
  );
  simulation.dispose();
});
