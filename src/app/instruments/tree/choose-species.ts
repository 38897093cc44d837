import type { SpeciesText } from '../../../worker/report-phylogeny.ts';

/**
 * The species of one population that are drawn: those that are preferred, then those with most members in any sample, and the ancestors of
 * all these, so that every one is attached to another or is a first one.
 * @param species in the order of their ids
 * @param most greatest number drawn, without ancestors
 * @param preferred ids, of whatever population
 * @returns the chosen ones in the order of their ids, and for every species of the population the nearest chosen one on its
 *   path to the root, including itself: small species are counted there
 */
export function chooseSpecies(
  species: readonly SpeciesText[],
  population: number,
  most: number,
  preferred: { has(id: number): boolean } = new Set(),
): { drawn: readonly SpeciesText[]; countedAt: ReadonlyMap<number, number> } {
  const own = species.filter((one) => one.population === population);
  const byId = new Map(own.map((one) => [one.id, one]));
  const chosen = new Set<number>();
  for (const { id } of [...own]
    .sort((a, b) => Number(preferred.has(b.id)) - Number(preferred.has(a.id)) || b.peak - a.peak || a.id - b.id)
    .slice(0, most)) {
    for (let at = byId.get(id); at && !chosen.has(at.id); at = byId.get(at.parent)) chosen.add(at.id);
  }
  const countedAt = new Map<number, number>();
  for (const { id, parent } of own) countedAt.set(id, chosen.has(id) ? id : (countedAt.get(parent) ?? id));
  return { drawn: own.filter(({ id }) => chosen.has(id)), countedAt };
}
