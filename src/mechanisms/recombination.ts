// The mechanism recombination: genomes of newborns are mosaics of those of two parents.

import { z } from 'zod';
import { type GeneticMap, recombinationRates } from '../genome/genetic-map.ts';
import { policyWeights } from '../genome/layout.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Population } from '../population/population.ts';
import { chromosomeEnds, convertGenes } from './convert-genes.ts';
import { formGametes } from './form-gametes.ts';
import type { Mechanism, TraitNames } from './mechanism.ts';

const parameters = ({ all }: TraitNames) =>
  z.strictObject({
    chromosomes: parameter(z.int().min(1).max(1000).default(4), {
      title: 'Chromosomes',
      description: 'Number of chromosomes of the genome, each with equally many loci; they assort independently.',
      unit: 'chromosomes',
      live: true,
    }),
    length: parameter(z.number().min(0).max(100).default(1), {
      title: 'Map length',
      description: 'Expected crossovers on each chromosome when a gamete forms.',
      unit: 'Morgans',
      live: true,
      step: 0.1,
    }),
    segments: parameter(
      z
        .array(
          z.strictObject({
            segment: z.enum([policyWeights, ...all]).meta({ description: 'segment of the genome, as named in the table loci' }),
            apart: z.number().min(0).max(0.5).optional().meta({ description: 'recombination rate with the locus before it' }),
            length: z.number().min(0).max(100).optional().meta({ description: 'map length within it, Morgans' }),
          }),
        )
        .max(64)
        .default([]),
      {
        title: 'Genetic map',
        description: 'Exceptions from equal chromosomes for single segments of the genome.',
        unit: '',
        live: true,
      },
    ),
    conversions: parameter(z.number().min(0).max(100).default(0), {
      title: 'Gene conversions',
      description:
        'Expected tracts of a gamete that come from the other source than before (the other copy, or in haploids the other parent), without an exchange of what is around them.',
      unit: 'tracts/gamete',
      live: true,
      step: 0.1,
    }),
    tract: parameter(z.number().min(1).max(10_000).default(5), {
      title: 'Tract of conversion',
      description: 'Mean number of loci of a tract; it ends with its chromosome.',
      unit: 'loci',
      live: true,
    }),
  });

const maps = new WeakMap<Population, { readonly of: GeneticMap; readonly rates: Float32Array; readonly ends: Int32Array }>();

/** Crossing over by a genetic map. */
export const recombination: Mechanism<z.infer<ReturnType<typeof parameters>>> = {
  id: 'recombination',
  title: 'Recombination',
  group: 'inheritance',
  summary: 'Where a newborn has two parents, its genome is a mosaic of theirs.',
  lookFor: 'Loci that were inherited together separate: good ones are no longer lost with bad neighbours.',
  source:
    'Haldane (1919), J. Genet. 8: 299 (map function without interference); Hill & Robertson (1966), Genet. Res. 8: 269; Andolfatto & Nordborg (1998), Genetics 148: 1397 (conversion).',
  parameters,
  modifyGamete(births, map, { stream }) {
    const { population } = births;
    if (!births.mateRows().some((mate) => mate >= 0)) return;
    let held = maps.get(population);
    if (held?.of !== map) {
      const { layout } = population;
      held = { of: map, rates: recombinationRates(layout, map), ends: chromosomeEnds(layout.loci.length, map.chromosomes) };
      maps.set(population, held);
    }
    const { rates, ends } = held;
    const convert = map.conversions > 0 ? () => convertGenes(births, map, ends, stream) : undefined;
    formGametes(births, rates, stream, convert);
  },
};
