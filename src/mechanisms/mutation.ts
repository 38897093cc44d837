// The mechanism mutation.

import { z } from 'zod';
import { log1p } from '../math/expm1.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Mechanism } from './mechanism.ts';
import { effectKinds, sizesOf } from './mutation-sizes.ts';

const parameters = z.strictObject({
  deviation: parameter(z.number().min(0).max(5).default(0.1), {
    title: 'Size of mutations',
    description:
      'Root mean square of the change of a locus that mutates, times the locus’s own scale: its standard deviation unless one sign is favoured.',
    unit: 'locus units',
    live: true,
    step: 0.01,
  }),
  rate: parameter(z.number().min(0).max(1).default(0.1), {
    title: 'Mutation rate',
    description: 'Chance that a locus mutates at a birth. At 1 every locus moves a little every time.',
    unit: '1/locus/birth',
    live: true,
    step: 0.01,
  }),
  effects: parameter(z.enum(effectKinds).default('normal'), {
    title: 'Effects',
    description: 'Distribution of the size of a change; its root mean square stays.',
    unit: '',
    live: true,
  }),
  shape: parameter(z.number().min(0.1).max(100).default(0.5), {
    title: 'Shape of gamma',
    description: 'Of gamma effects: below 1 most are tiny and a few large, 1 is exponential.',
    unit: '',
    live: true,
    step: 0.1,
  }),
  upward: parameter(z.number().min(0).max(1).default(0.5), {
    title: 'Upward share',
    description: 'Share of mutations that raise their locus; beneficial ones where higher is better.',
    unit: '',
    live: true,
    step: 0.01,
  }),
  evolvable: parameter(z.boolean().default(false), {
    title: 'Scale evolves',
    description: 'The parent’s trait `mutation.scale` multiplies the size of mutations in its offspring.',
    unit: '',
    live: true,
  }),
});

/** Share of loci below which it is faster to jump from one mutating locus to the next than to test each. */
const sparseBelow = 1 / 32;

/** Isotropic mutation with a scale per locus, Gaussian unless another distribution of effects is chosen. */
export const mutation: Mechanism<z.infer<typeof parameters>> = {
  id: 'mutation',
  title: 'Mutation',
  group: 'inheritance',
  summary: 'A newborn’s genome differs a little, at random, from its parent’s.',
  lookFor: 'Switch it off: existing variation is only sorted, and change stops when one line is left.',
  source: 'Kimura (1965), Proc. Natl Acad. Sci. 54: 731 (continuum of alleles).',
  parameters,
  check({ on, parameters: { evolvable }, loci }) {
    if (!on || !evolvable || loci.includes('mutation.scale')) return [];
    return [{ field: 'evolvable', text: `genomes carry no locus 'mutation.scale'; add it to genome.carries` }];
  },
  makesVariation: true,
  modifyChild({ population, firstRow, count }, { deviation, rate, evolvable, effects, shape, upward }) {
    if (rate === 0 || deviation === 0) return;
    const { table, layout, arena, mutationScales: scales, haplotypes } = population;
    const { kernel } = arena;
    const { keyLow, keyHigh } = table.columns;
    const slots = layout.stride;
    const inverse = rate < 1 ? 1 / log1p(-rate) : -0;
    // Normal changes of either sign alike need no table.
    const sizes = effects === 'normal' && upward === 0.5 ? undefined : sizesOf(population, effects, shape);
    const factor = evolvable ? table.find('mutation.scale') : undefined;
    for (const [h, haplotype] of haplotypes.entries()) {
      const genome = table.of(haplotype);
      // Haplotypes of one organism mutate independently of each other.
      const stream = population.stream(h === 0 ? 'mutation' : 'mutation.2');
      const loci = { first: firstRow, count, genome, slots, scales, factor, deviation, rate, inverse, keyLow, keyHigh, stream };
      if (sizes) kernel.mutateBySizes({ ...loci, sizes, upward });
      else if (rate === 1) kernel.mutateAll(loci);
      else if (rate < sparseBelow) kernel.mutateSparse(loci);
      else kernel.mutate(loci);
    }
  },
};
