import { expect, it } from 'vitest';
import { still } from './plane-world.ts';

it('cannot be switched on in genomes that have no room for it', () => {
  const simulation = still({});
  expect(() => simulation.set('populations.grazers.mechanisms.segregation-distortion.on', true)).toThrow(
    'it needs two haplotypes; set genome.ploidy to 2',
  );
  simulation.dispose();
});
