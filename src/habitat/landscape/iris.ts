import { z } from 'zod';
import { parameter } from '../../parameter/parameter.ts';
import { irisNetwork, irisWeights } from './iris-network.ts';
import { meetNobody, type SampledLandscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  hidden: parameter(z.int().min(1).max(64).default(4), {
    title: 'Hidden units',
    description: 'Units of the one hidden layer. The genome has 8 loci for each, and 3.',
    unit: '',
    live: false,
  }),
  strength: parameter(z.number().min(0).max(100_000).default(10), {
    title: 'Strength',
    description: 'Log fitness that a loss of one nat costs.',
    unit: 'log fitness/nat',
    live: false,
    step: 1,
  }),
});

/** A network's loss on real data as log fitness: f = -strength times the mean cross-entropy over Fisher's 150 flowers. */
export const iris: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'iris',
  title: 'Iris network',
  summary: 'Genomes are the weights of a small network that classifies three species of iris.',
  source: 'Fisher (1936), Annals of Eugenics 7: 179-188; Rumelhart, Hinton & Williams (1986), Nature 323: 533-536.',
  parameters,
  dimensionsOf: ({ hidden }) => irisWeights(hidden),
  make(dimensions, { hidden, strength }): SampledLandscape {
    const network = irisNetwork(hidden);
    const descend = (loss: number, out: Float64Array, outAt: number): number => {
      for (let k = outAt; k < outAt + dimensions; k++) out[k] *= -strength;
      return -strength * loss;
    };
    return {
      dimensions,
      rows: network.rows,
      meet: meetNobody,
      logFitness: (genomes, at) => -strength * network.loss(genomes, at),
      gradient(genomes, at, out, outAt = 0) {
        descend(network.lossAndGradient(genomes, at, out, outAt), out, outAt);
      },
      sampled: (genomes, at, rows, out, outAt = 0) => descend(network.lossAndGradient(genomes, at, out, outAt, rows), out, outAt),
    };
  },
};
