import { stratify } from 'd3-hierarchy';
import type { SpeciesText } from '../../../worker/report-phylogeny.ts';

/** A species in the tree: a line in its row, from its origin to its end. */
export interface TreeRow {
  readonly species: SpeciesText;
  /** From 0 at the top. */
  readonly row: number;
  /** 0 for a first species. */
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  /** Row of the species that it split from, or -1. */
  readonly parentRow: number;
  /** Row of the species that it merged into, or -1. */
  readonly mergedRow: number;
}

const root = 'root';

/**
 * Lays species out in rows, each above its descendants; of two children the later one lies nearer to the parent, so that no
 * line from a parent to a child crosses another species' line.
 * @param species parents before children; a species without its parent among them becomes a first species
 * @param now end of the lines of the living, ticks
 */
export function layTree(species: readonly SpeciesText[], now: number): TreeRow[] {
  if (species.length === 0) return [];
  const ids = new Set(species.map(({ id }) => id));
  const nodes: { key: string; parent: string; species?: SpeciesText }[] = [{ key: root, parent: '' }];
  for (const one of species)
    nodes.push({ key: String(one.id), parent: ids.has(one.parent) ? String(one.parent) : root, species: one });
  const tree = stratify<(typeof nodes)[number]>()
    .id(({ key }) => key)
    .parentId(({ parent }) => parent)(nodes);
  tree.sort((a, b) => (b.data.species?.originTick ?? 0) - (a.data.species?.originTick ?? 0));
  const rows: { species: SpeciesText; depth: number }[] = [];
  tree.eachBefore(({ data, depth }) => {
    if (data.species) rows.push({ species: data.species, depth: depth - 1 });
  });
  const rowOf = new Map(rows.map(({ species: { id } }, row) => [id, row]));
  return rows.map(({ species: one, depth }, row) => ({
    species: one,
    row,
    depth,
    from: one.originTick,
    to: one.endTick ?? Math.max(now, one.originTick),
    parentRow: rowOf.get(one.parent) ?? -1,
    mergedRow: rowOf.get(one.mergedInto) ?? -1,
  }));
}
