import type { z } from 'zod';
import { competition } from './competition.ts';
import type { Genomes, Landscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

/**
 * The same competition over one trait to which many loci add, x = sum_k z_k / sqrt(loci): mutation and distance are as long in
 * the trait as along the diagonal of the genomes. With a locus per trait, as in `competition`, recombination cannot produce trait values
 * between those of two parents. Here it does, which shows what holds a sexual population together.
 */
export const polygenic: LandscapeForm<z.infer<typeof competition.parameters>> = {
  id: 'polygenic',
  title: 'Polygenic competition',
  summary: 'Competition for a resource over one trait, to which every locus adds alike: offspring lie between their parents.',
  source: competition.source,
  parameters: competition.parameters,
  make(dimensions, parameters, seed): Landscape {
    const onTrait = competition.make(1, parameters as Parameters<typeof competition.make>[1], seed);
    const scale = 1 / Math.sqrt(dimensions);
    const trait = new Float64Array(1);
    const slope = new Float64Array(1);
    let traits = new Float64Array(0);
    const traitOf = (genomes: Genomes, at: number): number => {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) sum += genomes[at + k];
      return scale * sum;
    };
    return {
      dimensions,
      meet(genomes, count, stride, time) {
        if (traits.length < count) traits = new Float64Array(count);
        for (let row = 0; row < count; row++) traits[row] = traitOf(genomes, row * stride);
        onTrait.meet(traits, count, 1, time);
      },
      logFitness(genomes, at) {
        trait[0] = traitOf(genomes, at);
        return onTrait.logFitness(trait, 0);
      },
      gradient(genomes, at, out, outAt = 0) {
        trait[0] = traitOf(genomes, at);
        onTrait.gradient(trait, 0, slope);
        out.fill(scale * slope[0], outAt, outAt + dimensions);
      },
    };
  },
};
