import { type Arena, type Block, fillUnwritten, type Resize } from '../kernel/memory.ts';

export type ColumnType = 'f32' | 'f64' | 'i32' | 'u32';

/** A column of a table. @public */
export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** Values a row; the default is 1. */
  readonly width?: number;
  /**
   * state: kept in snapshots and hashes. shown: moves with its row so that it can be looked at between ticks, and is
   * derived from state or from the last tick. scratch: written before it is read within one tick, stale after it.
   */
  readonly kind: 'state' | 'shown' | 'scratch';
}

/** A column that a mechanism adds for as long as it is on. @experimental */
export interface OwnColumnSpec extends ColumnSpec {
  /** What the column holds in rows where it is new: zeros, or a copy of the expressed genome (of the genome's width). */
  readonly start: 'zero' | 'genome';
}

/** A state column as laid out in snapshots. */
export interface StateColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly width: number;
  readonly rowBytes: number;
}

/** How a spec is laid out. */
export function layColumn<S extends ColumnSpec>(spec: S): S & StateColumn {
  const width = spec.width ?? 1;
  return { ...spec, width, rowBytes: bytesOf[spec.type] * width };
}

/** Most columns that mechanisms may add at one time. */
const mostOwn = 64;

interface Column extends ColumnSpec {
  readonly width: number;
  readonly rowBytes: number;
  readonly block: Block;
}

const bytesOf: Record<ColumnType, number> = { f32: 4, f64: 8, i32: 4, u32: 4 };

/** Kernels process four rows at once and may read one group past the last row, so columns hold whole groups and one more. */
const groups = (rows: number) => ((rows + 3) & ~3) + 4;

/**
 * Columns over organisms: row i of every column belongs to the same organism. Rows 0..count-1 are alive; removal moves
 * the last row into the hole. Views and pointers are valid until the next `reserve`.
 * @public
 */
export class Table {
  private rows = 0;
  private room: number;
  private readonly columns = new Map<string, Column>();
  private readonly fixed: readonly Column[];
  private own: readonly (Column & OwnColumnSpec)[] = [];
  /** Blocks of columns that are gone, for reuse: an arena never frees blocks. */
  private readonly parked = new Map<string, Block>();
  private stateColumns: Column[];
  private movingColumns: Column[];
  private readonly descriptors: Block;
  private readonly rowBuffer: Block;

  constructor(
    readonly arena: Arena,
    readonly name: string,
    specs: readonly ColumnSpec[],
    capacity = 64,
  ) {
    this.room = groups(Math.max(4, capacity));
    for (const spec of specs) {
      if (this.columns.has(spec.name)) throw new Error(`table ${name}: column '${spec.name}' is listed twice`);
      const laid = layColumn(spec);
      const block = arena.allocate(`${name}.${spec.name}`, laid.rowBytes * this.room, 'unwritten');
      this.columns.set(spec.name, { ...laid, block });
    }
    this.fixed = [...this.columns.values()];
    this.stateColumns = this.fixed.filter((column) => column.kind === 'state');
    this.movingColumns = this.fixed.filter((column) => column.kind !== 'scratch');
    this.descriptors = arena.allocate(`${name} descriptors`, 8 * (this.movingColumns.length + mostOwn));
    this.rowBuffer = arena.allocate(`${name} row buffer`, this.movingBytes(), 'unwritten');
    arena.onLayout(() => this.describe());
    this.describe();
  }

  /** State columns that are always present; those of mechanisms come after them. */
  get fixedState(): readonly StateColumn[] {
    return this.fixed.filter((column) => column.kind === 'state');
  }

  /** Columns that mechanisms have added. */
  get ownColumns(): readonly (StateColumn & OwnColumnSpec)[] {
    return this.own;
  }

  /**
   * From now on the table has these columns besides its fixed ones, in this order, and no others. Columns that it had keep
   * their contents, new ones hold zeros. Detaches views when a column is new. Returns the names of new columns.
   * @throws {Error} if a name is that of a fixed column, or the shape of an existing column differs.
   */
  setOwn(specs: readonly OwnColumnSpec[]): readonly string[] {
    if (specs.length > mostOwn) throw new Error(`table ${this.name}: more than ${mostOwn} columns of mechanisms`);
    const had = new Map(this.own.map((column) => [column.name, column]));
    const made: string[] = [];
    for (const { name, block } of this.own) {
      if (specs.some((spec) => spec.name === name)) continue;
      this.parked.set(name, block);
      this.columns.delete(name);
    }
    this.own = specs.map((spec) => {
      const laid = layColumn(spec);
      const former = had.get(spec.name);
      if (former) {
        if (former.type === laid.type && former.width === laid.width) return former;
        throw new Error(`table ${this.name}: column '${spec.name}' exists with another shape`);
      }
      if (this.columns.has(spec.name)) throw new Error(`table ${this.name}: column '${spec.name}' is listed twice`);
      const column = { ...laid, block: this.blockFor(spec.name, laid.rowBytes * this.room) };
      this.columns.set(spec.name, column);
      made.push(spec.name);
      return column;
    });
    const all = [...this.fixed, ...this.own];
    this.stateColumns = all.filter((column) => column.kind === 'state');
    this.movingColumns = all.filter((column) => column.kind !== 'scratch');
    const bytes = this.movingBytes();
    if (bytes > this.rowBuffer.bytes) this.arena.resize([{ block: this.rowBuffer, bytes, liveBytes: 0 }]);
    // A parked block holds old contents.
    for (const name of made) this.bytes(name).fill(0);
    this.describe();
    return made;
  }

  private blockFor(name: string, bytes: number): Block {
    const block = this.parked.get(name);
    if (!block) return this.arena.allocate(`${this.name}.${name}`, bytes, 'unwritten');
    this.parked.delete(name);
    if (block.bytes < bytes) this.arena.resize([{ block, bytes, liveBytes: 0 }]);
    return block;
  }

  private movingBytes(): number {
    return this.movingColumns.reduce((sum, column) => sum + column.rowBytes, 0);
  }

  /** Living rows. */
  get count(): number {
    return this.rows;
  }

  /** Rows for which there is room without growing. */
  get capacity(): number {
    return this.room;
  }

  /** Names and shapes of the columns that are state, in their fixed order. */
  get state(): readonly StateColumn[] {
    return this.stateColumns;
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** Values a row of a column. */
  stride(name: string): number {
    return this.column(name).width;
  }

  /** Bytes a row of a column. */
  rowBytes(name: string): number {
    return this.column(name).rowBytes;
  }

  /** Address of a column, or 0 when the table has none of that name: kernels read 0 as "not there". */
  pointer(name: string): number {
    return this.columns.get(name)?.block.pointer ?? 0;
  }

  f32(name: string): Float32Array {
    return this.column(name).block.f32();
  }
  f64(name: string): Float64Array {
    return this.column(name).block.f64();
  }
  i32(name: string): Int32Array {
    return this.column(name).block.i32();
  }
  u32(name: string): Uint32Array {
    return this.column(name).block.u32();
  }

  /** Bytes of a column's first `rows` rows. */
  bytes(name: string, rows = this.rows): Uint8Array {
    const column = this.column(name);
    return column.block.u8().subarray(0, rows * column.rowBytes);
  }

  /**
   * For tests (`fillUnwrittenBytes`): spoils what must be written in the coming tick before it is read: scratch columns, and the
   * rows behind the living.
   */
  spoilUnwritten(): void {
    for (const { kind, rowBytes, block } of this.columns.values()) {
      fillUnwritten(block.u8().subarray(kind === 'scratch' ? 0 : this.rows * rowBytes));
    }
    fillUnwritten(this.rowBuffer.u8());
  }

  /** Makes room for `rows` rows in all; detaches views when it grows. The result never depends on the capacity. */
  reserve(rows: number): void {
    if (groups(rows) <= this.room) return;
    // A quarter more keeps copies rare and the unused rest small: genomes take most of the memory.
    const room = groups(Math.max(rows, Math.ceil(this.room * 1.25)));
    const changes: Resize[] = [];
    for (const column of this.columns.values()) {
      changes.push({ block: column.block, bytes: room * column.rowBytes, liveBytes: this.rows * column.rowBytes });
    }
    this.arena.resize(changes);
    this.room = room;
  }

  /**
   * Adds rows at the end, filled with zeros except in scratch; returns the first. Room must have been reserved.
   * @param written columns that the caller writes whole, padding included, before anything reads them: they are not cleared
   */
  append(rows: number, written: readonly string[] = []): number {
    if (groups(this.rows + rows) > this.room) throw new Error(`table ${this.name}: ${rows} rows appended without room`);
    const first = this.rows;
    this.rows += rows;
    // The bytes of a removed row are still there, padding included; in a world restored from a snapshot they would differ.
    for (const { name, block, rowBytes } of this.movingColumns) {
      if (!written.includes(name)) block.u8().fill(0, first * rowBytes, this.rows * rowBytes);
    }
    return first;
  }

  /** Removes the rows given in ascending order by a list of u32 in memory: the last rows move into the holes. */
  remove(list: number, removed: number): void {
    if (removed === 0) return;
    this.arena.kernel.compactRows(this.rows, this.descriptors.pointer, this.movingColumns.length, list, removed);
    this.rows -= removed;
  }

  /** Puts the rows into another order: new row i is old row `order[i]` (u32 in memory), which becomes the identity. */
  permute(order: number): void {
    const { kernel } = this.arena;
    kernel.permuteRows(this.rows, this.descriptors.pointer, this.movingColumns.length, order, this.rowBuffer.pointer);
  }

  /** Sets the number of living rows before their state is filled in (restore); reserves room. */
  resetTo(rows: number): void {
    this.rows = 0;
    this.reserve(rows);
    this.rows = rows;
  }

  private column(name: string): Column {
    const column = this.columns.get(name);
    if (!column) throw new Error(`table ${this.name} has no column '${name}'`);
    return column;
  }

  private describe(): void {
    if (!this.descriptors) return;
    const words = this.descriptors.u32();
    this.movingColumns.forEach((column, i) => {
      words[2 * i] = column.block.pointer;
      words[2 * i + 1] = column.rowBytes;
    });
  }
}
