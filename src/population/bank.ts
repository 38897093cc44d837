// A bank of the dead: genomes of organisms that have died and may yet have offspring.
import { type ColumnSpec, layColumn, type OwnColumnSpec, type StateColumn, Table } from '../ecs/table.ts';
import { lowestRows } from './lowest-rows.ts';
import type { Population } from './population.ts';

/** Columns that are those of the population; a birth of a revived organism needs no more of its parent. */
const copied = [
  { name: 'id', type: 'f64', kind: 'state' },
  { name: 'founder', type: 'f64', kind: 'state' },
  { name: 'keyLow', type: 'u32', kind: 'state' },
  { name: 'keyHigh', type: 'u32', kind: 'state' },
  { name: 'birthTick', type: 'i32', kind: 'state' },
  { name: 'generation', type: 'u32', kind: 'state' },
  // Those that it bears after its death are counted here, so that all its children have keys of their own.
  { name: 'offspring', type: 'u32', kind: 'state' },
] as const satisfies readonly ColumnSpec[];

const others = [
  // The first tick at which it no longer lived.
  { name: 'deathTick', type: 'i32', kind: 'state' },
  // Lists of its rows.
  { name: 'rows', type: 'u32', kind: 'scratch' },
] as const satisfies readonly ColumnSpec[];

const columnsOf = ({ layout, haplotypes }: Population): readonly ColumnSpec[] => [
  ...copied,
  ...haplotypes.map((name): ColumnSpec => ({ name, type: 'f32', kind: 'state', width: layout.stride })),
  ...others,
];

/** Columns of the bank of a population that are state, as a snapshot lays them out. */
export const bankColumns = (population: Population): readonly StateColumn[] =>
  columnsOf(population)
    .filter(({ kind }) => kind === 'state')
    .map((spec) => layColumn(spec));

/**
 * Dead organisms of one population, a row each: identity and whole genome, as they were at death. What was acquired in life is not kept. It is state: snapshots
 * and hashes hold it while a mechanism that keeps the dead is on, and it is empty otherwise. The order of rows follows from what has entered and left, never
 * from the order of rows of the living.
 */
export class Bank {
  readonly table: Table;
  /** Ids in the bank; undefined until they are asked for after a change. */
  private ids: Set<number> | undefined;

  constructor(readonly population: Population) {
    this.table = new Table(population.arena, `${population.name}.bank`, columnsOf(population), 4);
  }

  /** Number of organisms in it. */
  get count(): number {
    return this.table.count;
  }

  /** Whether an organism is in it. */
  holds(id: number): boolean {
    this.ids ??= new Set(this.table.f64('id').subarray(0, this.table.count));
    return this.ids.has(id);
  }

  /** Columns of traces that follow origins: dead copies keep theirs. */
  trace(columns: readonly OwnColumnSpec[]): void {
    this.table.setOwn(columns);
  }

  /** Empties it, or makes room for rows whose state the caller fills in. */
  resetTo(rows: number): void {
    this.table.resetTo(rows);
    this.ids = undefined;
  }

  /** Rows of those that are dead for `youngest` to `oldest` ticks at a tick; valid until the next call or change. */
  rowsOfAge(tick: number, youngest: number, oldest: number): Uint32Array {
    const [died, rows] = [this.table.i32('deathTick'), this.table.u32('rows')];
    let found = 0;
    for (let row = 0; row < this.table.count; row++) {
      const age = tick - died[row];
      if (age >= youngest && age <= oldest) rows[found++] = row;
    }
    return rows.subarray(0, found);
  }

  /** Removes those that died before a tick, and then of the others those that died first, of one tick those with the lowest ids, until `most` are left. */
  forget(before: number, most: number): void {
    const { table } = this;
    const [died, id] = [table.i32('deathTick'), table.f64('id')];
    let old = 0;
    for (let row = 0; row < table.count; row++) if (died[row] < before) old++;
    // Those that are too old are the first of those that died first.
    const leaving = Math.max(old, table.count - most);
    if (leaving <= 0) return;
    const isBefore = (a: number, b: number) => (died[a] === died[b] ? id[a] < id[b] : died[a] < died[b]);
    table.u32('rows').set(lowestRows(table.count, leaving, isBefore).sort((a, b) => a - b));
    table.remove(table.of('rows'), leaving);
    this.ids = undefined;
  }

  /** Takes in organisms that are dying, in the order given. @param tick the first at which they no longer live */
  enter(rows: readonly number[], tick: number): void {
    if (rows.length === 0) return;
    this.table.reserve(this.table.count + rows.length);
    const { table, population } = this;
    const first = table.append(rows.length);
    table.i32('deathTick').fill(tick, first, first + rows.length);
    for (const column of this.shared()) {
      const [to, from] = [table.bytes(column), population.table.bytes(column)];
      const { rowBytes } = column;
      for (let k = 0; k < rows.length; k++) {
        to.set(from.subarray(rows[k] * rowBytes, (rows[k] + 1) * rowBytes), (first + k) * rowBytes);
      }
    }
    this.ids = undefined;
  }

  /** Writes identity and genome of dead organisms, and origins of their copies, into rows of the population, one behind the other. */
  writeTo(first: number, from: readonly number[]): void {
    const { table, population } = this;
    for (const column of this.shared()) {
      const [to, bytes] = [population.table.bytes(column), table.bytes(column)];
      const { rowBytes } = column;
      for (const [k, at] of from.entries()) to.set(bytes.subarray(at * rowBytes, (at + 1) * rowBytes), (first + k) * rowBytes);
    }
  }

  /** Columns that the population has too. */
  private shared() {
    const { table } = this;
    return [...table.state, ...table.ownColumns].filter(({ name }) => name !== 'deathTick');
  }
}
