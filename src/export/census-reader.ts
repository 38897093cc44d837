import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import { type CopyChannel, copyChannels } from '../population/copy-counts.ts';
import type { Census, LocusCensus } from '../record/types.ts';
import { columnName } from './export-table.ts';
import { nameColumn, numberColumn } from './history-columns.ts';
import type { ColumnValues, ParquetReader } from './parquet-reader.ts';
import { FormatError } from './validate/format-error.ts';
import { worldOfColumns } from './validate/world-of-columns.ts';

/** What is read of a census: all of it, or only where copies come from, which is enough in the middle of a window. */
export type CensusParts = 'all' | 'copies';

/** Reads the censuses of a table one by one; of the file only the row groups that hold them. */
export class CensusReader {
  readonly traits;
  /** Mechanisms that have ledgers in this table. */
  readonly mechanisms: readonly string[];
  private readonly writers: readonly string[];

  private constructor(
    readonly table: ParquetReader,
    readonly populations: readonly string[],
    private readonly tick: Float64Array,
    private readonly population: Int32Array,
    mechanisms: MechanismSet,
  ) {
    const world = worldOfColumns(
      table.columns.map(({ name }) => name),
      mechanisms,
    );
    this.traits = world.traits.filter(({ id }) => table.has(columnName(id)));
    this.mechanisms = world.mechanisms.filter((mechanism) =>
      this.traits.every(({ id }) => table.has(ledgerColumn(mechanism, id))),
    );
    this.writers = world.writers;
  }

  /**
   * @param mechanisms that the run could have on
   * @throws {FormatError} for a table that does not hold censuses
   */
  static async open(table: ParquetReader, mechanisms: MechanismSet): Promise<CensusReader> {
    for (const column of ['tick', 'population', 'id', 'clade_id']) {
      if (!table.has(column)) throw new FormatError(table.name, `has no column ${column}`);
    }
    const names: string[] = [];
    const population = await nameColumn(table, 'population', names);
    return new CensusReader(table, names, await numberColumn(table, 'tick', -1), population, mechanisms);
  }

  /** Ticks of the censuses of a population, ascending. */
  ticksOf(population: string): number[] {
    const index = this.populations.indexOf(population);
    const ticks = new Set<number>();
    for (let row = 0; row < this.tick.length; row++) if (this.population[row] === index) ticks.add(this.tick[row]);
    return [...ticks].sort((a, b) => a - b);
  }

  /**
   * A census, rows in the order of the table.
   * @throws {FormatError} where the lists of copies do not fit
   */
  async read(population: string, tick: number, parts: CensusParts = 'all'): Promise<Census> {
    const index = this.populations.indexOf(population);
    const rows: number[] = [];
    for (let row = 0; row < this.tick.length; row++) {
      if (this.tick[row] === tick && this.population[row] === index) rows.push(row);
    }
    const descendants = await this.numbers('descendants', rows, Number.NaN);
    const width = parts === 'all' ? this.traits.length : 0;
    const traits = new Float32Array(rows.length * width);
    const ledgers = new Float64Array(rows.length * width * this.mechanisms.length);
    for (const [t, { id }] of parts === 'all' ? this.traits.entries() : []) {
      const values = await this.numbers(columnName(id), rows, Number.NaN);
      for (let k = 0; k < rows.length; k++) traits[k * width + t] = values[k];
      for (const [m, mechanism] of this.mechanisms.entries()) {
        const changes = await this.numbers(ledgerColumn(mechanism, id), rows, 0);
        for (let k = 0; k < rows.length; k++) ledgers[(k * this.mechanisms.length + m) * width + t] = changes[k];
      }
    }
    return {
      tick,
      population: index,
      count: rows.length,
      id: await this.numbers('id', rows, -1),
      clade: await this.numbers('clade_id', rows, -1),
      species: await this.numbers('species_id', rows, -1),
      traits,
      ledgers,
      mechanisms: this.mechanisms,
      genomes: undefined,
      descendants: descendants.some(Number.isNaN) ? undefined : descendants,
      locus: rows.length > 0 ? await this.copies(rows, parts) : undefined,
    };
  }

  /** What a census knows of copies of loci; undefined where it knows nothing, as in tables of earlier versions. */
  private async copies(rows: readonly number[], parts: CensusParts): Promise<LocusCensus | undefined> {
    if (!this.table.has('descent')) return undefined;
    const [descent] = await this.cells('descent', rows.slice(0, 1));
    if (descent !== 'founders' && descent !== 'clades' && descent !== 'loci' && descent !== 'unknown') return undefined;
    const traits = this.traits.length;
    const alleles = await this.lists('alleles', rows, Float32Array);
    const ploidy = alleles ? alleles.length / rows.length / traits : 1;
    if (ploidy !== 1 && ploidy !== 2)
      throw new FormatError(this.table.name, `alleles must hold one or two values for each of ${traits} traits`);
    const origins = await this.lists('allele_origins', rows, Int32Array);
    const added: Partial<Record<CopyChannel, Float32Array>> = {};
    for (const channel of copyChannels) {
      const counts = await this.lists(`copies_${channel}`, rows, Float32Array);
      if (counts) added[channel] = counts;
    }
    const known = [...Object.values(added), ...(origins ? [origins] : [])];
    const copies = known.length > 0 ? known[0].length / rows.length : traits * ploidy;
    if (known.some(({ length }) => length !== copies * rows.length) || copies < traits * ploidy || copies % ploidy !== 0) {
      throw new FormatError(this.table.name, 'its lists of copies differ in length');
    }
    if ((descent === 'loci') !== (origins !== undefined))
      throw new FormatError(this.table.name, `allele_origins do not fit the descent '${descent}'`);
    const ledgers = parts === 'all' ? await this.lists('allele_ledgers', rows, Float64Array) : undefined;
    if (ledgers && ledgers.length !== rows.length * this.writers.length * traits * ploidy) {
      throw new FormatError(this.table.name, `allele_ledgers do not fit ${this.writers.length} mechanisms`);
    }
    return {
      loci: copies / ploidy,
      ploidy,
      writers: this.writers,
      alleles,
      ledgers,
      descent,
      origins,
      elders: undefined,
      added: Object.keys(added).length > 0 ? added : undefined,
    };
  }

  /** Cells of a column, in the order of rows that ascend. */
  private async cells(column: string, rows: readonly number[]): Promise<unknown[]> {
    const cells: unknown[] = [];
    let k = 0;
    for (const group of this.table.groups) {
      if (k === rows.length) break;
      if (rows[k] >= group.rowEnd) continue;
      const values = await this.table.read(column, group);
      for (; k < rows.length && rows[k] < group.rowEnd; k++) cells.push(values[rows[k] - group.rowStart]);
    }
    return cells;
  }

  private async numbers(column: string, rows: readonly number[], missing: number): Promise<Float64Array> {
    if (!this.table.has(column)) return new Float64Array(rows.length).fill(missing);
    return Float64Array.from(await this.cells(column, rows), (value) =>
      value === null || value === undefined ? missing : Number(value),
    );
  }

  /** Lists of equal length, concatenated; undefined where the first row has none. */
  private async lists<Items extends Float32Array | Float64Array | Int32Array>(
    column: string,
    rows: readonly number[],
    Type: new (length: number) => Items,
  ): Promise<Items | undefined> {
    if (!this.table.has(column)) return undefined;
    const lists = (await this.cells(column, rows)) as (ColumnValues | null | undefined)[];
    const width = lists[0]?.length;
    if (lists.some((list) => list?.length !== width))
      throw new FormatError(this.table.name, `lists of ${column} differ in length within one census`);
    if (width === undefined) return undefined;
    const items = new Type(rows.length * width);
    for (const [k, list] of lists.entries())
      for (let i = 0; i < width; i++) items[k * width + i] = Number((list as ColumnValues)[i]);
    return items;
  }
}

/** Name of the column of a trait's changes by one mechanism. */
export const ledgerColumn = (mechanism: string, trait: string): string => `ledger_${columnName(mechanism)}_${columnName(trait)}`;
