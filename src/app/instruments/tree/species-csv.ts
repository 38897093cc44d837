import type { Phylogeny } from '../../../worker/report-phylogeny.ts';

/** The species of a run, a row each; empty where there is nothing. */
export function speciesCsv({ species }: Phylogeny, populations: readonly string[]): string {
  const rows = species.map(({ id, population, parent, originTick, endTick, fate, mergedInto, representative, count, peak }) =>
    [
      id,
      populations[population],
      parent < 0 ? '' : parent,
      originTick,
      endTick ?? '',
      fate,
      mergedInto < 0 ? '' : mergedInto,
      representative,
      count,
      peak,
    ].join(','),
  );
  const head = 'species,population,parent,origin_tick,end_tick,fate,merged_into,representative,count,peak';
  return `${[head, ...rows].join('\n')}\n`;
}

/** Numbers of living members of each species in the samples, a row each. */
export function countsCsv({ looks }: Phylogeny, populations: readonly string[]): string {
  const rows = looks.flatMap(({ tick, population, species, counts }) =>
    species.map((id, i) => [tick, populations[population], id, counts[i]].join(',')),
  );
  return `${['tick,population,species,count', ...rows].join('\n')}\n`;
}
