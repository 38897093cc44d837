import type { Tree } from './tree.ts';

/** Individuals in the order of birth; a parent's row is smaller than its child's. @experimental */
export interface DescentColumns {
  readonly count: number;
  readonly id: Float64Array;
  /** Row of the first parent, -1 for none. */
  readonly firstParent: Int32Array;
  readonly birthTick: Float64Array;
  /** NaN while it lives. */
  readonly deathTick: Float64Array;
}

/** The lines of descent of a sample. @experimental */
export interface Genealogy {
  readonly tree: Tree;
  /** Row in the columns of every node. */
  readonly row: Int32Array;
  /** 1 for nodes that belong to the sample, otherwise 0. */
  readonly sampled: Uint8Array;
}

/** What a genealogy leaves out. @experimental */
export interface GenealogyOptions {
  /**
   * Joins every line of single children, except sampled ones, into one node: its line runs from the origin of the uppermost
   * to the end of the lowest, which represents it. Default false.
   */
  readonly collapse?: boolean;
  /** Drops what is above the most recent common ancestor (in a forest, of each tree separately). Default false. */
  readonly cut?: boolean;
}

/**
 * The genealogy of a sample along first parents: the sampled rows and all their ancestors, a forest if they have several
 * founders. A repeated row counts once. O(rows). Throws RangeError for a row that is not in the columns.
 * @experimental
 */
export function genealogyOf(columns: DescentColumns, sample: ArrayLike<number>, options: GenealogyOptions = {}): Genealogy {
  const { count, firstParent } = columns;
  // 1: an ancestor, 3: sampled.
  const mark = new Uint8Array(count);
  for (let k = 0; k < sample.length; k++) {
    const row = sample[k];
    if (!(row >= 0 && row < count && Number.isInteger(row))) {
      throw new RangeError(`genealogyOf: row ${row} of the sample is not in [0, ${count - 1}]`);
    }
    for (let up = row; up >= 0 && mark[up] === 0; up = firstParent[up]) mark[up] = 1;
    mark[row] = 3;
  }
  const below = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const up = firstParent[row];
    if (up >= row) throw new RangeError(`genealogyOf: first parent of row ${row} is row ${up}, which is not before it`);
    if (mark[row] && up >= 0) below[up]++;
  }
  // The node of a marked row that has one marked child and is not sampled itself.
  const [joined, cutAway] = [1, 2];
  const fate = new Uint8Array(count);
  /** The node that becomes the parent of a row's children. */
  const node = new Int32Array(count).fill(-1);
  const origin = new Float64Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) {
    if (mark[row] === 0) continue;
    const up = firstParent[row];
    if (mark[row] === 1 && below[row] === 1) {
      if (options.cut && (up < 0 || fate[up] === cutAway)) fate[row] = cutAway;
      else if (options.collapse) fate[row] = joined;
    }
    origin[row] = up >= 0 && fate[up] === joined ? origin[up] : columns.birthTick[row];
    if (fate[row] === 0) node[row] = kept++;
    else if (up >= 0) node[row] = node[up];
  }

  const rows = new Int32Array(kept);
  for (let row = 0, next = 0; row < count; row++) if (mark[row] > 0 && fate[row] === 0) rows[next++] = row;
  return {
    tree: {
      count: kept,
      parent: Int32Array.from(rows, (row) => (firstParent[row] < 0 ? -1 : node[firstParent[row]])),
      origin: Float64Array.from(rows, (row) => origin[row]),
      end: Float64Array.from(rows, (row) =>
        columns.deathTick[row] !== columns.deathTick[row] ? Infinity : columns.deathTick[row],
      ),
      id: Float64Array.from(rows, (row) => columns.id[row]),
    },
    row: rows,
    sampled: Uint8Array.from(rows, (row) => mark[row] >> 1),
  };
}
