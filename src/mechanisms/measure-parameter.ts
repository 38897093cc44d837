import { z } from 'zod';
import { distanceMeasures } from '../genome/distance.ts';
import { parameter } from '../parameter/parameter.ts';
import type { MechanismProblem, MechanismScene } from './mechanism.ts';

/** The loci by which a mechanism compares two organisms. */
export const measureParameter = parameter(z.enum(distanceMeasures).default('genome'), {
  title: 'Loci compared',
  description: 'All loci of the expressed genome, or only the three neutral markers.',
  unit: '',
  live: true,
});

/** Markers cannot be compared if genomes have none. */
export function checkMeasure({
  on,
  parameters: { measure },
  loci,
}: MechanismScene<{ measure: string }>): readonly MechanismProblem[] {
  if (!on || measure !== 'markers' || loci.some((trait) => trait.startsWith('marker.'))) return [];
  return [{ field: 'measure', text: `genomes carry no markers; add marker.1 to genome.carries or compare 'genome'` }];
}
