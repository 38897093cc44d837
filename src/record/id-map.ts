const free = -1;

/**
 * From ids (integers from 0 to 2^53) to rows: open addressing with linear probing, at most 5 of 8 places taken. Takes half
 * the memory of a Map and allocates only when it grows.
 */
export class IdMap {
  private count = 0;
  private shift = 32 - 10;
  private ids = new Float64Array(1 << 10).fill(free);
  private rows = new Int32Array(1 << 10);

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.ids.byteLength + this.rows.byteLength;
  }

  /** -1 if it is absent. */
  get(id: number): number {
    const { ids } = this;
    const last = ids.length - 1;
    for (let at = this.home(id); ; at = (at + 1) & last) {
      if (ids[at] === id) return this.rows[at];
      if (ids[at] === free) return -1;
    }
  }

  /** Adds an id that is not present yet. */
  add(id: number, row: number): void {
    if (8 * (this.count + 1) > 5 * this.ids.length) this.grow();
    this.put(id, row);
    this.count++;
  }

  delete(id: number): void {
    const { ids, rows } = this;
    const last = ids.length - 1;
    let hole = this.home(id);
    while (ids[hole] !== id) {
      if (ids[hole] === free) return;
      hole = (hole + 1) & last;
    }
    this.count--;
    // An entry behind the hole that may be nearer to its home moves up, so that no search ends too early.
    for (let at = (hole + 1) & last; ids[at] !== free; at = (at + 1) & last) {
      const distance = (at - this.home(ids[at])) & last;
      if (distance >= ((at - hole) & last)) {
        ids[hole] = ids[at];
        rows[hole] = rows[at];
        hole = at;
      }
    }
    ids[hole] = free;
  }

  private put(id: number, row: number): void {
    const last = this.ids.length - 1;
    let at = this.home(id);
    while (this.ids[at] !== free) at = (at + 1) & last;
    this.ids[at] = id;
    this.rows[at] = row;
  }

  private grow(): void {
    const { ids, rows } = this;
    this.ids = new Float64Array(2 * ids.length).fill(free);
    this.rows = new Int32Array(2 * rows.length);
    this.shift--;
    for (let at = 0; at < ids.length; at++) if (ids[at] !== free) this.put(ids[at], rows[at]);
  }

  /** Ids that follow each other are spread evenly by the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
  private home(id: number): number {
    const high = id < 4294967296 ? 0 : Math.floor(id / 4294967296);
    return Math.imul((id | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> this.shift;
  }
}
