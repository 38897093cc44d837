import type { SpeciesText } from '../../worker/report-phylogeny.ts';
import { whole } from './words.ts';

/** Short name of a species, the same everywhere. */
export const speciesName = (id: number): string => `S${id}`;

/** All data of a species in one line. */
export function describeSpecies({ id, parent, originTick, endTick, fate, mergedInto, count, peak }: SpeciesText): string {
  const began = parent < 0 ? `since tick ${whole(originTick)}` : `split from ${speciesName(parent)} at tick ${whole(originTick)}`;
  const most = `${whole(peak)} at most`;
  if (fate === 'living') return `${speciesName(id)}: ${began}, ${whole(count)} live, ${most}`;
  const end = fate === 'merged' ? `merged into ${speciesName(mergedInto)}` : 'died out';
  return `${speciesName(id)}: ${began}, ${end} at tick ${whole(endTick ?? 0)}, ${most}`;
}
