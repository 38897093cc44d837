/** A rooted forest in time. Node i hangs on `parent[i]`, which is smaller than i, or -1 for a root. */
export interface Tree {
  readonly count: number;
  readonly parent: Int32Array;
  /** When the node's line began (birth, origin), ticks; never before its parent's. */
  readonly origin: Float64Array;
  /** When it ended, or +Infinity for what still lives. */
  readonly end: Float64Array;
  /** What stands for it in files: organism or species number. */
  readonly id: Float64Array;
}
