/** Children of every node as chains: the first child of a node, and the next child of the same parent; -1 where there is none. */
export interface ChildChains {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

/** The chains of a forest, children ascending. O(n). @param parent smaller than the node itself, -1 for roots */
export function childChains({ count, parent }: { readonly count: number; readonly parent: Int32Array }): ChildChains {
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  for (let i = count - 1; i >= 0; i--) {
    if (parent[i] < 0) continue;
    next[i] = first[parent[i]];
    first[parent[i]] = i;
  }
  return { first, next };
}
