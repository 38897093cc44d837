import type { SpeciesText } from '../../worker/report-phylogeny.ts';
import { whole } from './words.ts';

/** Names of the species that have one, by id. */
export type SpeciesNames = ReadonlyMap<number, string>;

/** The number of a species, the same in exports and on the page. */
export const speciesNumber = (id: number): string => `S${id}`;

/** The name of a species if it lasts, otherwise its number. */
export const speciesName = (id: number, names: SpeciesNames): string => names.get(id) ?? speciesNumber(id);

/** All data of a species in one line. */
export function describeSpecies(
  { id, parent, originTick, endTick, fate, mergedInto, count, peak }: SpeciesText,
  names: SpeciesNames,
): string {
  const own = names.has(id) ? `${names.get(id)} (${speciesNumber(id)})` : speciesNumber(id);
  const began =
    parent < 0 ? `since tick ${whole(originTick)}` : `split from ${speciesName(parent, names)} at tick ${whole(originTick)}`;
  const most = `${whole(peak)} at most`;
  if (fate === 'living') return `${own}: ${began}, ${whole(count)} live, ${most}`;
  const end = fate === 'merged' ? `merged into ${speciesName(mergedInto, names)}` : 'died out';
  return `${own}: ${began}, ${end} at tick ${whole(endTick ?? 0)}, ${most}`;
}
