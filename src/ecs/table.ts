// Tables of organisms: columns in the memory of the kernel, which are state, shown, or scratch.

import { bytesOf, type Rows } from '../kernel/arguments.ts';
import { type Arena, type Block, fillUnwritten, type Resize } from '../kernel/memory.ts';

export type ColumnType = 'f32' | 'f64' | 'i32' | 'u32';

/** Views by type. */
interface Views {
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
}

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
  /** Whether copies of organisms are written whole, padding included, by what copies them: rows for copies are then not cleared first. */
  readonly copied?: boolean;
}

/** A column that a mechanism adds for as long as it is on. @experimental */
export interface OwnColumnSpec extends ColumnSpec {
  /** What the column holds in rows where it is new: zeros, or a copy of the expressed genome (of the genome's width). */
  readonly start: 'zero' | 'genome';
}

/** A column's name and type as its owner declares them, which give access to it in every table that has it. @public */
export interface Declaration<T extends ColumnType = ColumnType> {
  readonly name: string;
  readonly type: T;
}

const floats = new Map<string, Declaration<'f32'>>();

/** A column of f32 whose name is known only when the program runs, such as that of a trait. The same object for the same name. */
export function floatsNamed(name: string): Declaration<'f32'> {
  let declaration = floats.get(name);
  if (!declaration) {
    declaration = { name, type: 'f32' };
    floats.set(name, declaration);
  }
  return declaration;
}

/** Names and types of columns, from a list of declarations that is `as const`. */
export type ColumnsOf<S extends readonly ColumnSpec[]> = { readonly [C in S[number] as C['name']]: C['type'] };

/** Names and types that the compiler does not know. */
// biome-ignore lint/suspicious/noExplicitAny: every name is one of a column, of any type
export type AnyColumns = Readonly<Record<string, any>>;

/** Names of the columns of a type. */
export type NamesOf<C, T extends ColumnType> = string & { [N in keyof C]-?: C[N] extends T | undefined ? N : never }[keyof C];

/** A column of a table, for kernels and for views. It stays the same when the table grows; its address and its views do not. @public */
export interface Column<T extends ColumnType = ColumnType> extends ColumnSpec, Rows<T> {
  readonly type: T;
  readonly width: number;
  /** Its values: those of row i from place i * width on. Valid until the next `reserve`. */
  readonly values: Views[T];
}

/** Whether a column holds values of a type. */
export const isOf = <T extends ColumnType>(column: Column, type: T): column is Column<T> => column.type === type;

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

class TableColumn<T extends ColumnType = ColumnType> implements Column<T> {
  readonly name: string;
  readonly type: T;
  readonly kind: ColumnSpec['kind'];
  readonly width: number;
  readonly rowBytes: number;
  readonly copied: boolean;
  // Where its block is, written at every change of the layout: the kernels of a tick read several hundred addresses.
  pointer = 0;
  bytes = 0;
  private view: Views[T] | undefined = undefined;

  constructor(
    spec: ColumnSpec & StateColumn,
    readonly block: Block,
    readonly start: OwnColumnSpec['start'] = 'zero',
  ) {
    this.name = spec.name;
    this.type = spec.type as T;
    this.kind = spec.kind;
    this.width = spec.width;
    this.rowBytes = spec.rowBytes;
    this.copied = spec.copied === true;
    this.locate();
  }

  /** After a change of the memory's layout. */
  locate(): void {
    this.pointer = this.block.pointer;
    this.bytes = this.block.bytes;
    this.view = undefined;
  }

  get values(): Views[T] {
    this.view ??= this.block[this.type]() as Views[T];
    return this.view;
  }
}

/** Writes address and bytes a row of each column, for kernels. */
function describeIn(descriptors: Block, columns: readonly TableColumn[]): void {
  const words = descriptors.u32();
  columns.forEach(({ pointer, rowBytes }, i) => {
    words[2 * i] = pointer;
    words[2 * i + 1] = rowBytes;
  });
}

/** Kernels process four rows at once and may read one group past the last row, so columns hold whole groups and one more. */
const groups = (rows: number) => ((rows + 3) & ~3) + 4;

/**
 * Columns over organisms, whose names and types are `C`: row i of every column belongs to the same organism. Rows 0..count-1 are alive; removal moves
 * the last row into the hole. Views and pointers are valid until the next `reserve`.
 * @public
 */
export class Table<C = AnyColumns> {
  private rows = 0;
  private room: number;
  private readonly all = new Map<string, TableColumn>();
  private readonly named: Record<string, TableColumn> = Object.create(null);
  /** Its columns by name, as kernels take them, without those that may be missing, which `find` finds. */
  readonly columns = this.named as unknown as {
    readonly [N in keyof C as undefined extends C[N] ? (0 extends 1 & C[N] ? N : never) : N]: Column<
      NonNullable<C[N]> & ColumnType
    >;
  };
  private readonly fixed: readonly TableColumn[];
  private own: readonly TableColumn[] = [];
  /** Blocks of columns that are gone, for reuse: an arena never frees blocks. */
  private readonly parked = new Map<string, Block>();
  private stateColumns: TableColumn[];
  private movingColumns: TableColumn[];
  /** Address and bytes a row of each moving column, for kernels. */
  private readonly descriptors: Block;
  /** The same of those that are cleared where rows are added for copies. */
  private readonly clearedDescriptors: Block;
  private clearedColumns: TableColumn[];
  private readonly rowBuffer: Block;

  constructor(
    readonly arena: Arena,
    readonly name: string,
    specs: readonly ColumnSpec[],
    capacity = 64,
  ) {
    this.room = groups(Math.max(4, capacity));
    this.fixed = specs.map((spec) => {
      if (this.all.has(spec.name)) throw new Error(`table ${name}: column '${spec.name}' is listed twice`);
      const laid = layColumn(spec);
      const block = arena.allocate(`${name}.${spec.name}`, laid.rowBytes * this.room, 'unwritten');
      const column = new TableColumn(laid, block);
      this.keep(column);
      return column;
    });
    this.stateColumns = this.fixed.filter((column) => column.kind === 'state');
    this.movingColumns = this.fixed.filter((column) => column.kind !== 'scratch');
    this.clearedColumns = this.movingColumns.filter(({ copied }) => !copied);
    this.descriptors = arena.allocate(`${name} descriptors`, 8 * (this.movingColumns.length + mostOwn));
    this.clearedDescriptors = arena.allocate(`${name} cleared descriptors`, 8 * (this.clearedColumns.length + mostOwn));
    this.rowBuffer = arena.allocate(`${name} row buffer`, this.movingBytes(), 'unwritten');
    arena.onLayout(() => this.describe());
    this.describe();
  }

  /** State columns that are always present; those of mechanisms come after them. */
  get fixedState(): readonly Column[] {
    return this.fixed.filter((column) => column.kind === 'state');
  }

  /** Columns that mechanisms have added. */
  get ownColumns(): readonly (Column & OwnColumnSpec)[] {
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
      this.all.delete(name);
      delete this.named[name];
    }
    this.own = specs.map((spec) => {
      const laid = layColumn(spec);
      const former = had.get(spec.name);
      if (former) {
        if (former.type === laid.type && former.width === laid.width) return former;
        throw new Error(`table ${this.name}: column '${spec.name}' exists with another shape`);
      }
      if (this.all.has(spec.name)) throw new Error(`table ${this.name}: column '${spec.name}' is listed twice`);
      const column = new TableColumn(laid, this.blockFor(spec.name, laid.rowBytes * this.room), spec.start);
      this.keep(column);
      made.push(spec.name);
      return column;
    });
    const present = [...this.fixed, ...this.own];
    this.stateColumns = present.filter((column) => column.kind === 'state');
    this.movingColumns = present.filter((column) => column.kind !== 'scratch');
    this.clearedColumns = this.movingColumns.filter(({ copied }) => !copied);
    const bytes = this.movingBytes();
    if (bytes > this.rowBuffer.bytes) this.arena.resize([{ block: this.rowBuffer, bytes, liveBytes: 0 }]);
    // A parked block holds old contents.
    for (const name of made) this.bytes(this.column(name)).fill(0);
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

  /** Bytes of one row in all columns. */
  get rowBytes(): number {
    let sum = 0;
    for (const { rowBytes } of this.all.values()) sum += rowBytes;
    return sum;
  }

  /** The columns that are state, in their fixed order. */
  get state(): readonly Column[] {
    return this.stateColumns;
  }

  /** Whether it has a column of that name, or one that was declared so. */
  has(column: (string & keyof C) | Declaration): boolean {
    return this.all.has(typeof column === 'string' ? column : column.name);
  }

  /**
   * The column of that name, or the one that a habitat, a mechanism or a trait declared so.
   * @throws {Error} if the table has none of that name, or one of another type.
   */
  of<N extends string & keyof C>(name: N): Column<NonNullable<C[N]> & ColumnType>;
  of<T extends ColumnType>(column: Declaration<T>): Column<T>;
  of<T extends ColumnType>(declared: string | Declaration<T>): Column<T> {
    if (typeof declared === 'string') return this.column(declared) as Column as Column<T>;
    return this.typed(declared, declared.type);
  }

  /** The same, or undefined if the table has none of that name. */
  find<N extends string & keyof C>(name: N): Column<NonNullable<C[N]> & ColumnType> | undefined;
  find<T extends ColumnType>(column: Declaration<T>): Column<T> | undefined;
  find<T extends ColumnType>(declared: string | Declaration<T>): Column<T> | undefined {
    if (typeof declared === 'string') return this.all.get(declared) as Column as Column<T> | undefined;
    return this.all.has(declared.name) ? this.typed(declared, declared.type) : undefined;
  }

  /** Values of a column, as of `of`; valid until the next `reserve`. */
  f32(column: NamesOf<C, 'f32'> | Declaration<'f32'>): Float32Array {
    return this.typed(column, 'f32').values;
  }
  f64(column: NamesOf<C, 'f64'> | Declaration<'f64'>): Float64Array {
    return this.typed(column, 'f64').values;
  }
  i32(column: NamesOf<C, 'i32'> | Declaration<'i32'>): Int32Array {
    return this.typed(column, 'i32').values;
  }
  u32(column: NamesOf<C, 'u32'> | Declaration<'u32'>): Uint32Array {
    return this.typed(column, 'u32').values;
  }

  /** Bytes of a column's first `rows` rows. */
  bytes({ name }: { readonly name: string }, rows = this.rows): Uint8Array {
    const column = this.column(name);
    return column.block.u8().subarray(0, rows * column.rowBytes);
  }

  /**
   * For tests (`fillUnwrittenBytes`): spoils what must be written in the coming tick before it is read: scratch columns, and the
   * rows behind the living.
   */
  spoilUnwritten(): void {
    for (const { kind, rowBytes, block } of this.all.values()) {
      fillUnwritten(block.u8().subarray(kind === 'scratch' ? 0 : this.rows * rowBytes));
    }
    fillUnwritten(this.rowBuffer.u8());
  }

  /**
   * Makes room for `rows` rows in all; detaches views when it grows. The result never depends on the capacity.
   * @param most rows that are needed as a rule at most: no room is made for more in advance
   */
  reserve(rows: number, most = Infinity): void {
    if (groups(rows) <= this.room) return;
    // A quarter more keeps copies rare and the unused rest small: genomes take most of the memory.
    const room = groups(Math.max(rows, Math.min(most, Math.ceil(this.room * 1.25))));
    const changes: Resize[] = [];
    for (const column of this.all.values()) {
      changes.push({ block: column.block, bytes: room * column.rowBytes, liveBytes: this.rows * column.rowBytes });
    }
    this.arena.resize(changes);
    this.room = room;
  }

  /**
   * Adds rows at the end, filled with zeros except in scratch; returns the first. Room must have been reserved.
   * @param copies the rows are for copies of organisms: what is `copied` is not cleared, and the caller writes it before anything reads it
   */
  append(rows: number, copies = false): number {
    if (groups(this.rows + rows) > this.room) throw new Error(`table ${this.name}: ${rows} rows appended without room`);
    const first = this.rows;
    this.rows += rows;
    // The bytes of a removed row are still there, padding included; in a world restored from a snapshot they would differ.
    const columns = copies ? this.clearedDescriptors : this.descriptors;
    const columnCount = (copies ? this.clearedColumns : this.movingColumns).length;
    this.arena.kernel.clearRows({ first, count: rows, columns, columnCount });
    return first;
  }

  /** Writes a row over another, in all columns but scratch. */
  copyRow(from: number, to: number): void {
    for (const { block, rowBytes } of this.movingColumns) {
      block.u8().copyWithin(to * rowBytes, from * rowBytes, (from + 1) * rowBytes);
    }
  }

  /** Removes the rows given in ascending order by a list in memory: the last rows move into the holes. */
  remove(list: Rows<'u32'>, removed: number): void {
    if (removed === 0) return;
    const { descriptors: columns, movingColumns } = this;
    this.arena.kernel.compactRows({ count: this.rows, columns, columnCount: movingColumns.length, rows: list, removed });
    this.rows -= removed;
  }

  /** Puts the rows into another order: new row i is old row `order[i]`, which becomes the identity. */
  permute(order: Rows<'u32'>): void {
    const { descriptors: columns, movingColumns, rowBuffer: buffer } = this;
    this.arena.kernel.permuteRows({ count: this.rows, columns, columnCount: movingColumns.length, order, buffer });
  }

  /** Sets the number of living rows before their state is filled in (restore); reserves room. */
  resetTo(rows: number): void {
    this.rows = 0;
    this.reserve(rows);
    this.rows = rows;
  }

  private keep(column: TableColumn): void {
    this.all.set(column.name, column);
    this.named[column.name] = column;
  }

  private column(name: string): TableColumn {
    const column = this.all.get(name);
    if (!column) throw new Error(`table ${this.name} has no column '${name}'`);
    return column;
  }

  private typed<T extends ColumnType>(declared: string | Declaration, type: T): Column<T> {
    const name = typeof declared === 'string' ? declared : declared.name;
    const column = this.all.get(name);
    if (column?.type === type) return column as Column as Column<T>;
    throw new Error(`table ${this.name}: column '${name}' is ${this.column(name).type}, not ${type}`);
  }

  private describe(): void {
    for (const column of this.all.values()) column.locate();
    describeIn(this.descriptors, this.movingColumns);
    describeIn(this.clearedDescriptors, this.clearedColumns);
  }
}
