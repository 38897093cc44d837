import { z } from 'zod';
import { genomeDistance, limitOf, measureSlots } from '../genome/distance.ts';
import { parameter } from '../parameter/parameter.ts';
import { checkMeasure, measureParameter } from './measure-parameter.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  measure: measureParameter,
  distance: parameter(z.number().min(0).max(100).default(0.8), {
    title: 'Largest distance',
    description: 'Root mean square difference over the loci compared, up to which two organisms can have offspring together.',
    unit: 'locus units',
    live: true,
    step: 0.05,
  }),
});

/** Only sufficiently similar organisms can have offspring together: the rule that defines species. */
export const mateDistance: Mechanism<z.infer<typeof parameters>> = {
  id: 'mate-distance',
  title: 'Mate distance',
  group: 'mating',
  summary: 'Only organisms with similar genomes can have offspring together. Needs two parents.',
  lookFor: 'Groups kept apart for long no longer interbreed when they meet again: species.',
  source: 'Mayr (1942), Systematics and the Origin of Species; Higgs & Derrida (1991), J. Phys. A 24: L985.',
  parameters,
  check: checkMeasure,
  mateAttraction({ table, layout }, { measure, distance }) {
    const genome = table.f32('genome');
    const slots = measureSlots(layout, measure);
    const limit = limitOf(distance, slots);
    return (chooser, candidate) =>
      genomeDistance(genome, chooser * layout.stride, genome, candidate * layout.stride, slots, limit) <= limit ? 1 : 0;
  },
};
