import { z } from 'zod';
import { genomeDistance, measureSlots } from '../genome/distance.ts';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { checkMeasure, measureParameter } from './measure-parameter.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  measure: measureParameter,
  width: parameter(z.number().min(0.001).max(1000).default(0.5), {
    title: 'Preference width',
    description:
      'Mates that differ by this much (root mean square over the loci compared) are chosen e^(-1/2) times as readily as equal ones. Small: like mates with like.',
    unit: 'locus units',
    live: true,
    step: 0.05,
  }),
});

/** Like mates with like: the nearer two genomes are, the more likely they mate. */
export const assortativeMating: Mechanism<z.infer<typeof parameters>> = {
  id: 'assortative-mating',
  title: 'Assortative mating',
  group: 'mating',
  summary: 'Among the mates they meet, organisms prefer similar ones. Needs two parents.',
  lookFor: 'Where two foods or two places favour different genomes, one population splits in two without any barrier.',
  source: 'Dieckmann & Doebeli (1999), Nature 400: 354-357; Kirkpatrick & Ravigné (2002), Am. Nat. 159: S22.',
  parameters,
  check: checkMeasure,
  mateAttraction({ table, layout }, { measure, width }) {
    const genome = table.f32('genome');
    const slots = measureSlots(layout, measure);
    const scale = -1 / (2 * width * width * slots.length);
    return (chooser, candidate) =>
      exp(scale * genomeDistance(genome, chooser * layout.stride, genome, candidate * layout.stride, slots));
  },
};
