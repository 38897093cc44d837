/** A rooted forest in time. The parent of node i is `parent[i]`, which is smaller than i, or -1 for a root. @experimental */
export interface Tree {
  readonly count: number;
  readonly parent: Int32Array;
  /** Start of the node's line (birth, origin), ticks; never before its parent's. */
  readonly origin: Float64Array;
  /** Its end, or +Infinity for what still lives. */
  readonly end: Float64Array;
  /** Its number in files: organism or species number. */
  readonly id: Float64Array;
}
