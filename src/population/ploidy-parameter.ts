import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';

/** How many haplotypes the organisms of a population carry. */
export const ploidyParameter = parameter(z.int().min(1).max(2).default(1), {
  title: 'Ploidy',
  description:
    'Haplotypes that an organism carries: 1 or 2. A diploid expresses the mean of its two at every locus, unless there is dominance.',
  unit: 'haplotypes',
  live: false,
});

/** What diploids express of a locus whose two copies differ. */
export const dominanceParameter = parameter(z.number().min(0).max(1).default(0.5), {
  title: 'Dominance',
  description:
    'What a diploid expresses of a locus whose two copies differ: 0 the lesser, 1 the greater, 0.5 their mean, others between. Of loci of traits, and those that a landscape reads; policy weights, marks and transposons express the mean. Founders’ traits shift by (2 h - 1) times 0.8 of their deviation.',
  unit: '',
  live: false,
  step: 0.05,
});
