import type { Tree } from '../../analysis/tree/tree.ts';

/** A part of a history as a tree of lines, ready for the writers. */
export interface DrawnHistory {
  readonly tree: Tree;
  /** Row in the history's columns of every node. */
  readonly row: Int32Array;
  /** Lines with a tip of their own (`TreeOptions.tips`); undefined for all. */
  readonly tips: Uint8Array | undefined;
  /** Label of a node, unique among organisms and species: a letter and the id, so that no reader takes it for a number. */
  readonly label: (node: number) => string;
}
