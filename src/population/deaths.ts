import { floatsNamed } from '../ecs/table.ts';
import type { Population } from './population.ts';

/** Deaths of one population in one tick: the rows to be removed, and columns for observers (`count` rows). */
export class Deaths {
  count = 0;
  id = new Float64Array(0);
  parent = new Float64Array(0);
  founder = new Float64Array(0);
  birthTick = new Int32Array(0);
  cause = new Uint8Array(0);
  generation = new Uint32Array(0);
  offspring = new Uint32Array(0);
  x = new Float32Array(0);
  y = new Float32Array(0);
  /** `traits.length` values a row, in the order of the population's `traits`. */
  traits = new Float32Array(0);
  constructor(readonly population: Population) {}

  /** Rows of the dying, ascending. */
  rows(): Uint32Array {
    return this.population.table.u32('dying').subarray(0, this.count);
  }

  /** Copies what the table knows of the dying before their rows are reused. */
  note(): void {
    const { table, traits } = this.population;
    const n = this.count;
    const width = traits.length;
    for (const trace of this.population.originTraces) trace.noteDeaths();
    if (this.id.length < n) {
      const room = Math.max(64, n * 2);
      this.id = new Float64Array(room);
      this.parent = new Float64Array(room);
      this.founder = new Float64Array(room);
      this.birthTick = new Int32Array(room);
      this.cause = new Uint8Array(room);
      this.generation = new Uint32Array(room);
      this.offspring = new Uint32Array(room);
      this.x = new Float32Array(room);
      this.y = new Float32Array(room);
      this.traits = new Float32Array(room * width);
    }
    const rows = this.rows();
    if (n > 0 && rows[n - 1] === n - 1) {
      this.noteFirst(n);
      return;
    }
    const [id, parent, founder] = [table.f64('id'), table.f64('parent'), table.f64('founder')];
    const [birthTick, cause, generation] = [table.i32('birthTick'), table.u32('cause'), table.u32('generation')];
    const [offspring, x, y] = [table.u32('offspring'), table.f32('x'), table.f32('y')];
    const columns = traits.map((trait) => table.f32(floatsNamed(trait.id)));
    for (let k = 0; k < n; k++) {
      const row = rows[k];
      this.id[k] = id[row];
      this.parent[k] = parent[row];
      this.founder[k] = founder[row];
      this.birthTick[k] = birthTick[row];
      this.cause[k] = cause[row] - 1;
      this.generation[k] = generation[row];
      this.offspring[k] = offspring[row];
      this.x[k] = x[row];
      this.y[k] = y[row];
      for (let t = 0; t < width; t++) this.traits[k * width + t] = columns[t][row];
    }
  }

  /** The same where the dying are rows 0 to n - 1: a whole generation. */
  private noteFirst(n: number): void {
    const { table, traits } = this.population;
    this.id.set(table.f64('id').subarray(0, n));
    this.parent.set(table.f64('parent').subarray(0, n));
    this.founder.set(table.f64('founder').subarray(0, n));
    this.birthTick.set(table.i32('birthTick').subarray(0, n));
    this.generation.set(table.u32('generation').subarray(0, n));
    this.offspring.set(table.u32('offspring').subarray(0, n));
    this.x.set(table.f32('x').subarray(0, n));
    this.y.set(table.f32('y').subarray(0, n));
    const cause = table.u32('cause');
    for (let k = 0; k < n; k++) this.cause[k] = cause[k] - 1;
    const width = traits.length;
    for (const [t, { id }] of traits.entries()) {
      const column = table.f32(floatsNamed(id));
      for (let k = 0, at = t; k < n; k++, at += width) this.traits[at] = column[k];
    }
  }
}
