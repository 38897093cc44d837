import { z } from 'zod';
import { distanceMeasures } from '../genome/distance.ts';
import { parameter } from '../parameter/parameter.ts';

/** Which loci a mechanism compares two organisms by. */
export const measureParameter = parameter(z.enum(distanceMeasures).default('genome'), {
  title: 'What is compared',
  description: 'All loci of the expressed genome, or the three neutral markers only.',
  unit: '',
  live: true,
});
