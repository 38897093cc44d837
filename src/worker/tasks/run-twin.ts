import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { assayedSlots } from '../../analysis/assay/prepare-fork.ts';
import { meanGenome } from '../../analysis/lab/genetic-covariance.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import type { Tasks } from './task-protocol.ts';

/** Continues a world as it would have been without the changes that were made since, and projects its living. */
export function runTwin({ snapshot, population: name, ticks, across, up }: Tasks['twin']['ask']): Tasks['twin']['answer'] {
  const world = pageCatalogue.simulationFromSnapshot(snapshot);
  try {
    world.step(ticks);
    const population = world.populations.find((one) => one.name === name) ?? world.populations[0];
    const loci = assayedSlots(population).length;
    const genomes = assayedGenomes(population);
    const { count, ploidy } = population;
    const places = new Float32Array(2 * count);
    for (let copy = 0, from = 0; copy < count * ploidy; copy++) {
      const to = 2 * Math.floor(copy / ploidy);
      for (let l = 0; l < loci; l++, from++) {
        places[to] += (across[l] * genomes[from]) / ploidy;
        places[to + 1] += (up[l] * genomes[from]) / ploidy;
      }
    }
    const mean = meanGenome({ values: genomes, count: count * ploidy, stride: loci, dimensions: loci });
    return { snapshot: world.snapshot(), tick: world.tick, places, mean };
  } finally {
    world.dispose();
  }
}
