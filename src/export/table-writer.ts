import type { Packable } from '../record/pack.ts';
import type { Cell, ExportTable } from './export-table.ts';
import { RowBuffer } from './row-buffer.ts';
import type { TableEncoder } from './table-encoder.ts';

/** When a row group is closed: at this many rows, or earlier when its lists hold this many numbers (genomes make rows wide). */
export interface RowGroupLimits {
  readonly rows: number;
  readonly items: number;
}

/** Large enough to compress well, small enough to keep memory flat. */
export const rowGroupLimits: RowGroupLimits = { rows: 16_384, items: 200_000 };

/**
 * Takes rows one by one and encodes them one row group at a time. Where row groups end depends on the rows alone, not on when a
 * state was saved: a continued file is the same byte for byte.
 * @public
 */
export class TableWriter {
  readonly table: ExportTable;
  /** Rows appended so far. */
  rowCount = 0;
  private readonly rows: RowBuffer;
  private readonly encoders: readonly TableEncoder[];
  private readonly limits: RowGroupLimits;

  constructor(table: ExportTable, encoders: readonly TableEncoder[], limits = rowGroupLimits) {
    this.table = table;
    this.rows = new RowBuffer(table);
    this.encoders = encoders;
    this.limits = limits;
  }

  append(row: readonly Cell[]): void {
    this.rows.append(row);
    this.added();
  }

  /** Begins a row and returns where its values are written, one a column, without an array for the row; `endRow` ends it. */
  beginRow(): RowBuffer {
    this.rows.begin();
    return this.rows;
  }

  /** @throws {Error} if the row has not a value for each column */
  endRow(): void {
    this.rows.end();
    this.added();
  }

  private added(): void {
    this.rowCount++;
    if (this.rows.count >= this.limits.rows || this.rows.itemCount >= this.limits.items) this.flush();
  }

  /** @param metadata as `TableEncoder.finish` */
  finish(metadata?: Readonly<Record<string, string>>): void {
    this.flush();
    for (const encoder of this.encoders) encoder.finish(metadata);
  }

  state(): Packable {
    return { rowCount: this.rowCount, rows: this.rows.state(), encoders: this.encoders.map((encoder) => encoder.state()) };
  }

  restore(state: Packable): void {
    const saved = state as { rowCount: number; rows: Packable; encoders: Packable[] };
    if (saved.encoders.length !== this.encoders.length) throw new Error(`table ${this.table.name}: saved with other formats`);
    this.rowCount = saved.rowCount;
    this.rows.restore(saved.rows);
    for (const [i, encoder] of this.encoders.entries()) encoder.restore(saved.encoders[i]);
  }

  private flush(): void {
    if (this.rows.count === 0) return;
    this.rows.dropUnfinished();
    for (const encoder of this.encoders) encoder.write(this.rows);
    this.rows.clear();
  }
}
