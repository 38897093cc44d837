import { childCounts } from './children.ts';
import type { Phylogeny } from './phylogeny.ts';

/** A phylogeny without nodes of a single child: each is joined to that child, which represents both. O(n). */
export function collapseUnary(phylogeny: Phylogeny): Phylogeny {
  const { count, parent, origin } = phylogeny;
  const counts = childCounts(phylogeny);
  const place = new Int32Array(count);
  const began = new Float64Array(count);
  const row = new Int32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const up = parent[i];
    const continues = up >= 0 && counts[up] === 1;
    began[i] = continues ? began[up] : origin[i];
    // A joined node passes its parent on.
    if (counts[i] === 1) place[i] = up >= 0 ? place[up] : -1;
    else row[(place[i] = kept++)] = i;
  }
  if (kept === count) return phylogeny;
  const rows = row.subarray(0, kept);
  return {
    count: kept,
    parent: Int32Array.from(rows, (i) => (parent[i] < 0 ? -1 : place[parent[i]])),
    origin: Float64Array.from(rows, (i) => began[i]),
    end: Float64Array.from(rows, (i) => phylogeny.end[i]),
    id: Float64Array.from(rows, (i) => phylogeny.id[i]),
    line: Int32Array.from(rows, (i) => phylogeny.line[i]),
  };
}
