/** Descent besides the parents in a tree of lines: each row is a line that receives something from another one. */
export interface Reticulations {
  readonly count: number;
  /** Nodes of the tree: the receiving line, and the giving line. */
  readonly line: Int32Array;
  readonly from: Int32Array;
  readonly tick: Float64Array;
  /** Index into `reticulationKinds`. */
  readonly kind: Uint8Array;
}

/**
 * birth: the line has a second parent, at its origin; transfer: it received genes within its life; merge: the other line ended
 * in it.
 */
export const reticulationKinds = ['birth', 'transfer', 'merge'] as const;
