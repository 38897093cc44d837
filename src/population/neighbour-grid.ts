import type { Rows, Values } from '../kernel/arguments.ts';

/** Which organisms of a population share a cell of the plane, as kernels read it; valid until rows are removed at the end of the tick. */
export interface NeighbourGrid {
  /** Cell of every row. */
  readonly cells: Rows<'u32'>;
  /** Rows in the order of cells, and their places, lengths, when the tick began. */
  readonly order: Rows<'u32'>;
  readonly sortedX: Rows<'f32'>;
  readonly sortedY: Rows<'f32'>;
  /** First entry of every cell in that order. */
  readonly starts: Values<never>;
  readonly columns: number;
  readonly lines: number;
  /** Sides of the plane, lengths. */
  readonly width: number;
  readonly height: number;
  readonly torus: boolean;
}
