import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';

/** Where transposons can sit in a genome. */
export const transposonParameter = z
  .strictObject({
    sites: parameter(z.int().min(0).max(1024).default(0), {
      title: 'Sites of transposons',
      description: 'Places in a haploid genome where a transposon can sit; 0 for genomes without any.',
      unit: 'sites',
      live: false,
    }),
    copies: parameter(z.number().min(0).max(1024).default(0), {
      title: 'Founder copies',
      description: 'Mean number of copies in the haploid genome of a founder; at most as many as there are sites.',
      unit: 'copies',
      live: false,
      step: 0.5,
    }),
  })
  .prefault({});
