import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';

/** How many haplotypes the organisms of a population carry. */
export const ploidyParameter = parameter(z.int().min(1).max(2).default(1), {
  title: 'Ploidy',
  description:
    'Haplotypes that an organism carries: 1 or 2. A diploid expresses the mean of its two at every locus (no dominance).',
  unit: 'haplotypes',
  live: false,
});
