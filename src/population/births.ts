import type { Population } from './population.ts';

/**
 * Births of one population in one tick. Rows `firstRow` to `firstRow + count - 1` of its table are the newborns;
 * `parentRows()[k]` is the row of the first parent of newborn k. Mechanisms of inheritance work on these.
 */
export class Births {
  count = 0;
  firstRow = 0;
  /** Newborns of the last tick, for observers; columns grow as needed. */
  id = new Float64Array(0);
  parent = new Float64Array(0);
  generation = new Uint32Array(0);
  /** Births that did not take place because the population was at its capacity, in this tick. */
  refused = 0;

  constructor(readonly population: Population) {}

  parentRows(): Uint32Array {
    return this.population.table.u32('parents').subarray(0, this.count);
  }

  /** Notes the newborns for observers, once their ids are known. */
  note(): void {
    const { table } = this.population;
    if (this.id.length < this.count) {
      const room = Math.max(64, this.count * 2);
      this.id = new Float64Array(room);
      this.parent = new Float64Array(room);
      this.generation = new Uint32Array(room);
    }
    const end = this.firstRow + this.count;
    this.id.set(table.f64('id').subarray(this.firstRow, end));
    this.parent.set(table.f64('parent').subarray(this.firstRow, end));
    this.generation.set(table.u32('generation').subarray(this.firstRow, end));
  }
}
