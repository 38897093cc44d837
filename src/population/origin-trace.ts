import type { Declaration, OwnColumnSpec } from '../ecs/table.ts';
import { expressLocus } from '../genome/express.ts';
import type { RangeMap } from '../genome/layout.ts';
import { type CopyChannel, CopyCounts } from './copy-counts.ts';
import type { Population } from './population.ts';

const spec = <T extends 'u32' | 'f64'>(name: string, type: T, width: number) =>
  ({ name, type, width, kind: 'shown', start: 'zero' }) as const;

/** What a trace counts besides origins. */
export interface TraceOptions {
  /** Whether it also counts by which channel copies come and go. */
  readonly channels?: boolean;
  /** Ids of the mechanisms that write values, for each of which copies carry a ledger; none by default. */
  readonly writers?: readonly string[];
  /** Units of the ledgers: of the trait where a locus is that of a trait (the default), or locus units everywhere. */
  readonly units?: 'traits' | 'loci';
}

/** Traced copies of one haplotype of some rows, as they were when read. */
export interface TracedCopies {
  /** `slots.length` a row. */
  readonly origins: Uint32Array;
  /** `writers.length * slots.length` a row, empty without writers. */
  readonly ledgers: Float64Array;
}

/** Origins and ledgers of copies in the bank of the dead, one column a haplotype, in the order of its rows. */
export type BankedCopies = { readonly origins: readonly Int32Array[]; readonly ledgers: readonly Float64Array[] };

/**
 * Follows copies of loci: each copy in a living organism descends from a copy of the same locus in an organism that lived when the trace
 * was opened. The origins are columns of the table beside the haplotypes and are copied by the steps that copy the alleles
 * (`copy-alleles.ts`). An origin is 0 for a copy from outside, otherwise 1 + place * ploidy + haplotype, `place` being that of the ancestor in
 * `ancestors`. A trace changes no state: snapshots and hashes do not hold it.
 *
 * Where it has writers, each copy also carries a ledger: what each of these mechanisms has changed in it along its line of copies, from one
 * haplotype to the next. Ledgers of traits are in units of the trait (as if both haplotypes were alike), those of other loci in locus units;
 * `units` can make all of them locus units.
 */
export class OriginTrace {
  /** Ids of the organisms that lived when it was opened. */
  ancestors = new Float64Array(0);
  /** Columns that it needs in the table, one a haplotype, a value a traced slot. */
  readonly columns: readonly OwnColumnSpec[];
  /** Place of a slot among the traced ones, -1 for the others. */
  private readonly placeOf: Int32Array;
  private readonly counts: CopyCounts;
  private readonly withChannels: boolean;
  readonly writers: readonly string[];
  private readonly originColumns: readonly (OwnColumnSpec & Declaration<'u32'>)[];
  private readonly ledgerColumns: readonly (OwnColumnSpec & Declaration<'f64'>)[];
  /** How the trait of a traced slot follows from it; undefined if it belongs to no trait, or ledgers are in locus units. */
  private readonly ranges: readonly (RangeMap | undefined)[];
  /** Values of the newborns' copies after the last recorded step, `slots.length` a gamete. */
  private formed = new Float32Array(0);

  /**
   * @param slots traced slots of a haplotype
   * @param number distinguishes its columns from those of other traces of the population
   */
  constructor(
    readonly population: Population,
    readonly slots: Int32Array,
    readonly number: number,
    { channels = false, writers = [], units = 'traits' }: TraceOptions = {},
  ) {
    const { layout, haplotypes } = population;
    this.withChannels = channels;
    this.counts = new CopyCounts(slots.length);
    this.writers = writers;
    this.placeOf = new Int32Array(layout.stride).fill(-1);
    for (const [t, slot] of slots.entries()) this.placeOf[slot] = t;
    this.ranges = Array.from(slots, (slot) =>
      units === 'traits' ? layout.ranges.find((range) => range.slot === slot) : undefined,
    );
    this.originColumns = haplotypes.map((_, h) => spec(`origins ${number}.${h + 1}`, 'u32', slots.length));
    this.ledgerColumns =
      writers.length === 0
        ? []
        : haplotypes.map((_, h) => spec(`ledgers ${number}.${h + 1}`, 'f64', writers.length * slots.length));
    this.columns = [...this.originColumns, ...this.ledgerColumns];
  }

  /**
   * From now on every living copy is its own origin; channels are empty. Ledgers continue.
   * @param order rows of the living in the order in which ancestors are numbered; by default that of the table
   */
  open(order?: ArrayLike<number>): void {
    const { table, count, ploidy } = this.population;
    const id = table.f64('id');
    this.ancestors = Float64Array.from({ length: count }, (_, place) => id[order ? order[place] : place]);
    this.counts.open(count * ploidy);
    const width = this.slots.length;
    for (const [h, column] of this.originColumns.entries()) {
      const origins = table.u32(column);
      for (let place = 0; place < count; place++) {
        const row = order ? order[place] : place;
        origins.fill(1 + place * ploidy + h, row * width, (row + 1) * width);
      }
    }
    this.forgetBank();
  }

  /** Copies of organisms that died before the trace was opened come from outside if they are revived. */
  private forgetBank(): void {
    const { bank } = this.population;
    if (!bank) return;
    for (const column of this.originColumns) bank.table.u32(column).fill(0, 0, bank.count * this.slots.length);
  }

  /** Those in the bank of the dead, to be saved beside a snapshot; undefined without a bank. */
  readBank(): BankedCopies | undefined {
    const { bank } = this.population;
    if (!bank) return undefined;
    const width = bank.count * this.slots.length;
    return {
      origins: this.originColumns.map((column) => Int32Array.from(bank.table.u32(column).subarray(0, width))),
      ledgers: this.ledgerColumns.map((column) => bank.table.f64(column).slice(0, width * this.writers.length)),
    };
  }

  /**
   * Restores what `readBank` returned.
   * @throws {RangeError} if the bank is not that of then
   */
  restoreBank({ origins, ledgers }: BankedCopies): void {
    const { bank } = this.population;
    const size = (bank?.count ?? 0) * this.slots.length;
    const fits =
      origins.every(({ length }) => length === size) && ledgers.every(({ length }) => length === size * this.writers.length);
    if (!bank || !fits || origins.length !== this.originColumns.length || ledgers.length !== this.ledgerColumns.length) {
      throw new RangeError('the saved copies are of another bank of the dead: they belong to another tick or run');
    }
    for (const [h, column] of this.originColumns.entries()) bank.table.u32(column).set(origins[h]);
    for (const [h, column] of this.ledgerColumns.entries()) bank.table.f64(column).set(ledgers[h]);
  }

  /** Ledgers of all living copies are 0 from now on. */
  clearLedgers(): void {
    const { table, count, bank } = this.population;
    const sheet = this.writers.length * this.slots.length;
    for (const column of this.ledgerColumns) {
      table.f64(column).fill(0, 0, count * sheet);
      bank?.table.f64(column).fill(0, 0, bank.count * sheet);
    }
  }

  /** Restores what `read` returned for the living, row after row in an order, with the ancestors and counts of that time. */
  restore(
    ancestors: Float64Array,
    order: ArrayLike<number>,
    copies: readonly { readonly origins: ArrayLike<number>; readonly ledgers: Float64Array }[],
    channels: ReadonlyMap<CopyChannel, Float32Array>,
  ): void {
    this.ancestors = ancestors.slice();
    this.counts.restore(ancestors.length * this.population.ploidy, channels);
    const width = this.slots.length;
    const sheet = this.writers.length * width;
    for (const [h, { origins, ledgers }] of copies.entries()) {
      const to = this.origins(h);
      const toLedgers = this.ledgers(h);
      for (let k = 0; k < order.length; k++) {
        for (let t = 0; t < width; t++) to[order[k] * width + t] = origins[k * width + t];
        for (let i = 0; i < sheet; i++) toLedgers[order[k] * sheet + i] = ledgers[k * sheet + i];
      }
    }
  }

  /** The organisms are not those that were traced: none has a known origin until the trace is opened again. */
  lose(): void {
    const { table, count } = this.population;
    this.ancestors = new Float64Array(0);
    this.counts.open(0);
    for (const column of this.originColumns) table.u32(column).fill(0, 0, count * this.slots.length);
    this.forgetBank();
    this.clearLedgers();
  }

  /** Origins of a haplotype, `slots.length` a row of the table; valid until the next step. */
  origins(haplotype: number): Uint32Array {
    return this.population.table.u32(this.originColumns[haplotype]);
  }

  /** Ledgers of a haplotype, `writers.length * slots.length` a row, mechanism by mechanism; empty without writers. Valid until the next step. */
  ledgers(haplotype: number): Float64Array {
    return this.writers.length === 0 ? noLedgers : this.population.table.f64(this.ledgerColumns[haplotype]);
  }

  /** The copies of a haplotype of rows `row` to `row + rows - 1` as they are now. */
  read(haplotype: number, row: number, rows = 1): TracedCopies {
    const width = this.slots.length;
    const sheet = this.writers.length * width;
    return {
      origins: this.origins(haplotype).slice(row * width, (row + rows) * width),
      ledgers: this.ledgers(haplotype).slice(row * sheet, (row + rows) * sheet),
    };
  }

  /**
   * The copy at place `t` of a haplotype of a row is replaced, by a channel, by the one at place `source` of row `line` of copies read before.
   * All channels but transfer change newborns. The choice among gametes is counted from the final state of newborns, so the effect of another
   * channel on them is subtracted here.
   */
  replace(
    haplotype: number,
    row: number,
    t: number,
    from: TracedCopies,
    line: number,
    source: number,
    channel: 'drive' | 'transfer' | 'transposition',
  ): void {
    const width = this.slots.length;
    const origins = this.origins(haplotype);
    const origin = from.origins[line * width + source];
    this.reroute(t, origins[row * width + t], origin, channel);
    origins[row * width + t] = origin;
    const ledgers = this.ledgers(haplotype);
    for (let m = 0; m < this.writers.length; m++) {
      const at = m * width + t;
      ledgers[row * this.writers.length * width + at] = from.ledgers[(line * this.writers.length + m) * width + source];
    }
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

  /** What a channel has added to the number of copies since the trace was opened, laid out like `copies`; undefined if it added nothing. */
  channel(channel: CopyChannel): Float32Array | undefined {
    return this.counts.get(channel);
  }

  /** The newborns of this tick are clones of their first parents, and so are their haplotypes. */
  copyClones(): void {
    const { table, births, arena, ploidy, haplotypes, layout } = this.population;
    if (this.writers.length > 0) {
      const size = births.count * ploidy * this.slots.length;
      if (this.formed.length < size) this.formed = new Float32Array(2 * size);
      for (let h = 0; h < ploidy; h++) {
        const column = table.f32(haplotypes[h]);
        for (let k = 0; k < births.count; k++) {
          const [at, from] = [(k * ploidy + h) * this.slots.length, (births.firstRow + k) * layout.stride];
          for (let t = 0; t < this.slots.length; t++) this.formed[at + t] = column[from + this.slots[t]];
        }
      }
    }
    for (const column of this.columns) {
      arena.kernel.copyGenomes({
        count: births.count,
        genome: table.of(column),
        parents: table.columns.parents,
        first: births.firstRow,
      });
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
      to[at + t] = of.origins[of.row * width + t];
    }
    if (this.writers.length === 0) return;
    const sheet = this.writers.length * width;
    const ledgers = this.ledgers(g);
    const values = this.formed;
    const { table, haplotypes, layout } = this.population;
    for (let t = 0; t < width; t++) {
      const slot = this.slots[t];
      const of = (masks[words + (slot >> 5)] >>> (slot & 31)) & 1 ? second : first;
      values[(k * ploidy + g) * width + t] = table.f32(haplotypes[of.haplotype])[of.row * layout.stride + slot];
      for (let m = 0; m < sheet; m += width) {
        ledgers[(births.firstRow + k) * sheet + m + t] = of.ledgers[of.row * sheet + m + t];
      }
    }
  }

  /**
   * After the step of a mechanism of inheritance: what it wrote into the copies of the newborns is added to their ledgers.
   * @throws {Error} if a mechanism without a ledger wrote: it must declare makesVariation
   */
  noteWrites(mechanism: string): void {
    if (this.writers.length === 0) return;
    const m = this.writers.indexOf(mechanism);
    const { births, ploidy, table, haplotypes, layout } = this.population;
    const width = this.slots.length;
    const sheet = this.writers.length * width;
    for (let h = 0; h < ploidy; h++) {
      const column = table.f32(haplotypes[h]);
      const ledgers = this.ledgers(h);
      for (let k = 0; k < births.count; k++) {
        const row = births.firstRow + k;
        const at = (k * ploidy + h) * width;
        for (let t = 0; t < width; t++) {
          const [former, now] = [this.formed[at + t], column[row * layout.stride + this.slots[t]]];
          if (now === former) continue;
          if (m < 0) throw new Error(`mechanism ${mechanism} writes values into genomes; it must declare makesVariation`);
          const range = this.ranges[t];
          ledgers[row * sheet + m * width + t] += range ? expressLocus(range, now) - expressLocus(range, former) : now - former;
          this.formed[at + t] = now;
        }
      }
    }
  }

  /** The value at place `t` of haplotype `h` of newborn `k` came with its copy: it was not written. */
  look(k: number, h: number, t: number): void {
    if (this.writers.length === 0) return;
    const { births, ploidy, table, haplotypes, layout } = this.population;
    this.formed[(k * ploidy + h) * this.slots.length + t] = table.f32(haplotypes[h])[
      (births.firstRow + k) * layout.stride + this.slots[t]
    ];
  }

  /** A copy at `t` with origin `former` has origin `origin` now, by a channel. */
  private reroute(t: number, former: number, origin: number, channel: 'drive' | 'transfer' | 'transposition'): void {
    if (!this.withChannels || former === origin) return;
    this.counts.add(channel, origin, t, 1);
    this.counts.add(channel, former, t, -1);
    if (channel === 'transfer') return;
    this.counts.add('gametes', origin, t, -1);
    this.counts.add('gametes', former, t, 1);
  }

  /** Place of a slot among the traced ones, or -1. */
  place(slot: number): number {
    return this.placeOf[slot];
  }

  /** Counts the newborns of this tick, once their genomes are complete and while their rows are at the end. */
  noteBirths(): void {
    if (!this.withChannels || this.population.births.count === 0) return;
    const { births, ploidy } = this.population;
    const mates = births.mateRows();
    const parents = births.parentRows();
    const width = this.slots.length;
    const counts = this.counts.of('births');
    for (let g = 0; g < ploidy; g++) {
      const now = this.origins(g);
      for (let k = 0; k < births.count; k++) {
        const at = (births.firstRow + k) * width;
        if (mates[k] < 0) {
          const from = parents[k] * width;
          for (let t = 0; t < width; t++) {
            const before = now[from + t];
            if (before > 0) counts[(before - 1) * width + t]++;
            if (now[at + t] === before) continue;
            this.counts.add('gametes', now[at + t], t, 1);
            this.counts.add('gametes', before, t, -1);
          }
          continue;
        }
        const [first, second] = this.sources(k, g);
        const [firstAt, secondAt] = [first.row * width, second.row * width];
        for (let t = 0; t < width; t++) {
          const [one, two] = [first.origins[firstAt + t], second.origins[secondAt + t]];
          this.counts.add('births', one, t, 0.5);
          this.counts.add('births', two, t, 0.5);
          if (one === two && one === now[at + t]) continue;
          this.counts.add('gametes', one, t, -0.5);
          this.counts.add('gametes', two, t, -0.5);
          this.counts.add('gametes', now[at + t], t, 1);
        }
      }
    }
  }

  /** The newborns of this tick were introduced. */
  noteArrivals(): void {
    const { births } = this.population;
    const width = this.slots.length;
    const [from, to] = [births.firstRow, births.firstRow + births.count];
    for (let h = 0; h < this.originColumns.length; h++) {
      this.origins(h).fill(0, from * width, to * width);
      this.ledgers(h).fill(0, from * this.writers.length * width, to * this.writers.length * width);
    }
  }

  /** Counts the organisms that die in this tick, while their rows still exist. */
  noteDeaths(): void {
    const { deaths, ploidy } = this.population;
    if (!this.withChannels || deaths.count === 0) return;
    const width = this.slots.length;
    const rows = deaths.rows();
    const counts = this.counts.of('births');
    for (let h = 0; h < ploidy; h++) {
      const origins = this.origins(h);
      for (let k = 0; k < rows.length; k++) {
        const at = rows[k] * width;
        for (let t = 0; t < width; t++) if (origins[at + t] > 0) counts[(origins[at + t] - 1) * width + t]--;
      }
    }
  }

  /** The sources of gamete `g` of newborn `k`. Haploid: two organisms; diploid: the two haplotypes of one. */
  private sources(k: number, g: number) {
    const { ploidy, births } = this.population;
    const [parent, mate] = [births.parentRows()[k], births.mateRows()[k]];
    const one = g === 1 ? mate : parent;
    const of = (haplotype: number, row: number) => ({
      haplotype,
      row,
      origins: this.origins(haplotype),
      ledgers: this.ledgers(haplotype),
    });
    return [of(0, one), of(ploidy - 1, ploidy === 1 ? mate : one)] as const;
  }
}

const noLedgers = new Float64Array(0);
