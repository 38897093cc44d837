import { childrenByOrigin } from './children-by-origin.ts';
import { collapseUnary } from './collapse-unary.ts';
import type { Phylogeny } from './phylogeny.ts';
import type { Tree } from './tree.ts';

/** What budding draws. @experimental */
export interface BuddingOptions {
  /** Tick up to which living lines reach; lines that end later count as living. */
  readonly present: number;
  /**
   * 1 for lines that have their own tip, aligned with the tree's nodes; all by default. In the genealogy of a sample these are
   * the sampled ones (`Genealogy.sampled`): of the others only what leads to the sample is drawn. Childless lines are tips.
   */
  readonly tips?: Uint8Array;
  /** Joins stretches with a single child to that child, so that only branchings and tips are left. Default true. */
  readonly collapse?: boolean;
}

/**
 * The dated phylogeny of a tree of lines (organisms or species that last from origin to end). A child branches off its
 * parent's line at its own origin; the line continues and has its tip at its end, living ones at the present. Children that
 * leave at the same tick make a polytomy. A line lasts at least until its last child has left. So going back in time two
 * lines meet when the ancestor's line is one, which is what coalescence means, not at the ancestor's birth.
 *
 * O(n) if indices follow origins. Throws RangeError if a line begins after the present.
 * @experimental
 */
export function budding(tree: Tree, options: BuddingOptions): Phylogeny {
  const { present, tips } = options;
  const { count, origin, end } = tree;
  if (!Number.isFinite(present)) throw new RangeError(`budding: the present is ${present}, not a tick`);
  const { start, child } = childrenByOrigin(tree);

  let stretches = 0;
  for (let i = 0; i < count; i++) {
    if (!(origin[i] <= present)) {
      throw new RangeError(`budding: line ${tree.id[i]} begins at ${origin[i]}, after the present (${present})`);
    }
    for (let k = start[i]; k < start[i + 1]; k++) if (k === start[i] || origin[child[k]] > origin[child[k - 1]]) stretches++;
    if (hasTip(i)) stretches++;
  }
  function hasTip(i: number): boolean {
    return tips === undefined || tips[i] === 1 || start[i] === start[i + 1];
  }

  const phylogeny = {
    count: stretches,
    parent: new Int32Array(stretches),
    origin: new Float64Array(stretches),
    end: new Float64Array(stretches),
    id: new Float64Array(stretches),
    line: new Int32Array(stretches),
  };
  /** The stretch that ends where line i leaves its parent. */
  const leaves = new Int32Array(count).fill(-1);
  let next = 0;
  for (let i = 0; i < count; i++) {
    let above = leaves[i];
    let from = origin[i];
    const stretch = (to: number) => {
      phylogeny.parent[next] = above;
      phylogeny.origin[next] = from;
      phylogeny.end[next] = to;
      phylogeny.id[next] = tree.id[i];
      phylogeny.line[next] = i;
      from = to;
      above = next++;
    };
    for (let k = start[i]; k < start[i + 1]; k++) {
      const at = origin[child[k]];
      if (k === start[i] || at > from) stretch(at);
      leaves[child[k]] = above;
    }
    if (hasTip(i)) stretch(Math.max(from, Math.min(end[i], present)));
  }
  return options.collapse === false ? phylogeny : collapseUnary(phylogeny);
}
