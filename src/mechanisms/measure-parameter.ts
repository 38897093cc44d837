import { z } from 'zod';
import { distanceMeasures } from '../genome/distance.ts';
import { parameter } from '../parameter/parameter.ts';
import type { MechanismProblem, MechanismScene } from './mechanism.ts';

/** Which loci a mechanism compares two organisms by. */
export const measureParameter = parameter(z.enum(distanceMeasures).default('genome'), {
  title: 'What is compared',
  description: 'All loci of the expressed genome, or the three neutral markers only.',
  unit: '',
  live: true,
});

/** Markers cannot be compared where genomes have none. */
export function checkMeasure({
  on,
  parameters: { measure },
  loci,
}: MechanismScene<{ measure: string }>): readonly MechanismProblem[] {
  if (!on || measure !== 'markers' || loci.some((trait) => trait.startsWith('marker.'))) return [];
  return [{ field: 'measure', text: `genomes carry no markers; add marker.1 to genome.carries or compare 'genome'` }];
}
