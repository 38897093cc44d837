import type { LocusEnd, LocusWindow } from '../analysis/price/price-of-loci.ts';
import { type CopyChannel, copyChannels } from '../population/origin-trace.ts';
import { type ListColumn, listColumn, nameColumn } from './history-columns.ts';
import type { ParquetReader } from './parquet-reader.ts';
import { FormatError } from './validate/format-error.ts';

/** One census of one population: its rows in the table, in the order of ids. */
export interface CensusRows {
  readonly rows: readonly number[];
  readonly id: ArrayLike<number>;
  readonly clade: ArrayLike<number>;
  /** NaN at the last census. */
  readonly descendants: ArrayLike<number>;
}

/** Values and ledgers of one trait, by row of the table. */
export interface TraitColumns {
  /** Place of the trait among those of the table, and how many there are. */
  readonly trait: number;
  readonly traits: number;
  readonly values: Float64Array;
  readonly ledgers: readonly { readonly mechanism: string; readonly values: Float64Array }[];
}

/** The copies of loci in a table of censuses, put together for windows between any two of them. */
export class LocusReader {
  private constructor(
    private readonly table: string,
    private readonly descent: readonly (string | undefined)[],
    private readonly alleles: ListColumn<Float32Array>,
    private readonly ledgers: ListColumn<Float64Array>,
    private readonly origins: ListColumn<Float64Array>,
    private readonly added: ReadonlyMap<CopyChannel, ListColumn<Float32Array>>,
    private readonly writers: readonly string[],
  ) {}

  /** Undefined for a table of an earlier version, which knows nothing of copies. @param writers mechanisms that write values at birth, in the order of their ledgers */
  static async open(table: ParquetReader, writers: readonly string[]): Promise<LocusReader | undefined> {
    if (!table.has('descent')) return undefined;
    const names: string[] = [];
    const places = await nameColumn(table, 'descent', names);
    const added = new Map<CopyChannel, ListColumn<Float32Array>>();
    for (const channel of copyChannels) added.set(channel, await listColumn(table, `copies_${channel}`, Float32Array));
    return new LocusReader(
      table.name,
      Array.from(places, (place) => names[place]),
      await listColumn(table, 'alleles', Float32Array),
      await listColumn(table, 'allele_ledgers', Float64Array),
      await listColumn(table, 'allele_origins', Float64Array),
      added,
      writers,
    );
  }

  /**
   * The window from the first to the last of successive censuses of a population, by copies of the locus of a trait. W of a copy is 1 and what each channel
   * added for it and for the copies of later censuses that come from it.
   * @param censuses one behind the other, at least two
   * @param former the census before the first
   * @returns undefined where copies were not followed all the time, or nothing lived
   * @throws {FormatError} where lists do not fit
   */
  window(censuses: readonly CensusRows[], former: CensusRows | undefined, ofTrait: TraitColumns): LocusWindow | undefined {
    const { trait } = ofTrait;
    if (censuses.some(({ rows }) => rows.length === 0)) return undefined;
    const ploidy = this.ploidyOf(censuses, ofTrait.traits);
    const followed = censuses.slice(1).map((census, k) => this.sources(census, censuses[k], trait, ploidy));
    if (followed.includes(undefined)) return undefined;
    let sums = new Map<CopyChannel, Float64Array>();
    for (let k = censuses.length - 2; k >= 0; k--) {
      const sources = followed[k] as Int32Array;
      const own = this.addedTo(censuses[k], trait, ploidy);
      for (const channel of copyChannels) {
        const later = sums.get(channel);
        if (!later) continue;
        const counts = own.get(channel) ?? new Float64Array(censuses[k].rows.length * ploidy);
        for (let j = 0; j < sources.length; j++) if (sources[j] > 0) counts[sources[j] - 1] += later[j];
        own.set(channel, counts);
      }
      sums = own;
    }
    const [first] = censuses;
    return {
      before: this.endOf(first, ofTrait, ploidy),
      after: this.endOf(censuses[censuses.length - 1], ofTrait, ploidy),
      added: sums,
      ...this.kinOf(first, former, trait, ploidy),
    };
  }

  /** 2 where any of the rows has alleles of its own. */
  private ploidyOf(censuses: readonly CensusRows[], traits: number): number {
    const { starts } = this.alleles;
    for (const { rows } of censuses) {
      for (const row of rows) {
        const length = starts[row + 1] - starts[row];
        if (length > 0) return this.expect(length, traits, 'alleles', row) / traits;
      }
    }
    return 1;
  }

  /** Where the copies of a census come from in the one before; undefined where they were not followed. */
  private sources(census: CensusRows, before: CensusRows, trait: number, ploidy: number): Int32Array | undefined {
    const descent = this.descent[census.rows[0]];
    if (descent !== 'clades' && descent !== 'loci') return undefined;
    const sources = new Int32Array(census.rows.length * ploidy);
    const places = descent === 'clades' ? new Map(Array.from(before.id, (id, place) => [id, place])) : undefined;
    const most = before.rows.length * ploidy;
    for (const [k, row] of census.rows.entries()) {
      const place = places?.get(census.clade[k]);
      for (let h = 0; h < ploidy; h++) {
        const code = places
          ? place === undefined
            ? 0
            : 1 + place * ploidy + h
          : this.item(this.origins, row, trait * ploidy + h);
        if (!(code >= 0 && code <= most))
          throw new FormatError(this.table, `row ${row}: allele_origins has ${code}, of ${most} copies`);
        sources[k * ploidy + h] = code;
      }
    }
    return sources;
  }

  /** What channels added for each copy of a census until the next one. */
  private addedTo({ rows, descendants }: CensusRows, trait: number, ploidy: number): Map<CopyChannel, Float64Array> {
    const added = new Map<CopyChannel, Float64Array>();
    const [row] = rows;
    for (const [channel, column] of this.added) {
      if (column.starts[row + 1] === column.starts[row]) continue;
      added.set(
        channel,
        Float64Array.from({ length: rows.length * ploidy }, (_, c) =>
          this.item(column, rows[Math.floor(c / ploidy)], trait * ploidy + (c % ploidy)),
        ),
      );
    }
    if (added.size > 0) return added;
    const births = Float64Array.from({ length: rows.length * ploidy }, (_, c) => descendants[Math.floor(c / ploidy)] - 1);
    return new Map([['births', births]]);
  }

  private endOf({ rows }: CensusRows, { trait, traits, values, ledgers }: TraitColumns, ploidy: number): LocusEnd {
    const own = Float64Array.from(rows, (row) => values[row]);
    const copies = <T>(of: (row: number, h: number) => T) =>
      Array.from({ length: rows.length * ploidy }, (_, c) => of(rows[Math.floor(c / ploidy)], c % ploidy));
    return {
      traits: own,
      alleles: ploidy === 1 ? own : copies((row, h) => this.item(this.alleles, row, trait * ploidy + h)),
      ledgers: this.writers.map((mechanism, m) => {
        const ofOrganisms = ledgers.find((ledger) => ledger.mechanism === mechanism)?.values;
        const place = (m * traits + trait) * ploidy;
        return {
          mechanism,
          values: copies((row, h) =>
            this.ledgers.starts[row + 1] === this.ledgers.starts[row]
              ? (ofOrganisms?.[row] ?? 0)
              : this.item(this.ledgers, row, place + h),
          ),
        };
      }),
    };
  }

  /** Clade and family of each copy. */
  private kinOf(census: CensusRows, former: CensusRows | undefined, trait: number, ploidy: number) {
    const copies = census.rows.length * ploidy;
    const named = (name: (k: number, c: number) => number) =>
      Float64Array.from({ length: copies }, (_, c) => name(Math.floor(c / ploidy), c));
    const own = (k: number, c: number) => census.clade[k] * ploidy + (c % ploidy);
    if (this.descent[census.rows[0]] !== 'loci') {
      const formerClade = new Map(former ? Array.from(former.id, (id, k) => [id, former.clade[k]]) : []);
      const families = named((k, c) => (formerClade.get(census.clade[k]) ?? census.clade[k]) * ploidy + (c % ploidy));
      return { clades: named(own), families };
    }
    const origins = named((k, c) => this.item(this.origins, census.rows[k], trait * ploidy + (c % ploidy)));
    // A copy from outside is a clade of its own.
    const clades = origins.map((code, c) => code || -1 - c);
    if (!former) return { clades, families: clades };
    const further = this.descent[former.rows[0]] === 'loci';
    const families = origins.map((code, c) => {
      if (code === 0) return -1 - c;
      const [place, h] = [Math.floor((code - 1) / ploidy), (code - 1) % ploidy];
      if (!further) return former.clade[place] * ploidy + h;
      return this.item(this.origins, former.rows[place], trait * ploidy + h) || -1 - c;
    });
    return { clades, families };
  }

  private item({ starts, items }: ListColumn<Float32Array | Float64Array>, row: number, place: number): number {
    const at = starts[row] + place;
    if (at >= starts[row + 1])
      throw new FormatError(this.table, `row ${row}: a list of copies has fewer entries than there are copies`);
    return items[at];
  }

  private expect(length: number, traits: number, column: string, row: number): number {
    if (length === traits || length === 2 * traits) return length;
    throw new FormatError(this.table, `row ${row}: ${column} has ${length} entries for ${traits} traits`);
  }
}
