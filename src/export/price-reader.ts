import type { CountedCensus } from '../analysis/climb/climb-of-window.ts';
import { countDescendants } from '../analysis/price/count-descendants.ts';
import type { LocusWindow } from '../analysis/price/price-of-loci.ts';
import type { PriceWindow } from '../analysis/price/price-of-window.ts';
import type { TraitText } from '../population/traits.ts';
import { columnName } from './export-table.ts';
import type { History } from './history.ts';
import { nameColumn, numberColumn } from './history-columns.ts';
import { type CensusRows, LocusReader } from './locus-reader.ts';
import { ParquetReader } from './parquet-reader.ts';
import type { FileSource } from './validate/file-source.ts';
import { FormatError } from './validate/format-error.ts';
import { worldOfColumns } from './validate/world-of-columns.ts';

/** The censuses of a run, opened for Price's equation: nothing but the exported tables is read. */
export class PriceReader {
  /** Traits that have columns, and mechanisms that have ledgers. */
  readonly traits: readonly TraitText[];
  readonly mechanisms: readonly string[];
  private readonly names: string[] = [];
  /** Columns that `census` has read: it is asked for one tick after the other. */
  private readonly columns = new Map<string, Float64Array>();

  private constructor(
    private readonly table: ParquetReader,
    private readonly history: History,
    private readonly tick: Float64Array,
    private readonly population: Int32Array,
    names: string[],
    private readonly loci: LocusReader | undefined,
  ) {
    this.names = names;
    const world = worldOfColumns(table.columns.map(({ name }) => name));
    this.traits = world.traits.filter(({ id }) => table.has(columnName(id)));
    this.mechanisms = world.mechanisms.filter((mechanism) =>
      this.traits.every(({ id }) => table.has(ledgerColumn(mechanism, id))),
    );
  }

  /** @throws {FormatError} for what is no table of censuses */
  static async open(file: FileSource, history: History): Promise<PriceReader> {
    const table = await ParquetReader.open('census.parquet', file);
    for (const column of ['tick', 'population', 'id', 'clade_id']) {
      if (!table.has(column)) throw new FormatError(table.name, `has no column ${column}`);
    }
    const names: string[] = [];
    const population = await nameColumn(table, 'population', names);
    const { writers } = worldOfColumns(table.columns.map(({ name }) => name));
    const loci = await LocusReader.open(table, writers);
    return new PriceReader(table, history, await numberColumn(table, 'tick', -1), population, names, loci);
  }

  /** Populations that were counted. */
  get populations(): readonly string[] {
    return this.names;
  }

  /** Ticks of the censuses of a population, ascending. */
  censusTicks(population: string): number[] {
    const index = this.names.indexOf(population);
    const ticks = new Set<number>();
    for (let row = 0; row < this.tick.length; row++) if (this.population[row] === index) ticks.add(this.tick[row]);
    return [...ticks].sort((a, b) => a - b);
  }

  /** What a census counted, all traits: rows in the order of the table. */
  async census(population: string, tick: number): Promise<CountedCensus & { readonly id: Float64Array }> {
    const { table } = this;
    const index = this.names.indexOf(population);
    const rows = Array.from(this.tick, (_, row) => row).filter(
      (row) => this.tick[row] === tick && this.population[row] === index,
    );
    const pick = async (column: string, otherwise: number) => {
      const values = this.columns.get(column) ?? (await numberColumn(table, column, otherwise));
      this.columns.set(column, values);
      return Float64Array.from(rows, (row) => values[row]);
    };
    const width = this.traits.length;
    const traits = new Float64Array(rows.length * width);
    for (const [t, { id }] of this.traits.entries()) {
      const values = await pick(columnName(id), Number.NaN);
      for (let k = 0; k < rows.length; k++) traits[k * width + t] = values[k];
    }
    const descendants = await pick('descendants', Number.NaN);
    return {
      tick,
      count: rows.length,
      id: await pick('id', -1),
      species: await pick('species_id', -1),
      clade: await pick('clade_id', -1),
      traits,
      descendants: descendants.some(Number.isNaN) ? undefined : descendants,
    };
  }

  /**
   * The window between two censuses by copies of the loci of some traits; empty where copies were not followed all the time between them.
   * @throws {FormatError} where lists of copies do not fit
   */
  async locusWindows(population: string, from: number, to: number, traits: readonly string[]): Promise<Map<string, LocusWindow>> {
    const { table, loci } = this;
    const windows = new Map<string, LocusWindow>();
    if (!loci) return windows;
    const ticks = this.censusTicks(population);
    const index = this.names.indexOf(population);
    const column = async (name: string, otherwise: number) => {
      const values = this.columns.get(name) ?? (await numberColumn(table, name, otherwise));
      this.columns.set(name, values);
      return values;
    };
    const [id, clade] = [await column('id', -1), await column('clade_id', -1)];
    const descendants = await column('descendants', Number.NaN);
    const censusOf = (tick: number): CensusRows => {
      const rows = Array.from(this.tick, (_, row) => row).filter(
        (row) => this.tick[row] === tick && this.population[row] === index,
      );
      const pick = (values: Float64Array) => rows.map((row) => values[row]);
      return { rows, id: pick(id), clade: pick(clade), descendants: pick(descendants) };
    };
    const censuses = ticks.filter((tick) => tick >= from && tick <= to).map(censusOf);
    const before = ticks.findLast((tick) => tick < from);
    const former = before === undefined ? undefined : censusOf(before);
    for (const id of traits) {
      const trait = this.traits.findIndex((one) => one.id === id);
      const ledgers = [];
      for (const mechanism of this.mechanisms) ledgers.push({ mechanism, values: await column(ledgerColumn(mechanism, id), 0) });
      const values = await column(columnName(id), Number.NaN);
      const window = loci.window(censuses, former, { trait, traits: this.traits.length, values, ledgers });
      if (window) windows.set(id, window);
    }
    return windows;
  }

  /**
   * The window between two censuses, for some traits.
   * @throws {FormatError} where the pedigree does not hold who was born between them
   */
  async window(population: string, from: number, to: number, traits: readonly string[]): Promise<Map<string, PriceWindow>> {
    const { table } = this;
    const index = this.names.indexOf(population);
    const rowsAt = (tick: number) =>
      Array.from(this.tick, (_, row) => row).filter((row) => this.tick[row] === tick && this.population[row] === index);
    const [opened, closed] = [rowsAt(from), rowsAt(to)];
    const [id, clade] = [await numberColumn(table, 'id', -1), await numberColumn(table, 'clade_id', -1)];
    const pick = (column: Float64Array, rows: readonly number[]) => Float64Array.from(rows, (row) => column[row]);
    const descendants = this.descendantsOf(pick(id, opened), pick(id, closed), from);
    const clades = pick(clade, opened);
    // The table has the census before, so that clades have families.
    const former = rowsAt(this.censusTicks(population).findLast((tick) => tick < from) ?? Number.NaN);
    const formerClade = new Map(former.map((row) => [id[row], clade[row]]));
    const families = clades.map((one) => formerClade.get(one) ?? one);
    const windows = new Map<string, PriceWindow>();
    for (const trait of traits) {
      const values = await numberColumn(table, columnName(trait), Number.NaN);
      const ledgers: PriceWindow['ledgers'][number][] = [];
      for (const mechanism of this.mechanisms) {
        const ledger = await numberColumn(table, ledgerColumn(mechanism, trait), Number.NaN);
        ledgers.push({ mechanism, before: pick(ledger, opened), after: pick(ledger, closed) });
      }
      windows.set(trait, { before: pick(values, opened), after: pick(values, closed), descendants, clades, families, ledgers });
    }
    return windows;
  }

  private descendantsOf(ancestors: Float64Array, living: Float64Array, opened: number): Float64Array {
    const { id, birthTick, firstParent, secondParent, firstShare } = this.history.organisms;
    const idOf = (parents: Int32Array) => Float64Array.from(parents, (row) => (row < 0 ? -1 : id[row]));
    try {
      return countDescendants(
        { id, birthTick, firstParent: idOf(firstParent), secondParent: idOf(secondParent), share: firstShare },
        ancestors,
        living,
        opened,
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new FormatError('organisms.parquet', `is no whole pedigree (${error.message})`);
    }
  }
}

const ledgerColumn = (mechanism: string, trait: string) => `ledger_${columnName(mechanism)}_${columnName(trait)}`;
