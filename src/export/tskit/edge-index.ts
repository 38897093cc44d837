/** Edges as columns; those of child c are `order[starts[c]]` to `order[starts[c + 1] - 1]`, from left to right. */
export interface EdgeIndex {
  readonly count: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly parent: Uint32Array;
  readonly child: Uint32Array;
  starts: Uint32Array;
  order: Uint32Array;
}

/** Sorts the edges of each child; returns an edge that overlaps another edge of its child, if any. */
export function disjointEdges(edges: EdgeIndex, nodes: number): number | undefined {
  const { count, left, right, child } = edges;
  const starts = new Uint32Array(nodes + 1);
  for (let e = 0; e < count; e++) starts[child[e] + 1]++;
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let e = 0; e < count; e++) order[next[child[e]]++] = e;
  edges.starts = starts;
  edges.order = order;
  for (let node = 0; node < nodes; node++) {
    let inOrder = true;
    for (let k = starts[node] + 1; k < starts[node + 1]; k++) inOrder &&= right[order[k - 1]] <= left[order[k]];
    if (inOrder) continue;
    const own = order.subarray(starts[node], starts[node + 1]);
    own.sort((a, b) => left[a] - left[b] || a - b);
    for (let k = 1; k < own.length; k++) if (left[own[k]] < right[own[k - 1]]) return own[k];
  }
  return undefined;
}

/** Node from which a child inherits a position; -1 where the source is missing. */
export function parentAt({ starts, order, left, right, parent }: EdgeIndex, child: number, position: number): number {
  for (let k = starts[child]; k < starts[child + 1]; k++) {
    if (left[order[k]] <= position && position < right[order[k]]) return parent[order[k]];
  }
  return -1;
}
