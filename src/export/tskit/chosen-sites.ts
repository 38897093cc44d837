import type { History } from '../history.ts';

/** The loci that are sites, in the order of their positions. */
export interface ChosenSites {
  readonly positions: Uint32Array;
  /** Place of a locus among the sites; -1 for the others. */
  readonly siteAt: Int32Array;
  /** Metadata of each site: names of the locus and its segment, where they are known. */
  readonly metadata: readonly string[];
}

/** Names of loci and segments that `--sites` can name. */
export function siteNames({ populations }: History): readonly string[] {
  return [...new Set(populations.flatMap(({ names = [] }) => names.flatMap(({ segment, name }) => [segment, name])))];
}

/**
 * Sites of a history: a locus is one if its changes are known, and its name or that of its segment was chosen in one of the populations.
 * @param length of the genome, loci
 * @param wanted names of loci and segments; undefined: all loci
 */
export function chooseSites(
  { populations, changes }: History,
  length: number,
  wanted: readonly string[] | undefined,
): ChosenSites {
  const known = Array.from({ length }, (_, l) => populations.flatMap(({ names }) => names?.[l] ?? []));
  const positions = Uint32Array.from(
    known.flatMap((names, l) => {
      const chosen = !wanted || names.some(({ segment, name }) => wanted.includes(segment) || wanted.includes(name));
      return changes && chosen ? [l] : [];
    }),
  );
  const siteAt = new Int32Array(length).fill(-1);
  for (const [site, position] of positions.entries()) siteAt[position] = site;
  const metadata = Array.from(positions, (position) => {
    const [first] = known[position];
    return JSON.stringify(first ? { locus: first.name, segment: first.segment } : {});
  });
  return { positions, siteAt, metadata };
}
