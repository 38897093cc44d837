import type { OwnColumnSpec } from '../ecs/table.ts';
import type { Population } from './population.ts';

/**
 * How the number of copies of a locus changes. births: what its bearers' births and deaths give, each haplotype of a parent with two
 * handing down half a copy; gametes: the chance which haplotype, or which of two parents, it is; drive, transfer, transposition: copies
 * that replace others in gametes, between the living, within a genome.
 */
export const copyChannels = ['births', 'gametes', 'drive', 'transfer', 'transposition'] as const;

export type CopyChannel = (typeof copyChannels)[number];

/**
 * Follows copies of loci: from which copy of the same locus, of those that lived when the trace was opened, each copy of the living
 * comes. The origins ride along the haplotypes as columns of the table and are copied by the steps that copy the alleles
 * (`copy-alleles.ts`). An origin is 0 for what came from outside, else 1 + place * ploidy + haplotype, `place` being that of the ancestor in
 * `ancestors`. A trace changes no state: snapshots and hashes do not hold it.
 */
export class OriginTrace {
  /** Ids of those who lived when it was opened. */
  ancestors = new Float64Array(0);
  /** Columns that it needs in the table, one a haplotype, a value a traced slot. */
  readonly columns: readonly OwnColumnSpec[];
  /** Place of a slot among the traced ones, -1 for the others. */
  private readonly placeOf: Int32Array;
  private readonly counts = new Map<CopyChannel, Float32Array>();

  /**
   * @param slots traced slots of a haplotype
   * @param number tells its columns from those of other traces of the population
   * @param withChannels whether it also counts by which channel copies come and go
   */
  constructor(
    readonly population: Population,
    readonly slots: Int32Array,
    readonly number: number,
    private readonly withChannels: boolean,
  ) {
    this.placeOf = new Int32Array(population.layout.stride).fill(-1);
    for (const [t, slot] of slots.entries()) this.placeOf[slot] = t;
    this.columns = population.haplotypes.map((_, h) => ({
      name: `origins ${number}.${h + 1}`,
      type: 'u32',
      width: slots.length,
      kind: 'shown',
      start: 'zero',
    }));
  }

  /** From now on every copy that lives is its own origin; channels are empty. */
  open(): void {
    const { table, count, ploidy } = this.population;
    this.ancestors = table.f64('id').slice(0, count);
    this.counts.clear();
    const width = this.slots.length;
    for (const [h, { name }] of this.columns.entries()) {
      const origins = table.u32(name);
      for (let row = 0; row < count; row++) origins.fill(1 + row * ploidy + h, row * width, (row + 1) * width);
    }
  }

  /** The organisms are others than those that were traced: nobody comes from anyone known until it is opened again. */
  lose(): void {
    const { table, count } = this.population;
    this.ancestors = new Float64Array(0);
    this.counts.clear();
    for (const { name } of this.columns) table.u32(name).fill(0, 0, count * this.slots.length);
  }

  /** Origins of a haplotype, `slots.length` a row of the table; valid until the next step. */
  origins(haplotype: number): Uint32Array {
    return this.population.table.u32(this.columns[haplotype].name);
  }

  /** Numbers of copies among the living, by origin less 1 and traced slot: `[(place * ploidy + haplotype) * slots.length + t]`. */
  copies(): Float64Array {
    const { count, ploidy } = this.population;
    const width = this.slots.length;
    const copies = new Float64Array(this.ancestors.length * ploidy * width);
    for (let h = 0; h < ploidy; h++) {
      const origins = this.origins(h);
      for (let row = 0; row < count; row++) {
        for (let t = 0; t < width; t++) {
          const origin = origins[row * width + t];
          if (origin > 0) copies[(origin - 1) * width + t]++;
        }
      }
    }
    return copies;
  }

  /** What a channel has added to the number of copies since the trace was opened, laid out like `copies`; undefined where it added nothing. */
  channel(channel: CopyChannel): Float32Array | undefined {
    return this.counts.get(channel);
  }

  /** The newborns of this tick are clones of their first parents, as their haplotypes are. */
  copyClones(): void {
    const { table, births, arena } = this.population;
    for (const { name } of this.columns) {
      arena.kernel.copyGenomes(
        births.count,
        table.pointer(name),
        table.rowBytes(name),
        table.pointer('parents'),
        births.firstRow,
      );
    }
  }

  /** Gamete `g` of newborn `k`, which has two parents, is a mosaic as its mask says. */
  copyGamete(k: number, g: number): void {
    const { ploidy, births } = this.population;
    const width = this.slots.length;
    const masks = births.masks();
    const words = (k * ploidy + g) * births.maskWords;
    const [first, second] = this.sources(k, g);
    const to = this.origins(g);
    const at = (births.firstRow + k) * width;
    for (let t = 0; t < width; t++) {
      const slot = this.slots[t];
      const of = (masks[words + (slot >> 5)] >>> (slot & 31)) & 1 ? second : first;
      to[at + t] = of.origins[of.at + t];
    }
  }

  /**
   * A copy at `t` that came from `former` comes from `origin` now, by a channel. Of newborns, whom all but transfer changes, the choice
   * among gametes is counted from what they are in the end: what another channel did to it is taken off here.
   */
  reroute(t: number, former: number, origin: number, channel: 'drive' | 'transfer' | 'transposition'): void {
    if (!this.withChannels || former === origin) return;
    this.add(channel, origin, t, 1);
    this.add(channel, former, t, -1);
    if (channel === 'transfer') return;
    this.add('gametes', origin, t, -1);
    this.add('gametes', former, t, 1);
  }

  /** Place of a slot among the traced ones, or -1. */
  place(slot: number): number {
    return this.placeOf[slot];
  }

  /** Counts the newborns of this tick, once their genomes are complete and while their rows stand at the end. */
  noteBirths(): void {
    if (!this.withChannels) return;
    const { births, ploidy } = this.population;
    const mates = births.mateRows();
    const parents = births.parentRows();
    const width = this.slots.length;
    for (let k = 0; k < births.count; k++) {
      for (let g = 0; g < ploidy; g++) {
        const now = this.origins(g);
        const at = (births.firstRow + k) * width;
        if (mates[k] < 0) {
          const before = this.origins(g);
          const from = parents[k] * width;
          for (let t = 0; t < width; t++) {
            this.add('births', before[from + t], t, 1);
            if (now[at + t] === before[from + t]) continue;
            this.add('gametes', now[at + t], t, 1);
            this.add('gametes', before[from + t], t, -1);
          }
          continue;
        }
        const [first, second] = this.sources(k, g);
        for (let t = 0; t < width; t++) {
          const [one, two] = [first.origins[first.at + t], second.origins[second.at + t]];
          this.add('births', one, t, 0.5);
          this.add('births', two, t, 0.5);
          if (one === two && one === now[at + t]) continue;
          this.add('gametes', one, t, -0.5);
          this.add('gametes', two, t, -0.5);
          this.add('gametes', now[at + t], t, 1);
        }
      }
    }
  }

  /** The newborns of this tick came from outside. */
  noteArrivals(): void {
    const { births } = this.population;
    const width = this.slots.length;
    for (let h = 0; h < this.columns.length; h++) {
      this.origins(h).fill(0, births.firstRow * width, (births.firstRow + births.count) * width);
    }
  }

  /** Counts those who die in this tick, while their rows still stand. */
  noteDeaths(): void {
    if (!this.withChannels) return;
    const { deaths, ploidy } = this.population;
    const width = this.slots.length;
    const rows = deaths.rows();
    for (let h = 0; h < ploidy; h++) {
      const origins = this.origins(h);
      for (const row of rows) for (let t = 0; t < width; t++) this.add('births', origins[row * width + t], t, -1);
    }
  }

  /** What gamete `g` of newborn `k` is made of. Haploid: two organisms; diploid: the two haplotypes of one. */
  private sources(k: number, g: number) {
    const { births, ploidy } = this.population;
    const width = this.slots.length;
    const [parent, mate] = [births.parentRows()[k], births.mateRows()[k]];
    const one = g === 1 ? mate : parent;
    const two = ploidy === 1 ? mate : one;
    return [
      { origins: this.origins(0), at: one * width },
      { origins: this.origins(ploidy - 1), at: two * width },
    ] as const;
  }

  private add(channel: CopyChannel, origin: number, t: number, copies: number): void {
    if (origin === 0) return;
    let counts = this.counts.get(channel);
    if (!counts) {
      counts = new Float32Array(this.ancestors.length * this.population.ploidy * this.slots.length);
      this.counts.set(channel, counts);
    }
    counts[(origin - 1) * this.slots.length + t] += copies;
  }
}
