import { asRows, type Rows } from '../kernel/arguments.ts';
import type { Block } from '../kernel/memory.ts';
import { InheritanceTracer } from './inheritance-tracer.ts';
import type { Population } from './population.ts';

/**
 * Births of one population in one tick. Rows `firstRow` to `firstRow + count - 1` of its table are the newborns;
 * `parentRows()[k]` is the row of the first parent of newborn k, `mateRows()[k]` that of the second or -1, and `masks()`
 * says which loci come from where. Mechanisms of inheritance change these rows.
 * @experimental
 */
export class Births {
  count = 0;
  firstRow = 0;
  /** Newborns of the last tick, for observers; columns grow as needed. */
  id = new Float64Array(0);
  parent = new Float64Array(0);
  mate = new Float64Array(0);
  share = new Float64Array(0);
  founder = new Float64Array(0);
  generation = new Uint32Array(0);
  x = new Float32Array(0);
  y = new Float32Array(0);
  /** Ticks from the first parent's death to the birth: 0 unless it was revived. */
  sinceDeath = new Uint32Array(0);
  /** Births of this tick that were refused because the population was at its capacity. */
  refused = 0;
  /** 32-bit words of the mask of one gamete. */
  readonly maskWords: number;
  private readonly maskBlock: Block;
  private readonly lociWords: Uint32Array;
  private readonly tracer: InheritanceTracer;

  constructor(readonly population: Population) {
    const { arena, layout, name, ploidy } = population;
    this.maskWords = Math.ceil(layout.stride / 32);
    this.maskBlock = arena.allocate(`${name} gamete masks`, 64 * 4 * ploidy * this.maskWords);
    this.lociWords = new Uint32Array(this.maskWords);
    for (const { slot } of layout.loci) this.lociWords[slot >> 5] |= 1 << (slot & 31);
    this.tracer = new InheritanceTracer(this);
  }

  parentRows(): Uint32Array {
    return this.population.table.u32('parents').subarray(0, this.count);
  }

  mateRows(): Int32Array {
    return this.population.table.i32('mates').subarray(0, this.count);
  }

  /**
   * `ploidy * maskWords` words a newborn, as `InheritanceTrace.masks` describes them. Before the mechanisms of
   * inheritance, every newborn is a clone of its first parent.
   */
  masks(): Uint32Array {
    return this.maskBlock.u32().subarray(0, this.count * this.population.ploidy * this.maskWords);
  }

  /** The masks of gamete `g`, a row a newborn. */
  masksOf(g: number): Rows<'u32'> {
    return asRows(this.maskBlock, 'u32', this.population.ploidy * this.maskWords, 4 * g * this.maskWords);
  }

  /** Bytes from one newborn's masks to the next's. */
  private get maskBytes(): number {
    return 4 * this.population.ploidy * this.maskWords;
  }

  /** How the genomes of this tick's newborns arose, if an observer asked for it. */
  get trace(): InheritanceTracer | undefined {
    return this.population.tracers > 0 ? this.tracer : undefined;
  }

  /** Makes room for the births of this tick; detaches views. */
  reserve(count: number): void {
    const bytes = count * this.maskBytes;
    if (bytes > this.maskBlock.bytes) {
      this.population.arena.resize([{ block: this.maskBlock, bytes: bytes * 2, liveBytes: 0 }]);
    }
    if (this.id.length >= count) return;
    const room = Math.max(64, count * 2);
    this.id = new Float64Array(room);
    this.parent = new Float64Array(room);
    this.mate = new Float64Array(room);
    this.share = new Float64Array(room);
    this.founder = new Float64Array(room);
    this.generation = new Uint32Array(room);
    this.x = new Float32Array(room);
    this.y = new Float32Array(room);
    this.sinceDeath = new Uint32Array(room);
  }

  /** Every newborn is a clone until a mechanism changes it. */
  clone(): void {
    const masks = this.masks();
    if (this.population.ploidy === 1) masks.fill(0);
    else for (let i = 0; i < masks.length; i++) masks[i] = Math.floor(i / this.maskWords) % 2 === 0 ? 0 : 0xffffffff;
  }

  /** Records the newborns for observers, once they are complete and while their rows are still the last of the table. */
  note(): void {
    const { table, ploidy, substitutes } = this.population;
    const { count, firstRow } = this;
    const end = firstRow + count;
    this.id.set(table.f64('id').subarray(firstRow, end));
    this.parent.set(table.f64('parent').subarray(firstRow, end));
    this.founder.set(table.f64('founder').subarray(firstRow, end));
    this.generation.set(table.u32('generation').subarray(firstRow, end));
    this.x.set(table.f32('x').subarray(firstRow, end));
    this.y.set(table.f32('y').subarray(firstRow, end));
    const id = table.f64('id');
    const mates = this.mateRows();
    this.sinceDeath.fill(0, 0, count);
    if (substitutes) {
      const [parents, birthTick] = [this.parentRows(), table.i32('birthTick')];
      for (let k = 0; k < count; k++) {
        if (parents[k] >= substitutes.first)
          this.sinceDeath[k] = birthTick[firstRow + k] - substitutes.died[parents[k] - substitutes.first];
      }
    }
    for (let k = 0; k < count; k++) {
      this.mate[k] = mates[k] < 0 ? -1 : id[mates[k]];
      this.share[k] = mates[k] < 0 ? 1 : ploidy === 2 ? 0.5 : this.shareOfFirst(k);
    }
    for (const trace of this.population.originTraces) trace.noteBirths();
    this.trace?.finish();
  }

  /** Records introduced organisms: they have no parents, and how their genomes arose is unknown. */
  noteArrivals(): void {
    const { table } = this.population;
    const { count, firstRow } = this;
    const end = firstRow + count;
    this.id.set(table.f64('id').subarray(firstRow, end));
    this.founder.set(table.f64('founder').subarray(firstRow, end));
    this.generation.set(table.u32('generation').subarray(firstRow, end));
    this.x.set(table.f32('x').subarray(firstRow, end));
    this.y.set(table.f32('y').subarray(firstRow, end));
    this.parent.fill(-1, 0, count);
    this.mate.fill(-1, 0, count);
    this.share.fill(1, 0, count);
    this.sinceDeath.fill(0, 0, count);
    for (const trace of this.population.originTraces) trace.noteArrivals();
  }

  /** Share of a haploid newborn's loci that its first parent gave. */
  private shareOfFirst(k: number): number {
    const masks = this.masks();
    let fromSecond = 0;
    for (let w = 0; w < this.maskWords; w++) fromSecond += bitCount(masks[k * this.maskWords + w] & this.lociWords[w]);
    return 1 - fromSecond / this.population.layout.loci.length;
  }
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
