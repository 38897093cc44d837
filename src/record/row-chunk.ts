/** Rows of the record come in chunks of this many (a power of two), so that growing copies nothing. */
export const chunkBits = 14;
export const chunkRows = 1 << chunkBits;
export const chunkMask = chunkRows - 1;

/** Bits of the column `flags`. */
export const flag = {
  /** The row is in use. */
  kept: 1,
  living: 2,
  /** The living, the dead of the last tick and those in a bank of the dead hold themselves; the others are held by their descendants. */
  held: 4,
  fossil: 8,
  /** Dead, and in the bank of its population. */
  banked: 16,
} as const;

/**
 * Columns over individuals, aligned by row. Row r of the record is row `r & chunkMask` of chunk `r >> chunkBits`; one
 * look-up of a chunk is enough for all columns, and each column is an array of one type wherever it is read.
 */
export class RowChunk {
  readonly id = new Float64Array(chunkRows);
  /** Id of the second parent, -1 for none; it stays when the link is cut. */
  readonly second = new Float64Array(chunkRows);
  /** Share of the loci that comes from the first parent. */
  readonly share = new Float64Array(chunkRows);
  readonly founder = new Float64Array(chunkRows);
  /** Row of the first parent, -1 for a root; of a free row the next free one. */
  readonly firstRow = new Int32Array(chunkRows);
  /** Row of the second parent, -1 if there is none or the link is cut. */
  readonly secondRow = new Int32Array(chunkRows);
  readonly birthTick = new Int32Array(chunkRows);
  /** Start of the line that the row represents: its own birth, or that of the earliest ancestor joined to it. */
  readonly lineTick = new Int32Array(chunkRows);
  /** Meaningless while it lives. */
  readonly deathTick = new Int32Array(chunkRows);
  readonly generation = new Uint32Array(chunkRows);
  readonly species = new Int32Array(chunkRows);
  /** Births given as first parent in its life. */
  readonly offspring = new Uint32Array(chunkRows);
  /** References to this row: kept children and recipients, fossils, itself while it is held. */
  readonly references = new Uint32Array(chunkRows);
  /** Place of its genome in the pool. */
  readonly genomeAt = new Int32Array(chunkRows);
  /** Place of the last transfer that it received in the pool, -1 for none. */
  readonly transfersAt = new Int32Array(chunkRows);
  /** Place in the ledgers, -1 if it neither lives nor is in a bank. */
  readonly ledger = new Int32Array(chunkRows);
  readonly x = new Float32Array(chunkRows);
  readonly y = new Float32Array(chunkRows);
  readonly cause = new Uint8Array(chunkRows);
  readonly population = new Uint8Array(chunkRows);
  readonly flags = new Uint8Array(chunkRows);

  /** Bytes of all columns. */
  get bytes(): number {
    let bytes = 0;
    for (const column of Object.values(this) as ArrayBufferView[]) bytes += column.byteLength;
    return bytes;
  }
}
