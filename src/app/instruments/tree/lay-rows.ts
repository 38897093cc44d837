// Lays out all species of a population in rows, with clades that can be folded: tens of thousands of them.
import type { SpeciesText } from '../../../worker/report-phylogeny.ts';

/** Rows of the whole tree, from the top; columns are aligned with them. */
export interface TreeRows {
  readonly count: number;
  readonly species: readonly SpeciesText[];
  /** 0 for a first species. */
  readonly depth: Int32Array;
  /** Ticks; a folded clade ends with the last of it. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** -1 for a first species. */
  readonly parentRow: Int32Array;
  /** Last row of the clade, which lies in one piece. */
  readonly lastRow: Int32Array;
  /** Species that are folded into the row, besides its own. */
  readonly folded: Int32Array;
  /** Row in which each species is, by id: its own, or that of the clade into which it is folded. */
  readonly rowOf: ReadonlyMap<number, number>;
}

/**
 * Rows as `layTree` orders them: each species above its descendants, of two children the later one nearer to the parent, so that no line to a child crosses
 * another species' line. O(n), not recursive.
 * @param species of one population, parents before children; one without its parent among them is a first species
 * @param now end of the lines of the living, ticks
 * @param folds ids of species whose clades are one row
 */
export function layRows(species: readonly SpeciesText[], now: number, folds: { has(id: number): boolean } = new Set()): TreeRows {
  const n = species.length;
  const place = new Map(species.map(({ id }, i) => [id, i]));
  const parent = Int32Array.from(species, (one) => place.get(one.parent) ?? -1);
  const ends = Float64Array.from(species, (one) => one.endTick ?? Math.max(now, one.originTick));
  // Of every clade its species and its end; parents come before children.
  const [size, end] = [new Int32Array(n).fill(1), ends.slice()];
  for (let i = n - 1; i >= 0; i--) {
    if (parent[i] < 0) continue;
    size[parent[i]] += size[i];
    end[parent[i]] = Math.max(end[parent[i]], end[i]);
  }
  // The later of two children comes first.
  const [first, next] = [new Int32Array(n).fill(-1), new Int32Array(n).fill(-1)];
  let firstRoot = -1;
  const order = Int32Array.from(species.keys()).sort((a, b) => species[a].originTick - species[b].originTick || b - a);
  for (let k = 0; k < n; k++) {
    const i = order[k];
    const up = parent[i];
    next[i] = up < 0 ? firstRoot : first[up];
    if (up < 0) firstRoot = i;
    else first[up] = i;
  }
  const rowAt = new Int32Array(n).fill(-1);
  const shown: number[] = [];
  const waiting: number[] = [];
  for (let at = firstRoot; at >= 0; ) {
    rowAt[at] = shown.push(at) - 1;
    if (next[at] >= 0) waiting.push(next[at]);
    at = first[at] >= 0 && !folds.has(species[at].id) ? first[at] : (waiting.pop() ?? -1);
  }
  const count = shown.length;
  const parentRow = Int32Array.from(shown, (i) => (parent[i] < 0 ? -1 : rowAt[parent[i]]));
  const [depth, lastRow] = [new Int32Array(count), Int32Array.from(shown.keys())];
  for (let row = 0; row < count; row++) if (parentRow[row] >= 0) depth[row] = depth[parentRow[row]] + 1;
  for (let row = count - 1; row >= 0; row--) {
    if (parentRow[row] >= 0) lastRow[parentRow[row]] = Math.max(lastRow[parentRow[row]], lastRow[row]);
  }
  for (let i = 0; i < n; i++) if (rowAt[i] < 0) rowAt[i] = rowAt[parent[i]];
  const isFold = (i: number) => folds.has(species[i].id);
  return {
    count,
    species: shown.map((i) => species[i]),
    depth,
    from: Float64Array.from(shown, (i) => species[i].originTick),
    to: Float64Array.from(shown, (i) => (isFold(i) ? end[i] : ends[i])),
    parentRow,
    lastRow,
    folded: Int32Array.from(shown, (i) => (isFold(i) ? size[i] - 1 : 0)),
    rowOf: new Map(species.map(({ id }, i) => [id, rowAt[i]])),
  };
}
