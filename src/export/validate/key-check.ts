import { IdIndex } from '../id-index.ts';
import { FormatError } from './format-error.ts';

/** Numbers that grow one by one. */
class Growing {
  count = 0;
  values = new Float64Array(1024);

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value;
  }
}

/** By table: the columns that name a row, its beginning, its end, and the rows that it refers to. */
const keys: Readonly<
  Record<string, { id: string; begin: string; end: string; names: readonly string[]; older: readonly string[] }>
> = {
  organisms: { id: 'id', begin: 'birth_tick', end: 'death_tick', names: ['parents'], older: ['parents'] },
  species: { id: 'id', begin: 'origin_tick', end: 'end_tick', names: ['parent_id', 'merged_into'], older: ['parent_id'] },
};

/**
 * Checks what rows state about each other: ids are unique, lives do not end before they begin, an organism or species named as
 * a parent has a row and began no later, shares belong to parents and sum to at most 1 (less where a record has dropped a
 * parent), and changes have a place and a value. Parents may come after their children.
 */
export class KeyCheck {
  private readonly key: (typeof keys)[string] | undefined;
  private readonly columns: readonly string[];
  private readonly begins = new IdIndex();
  private readonly named = new Growing();
  private readonly namedBy = new Growing();
  /** The latest tick at which the named row may have begun. */
  private readonly before = new Growing();

  constructor(table: string, columns: readonly string[]) {
    this.key = keys[table];
    this.columns = columns;
  }

  take(values: readonly ArrayLike<unknown>[], count: number, firstRow: number, place: (row: number) => string): void {
    if (this.key === undefined) return;
    const column = (name: string): ArrayLike<unknown> | undefined => values[this.columns.indexOf(name)];
    const ids = column(this.key.id);
    const begins = column(this.key.begin);
    if (ids === undefined || begins === undefined) return;
    const ends = column(this.key.end);
    const shares = column('parent_shares');
    for (let row = 0; row < count; row++) {
      const id = Number(ids[row]);
      const begin = Number(begins[row]);
      if (id < 0) throw new FormatError(place(row), `${this.key.id} is ${id}, less than 0`);
      if (!this.begins.add(id, begin)) throw new FormatError(place(row), `${this.key.id} ${id} is listed twice`);
      const end = ends?.[row];
      if (end !== null && end !== undefined && Number(end) < begin) {
        throw new FormatError(place(row), `${this.key.end} ${end} is before ${this.key.begin} ${begin}`);
      }
    }
    for (const name of this.key.names) {
      const values = column(name);
      const limit = this.key.older.includes(name);
      for (let row = 0; values !== undefined && row < count; row++) {
        const value = values[row];
        if (value === null || value === undefined) continue;
        const list = typeof value === 'object' ? (value as ArrayLike<unknown>) : [value];
        for (let k = 0; k < list.length; k++) {
          this.named.push(Number(list[k]));
          this.namedBy.push(firstRow + row);
          this.before.push(limit ? Number(begins[row]) : Number.POSITIVE_INFINITY);
        }
      }
    }
    const [loci, changed] = [column('change_loci'), column('change_values')];
    for (let row = 0; loci !== undefined && changed !== undefined && row < count; row++) {
      const [places, of] = [loci[row], changed[row]].map((list) => (list as ArrayLike<unknown> | null)?.length);
      if (places !== of) throw new FormatError(place(row), `has ${of ?? 'no'} change_values for ${places ?? 'no'} change_loci`);
    }
    if (shares === undefined) return;
    const parents = column('parents') as ArrayLike<ArrayLike<unknown>>;
    for (let row = 0; row < count; row++) {
      const own = shares[row] as ArrayLike<unknown>;
      if (own.length !== parents[row].length) {
        throw new FormatError(place(row), `has ${own.length} parent_shares for ${parents[row].length} parents`);
      }
      let sum = 0;
      for (let k = 0; k < own.length; k++) sum += Number(own[k]);
      if (!(sum >= 0 && sum < 1 + 1e-6)) throw new FormatError(place(row), `parent_shares sum to ${sum}, more than 1`);
    }
  }

  finish(place: (row: number) => string): void {
    for (let k = 0; k < this.named.count; k++) {
      const begin = this.begins.get(this.named.values[k]);
      const at = () => place(this.namedBy.values[k]);
      if (begin === undefined) throw new FormatError(at(), `names ${this.named.values[k]}, which has no row`);
      if (begin > this.before.values[k]) {
        throw new FormatError(
          at(),
          `its parent ${this.named.values[k]} began at ${begin}, after its own ${this.before.values[k]}`,
        );
      }
    }
  }
}
