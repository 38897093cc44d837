import { floatsNamed } from '../ecs/table.ts';
import { expressCopies, expressLocus } from '../genome/express.ts';
import type { Births } from './births.ts';

/**
 * Follows how the genomes of one tick's newborns arise: what each mechanism does to each trait, and which loci
 * differ from their source. It only reads the world. Columns are valid until the next tick.
 */
export class InheritanceTracer {
  changeStarts = new Uint32Array(1);
  changeSlot = new Uint32Array(0);
  changeValue = new Float32Array(0);
  traitChange = new Float64Array(0);
  /** Traits after the step of mechanism m, laid out like `traitChange`. Of steps that did not take place it holds what was there before. */
  private stages = new Float64Array(0);
  /** Whether the step of a mechanism took place in this tick: the others changed nothing. */
  taken = new Uint8Array(0);
  /** Whether `traitChange` may hold changes of a mechanism that are not 0. */
  private written = new Uint8Array(0);

  constructor(private readonly births: Births) {}

  /** Ids of the mechanisms that change traits, in the order of inheritance. */
  get mechanisms(): readonly string[] {
    return this.births.population.ledgers;
  }

  private get traits() {
    return this.births.population.traits;
  }

  get maskWords(): number {
    return this.births.maskWords;
  }

  get masks(): Uint32Array {
    return this.births.masks();
  }

  /** Before the first mechanism. */
  begin(): void {
    const size = this.births.count * this.mechanisms.length * this.traits.length;
    if (this.traitChange.length < size) {
      this.traitChange = new Float64Array(size * 2);
      this.stages = new Float64Array(size * 2);
    }
    if (this.taken.length !== this.mechanisms.length) {
      this.taken = new Uint8Array(this.mechanisms.length);
      this.written = new Uint8Array(this.mechanisms.length);
    }
    this.taken.fill(0);
  }

  /** After the step of a mechanism: its newborns' traits as their genomes are now. */
  after(mechanism: string): void {
    const m = this.mechanisms.indexOf(mechanism);
    if (m < 0) return;
    const { population, count, firstRow } = this.births;
    const { table, layout, ploidy, haplotypes } = population;
    const { ranges, stride } = layout;
    const traits = ranges.length;
    const width = this.mechanisms.length * traits;
    const one = table.f32(haplotypes[0]);
    const two = table.f32(haplotypes[ploidy - 1]);
    const { stages } = this;
    this.taken[m] = 1;
    // Newborn by newborn: what belongs to one lies together.
    for (let k = 0; k < count; k++) {
      const genome = (firstRow + k) * stride;
      const to = k * width + m * traits;
      for (let t = 0; t < traits; t++) {
        const { slot } = ranges[t];
        const at = genome + slot;
        const locus = ploidy === 1 ? one[at] : expressCopies(layout, slot, one[at], two[at]);
        stages[to + t] = expressLocus(ranges[t], locus);
      }
    }
  }

  /** After the last mechanism and once the shares of the parents are known. */
  finish(): void {
    for (const [m, taken] of this.taken.entries()) {
      // What takes no step has changed nothing: its former changes go, and are not looked for again.
      if (taken === 0 && this.written[m] === 1) this.clearChanges(m);
      this.written[m] = taken;
    }
    this.findTraitChanges();
    this.findChanges();
  }

  private clearChanges(m: number): void {
    const traits = this.traits.length;
    const width = this.mechanisms.length * traits;
    for (let at = m * traits; at < this.traitChange.length; at += width) this.traitChange.fill(0, at, at + traits);
  }

  private findTraitChanges(): void {
    const { population, count, share } = this.births;
    const { table, traits } = population;
    const parents = this.births.parentRows();
    const mates = this.births.mateRows();
    const mechanisms = this.mechanisms.length;
    const width = mechanisms * traits.length;
    const columns = traits.map(({ id }) => table.f32(floatsNamed(id)));
    const { stages, taken, traitChange } = this;
    for (let k = 0; k < count; k++) {
      const [parent, mate] = [parents[k], mates[k]];
      for (let t = 0; t < columns.length; t++) {
        const column = columns[t];
        let former = column[parent];
        if (mate >= 0) former = share[k] * former + (1 - share[k]) * column[mate];
        for (let m = 0; m < mechanisms; m++) {
          if (taken[m] === 0) continue;
          const at = k * width + m * columns.length + t;
          traitChange[at] = stages[at] - former;
          former = stages[at];
        }
      }
    }
  }

  /** Loci whose value differs, bit for bit, from the parent's haplotype that the mask names as their source: -0 differs from 0. */
  private findChanges(): void {
    const { population, count, firstRow, maskWords } = this.births;
    const { table, layout, haplotypes, ploidy } = population;
    const { stride } = layout;
    const columns = haplotypes.map((name) => table.f32(name));
    const parents = this.births.parentRows();
    const mates = this.births.mateRows();
    const masks = this.births.masks();
    if (this.changeStarts.length < count + 1) this.changeStarts = new Uint32Array((count + 1) * 2);
    const most = count * ploidy * stride;
    if (this.changeSlot.length < most) {
      this.changeSlot = new Uint32Array(most * 2);
      this.changeValue = new Float32Array(most * 2);
    }
    const { changeSlot, changeValue, changeStarts } = this;
    let n = 0;
    for (let k = 0; k < count; k++) {
      changeStarts[k] = n;
      const mate = mates[k];
      if (mate < 0) {
        // A clone, each haplotype from its counterpart: there are no masks to read.
        for (let h = 0; h < ploidy; h++) {
          const column = columns[h];
          const [childAt, parentAt] = [(firstRow + k) * stride, parents[k] * stride];
          for (let slot = 0; slot < stride; slot++) {
            const value = column[childAt + slot];
            if (Object.is(value, column[parentAt + slot])) continue;
            changeSlot[n] = h * stride + slot;
            changeValue[n++] = value;
          }
        }
        continue;
      }
      for (let h = 0; h < ploidy; h++) {
        const child = columns[h];
        const childAt = (firstRow + k) * stride;
        // Haploid: the sources are two organisms. Diploid: the two haplotypes of one.
        const one = columns[0];
        const two = ploidy === 1 ? columns[0] : columns[1];
        const parent = h === 1 ? mate : parents[k];
        const oneAt = parent * stride;
        const twoAt = ploidy === 1 ? mate * stride : oneAt;
        const words = (k * ploidy + h) * maskWords;
        for (let slot = 0; slot < stride; slot++) {
          const second = (masks[words + (slot >> 5)] >>> (slot & 31)) & 1;
          const source = second === 1 ? two[twoAt + slot] : one[oneAt + slot];
          const value = child[childAt + slot];
          if (Object.is(value, source)) continue;
          changeSlot[n] = h * stride + slot;
          changeValue[n++] = value;
        }
      }
    }
    changeStarts[count] = n;
  }
}
