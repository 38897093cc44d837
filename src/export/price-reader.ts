import { countDescendants } from '../analysis/price/count-descendants.ts';
import { LocusWindow } from '../analysis/price/loci-of-censuses.ts';
import type { LocusAccount } from '../analysis/price/price-of-loci.ts';
import type { PriceWindow } from '../analysis/price/price-of-window.ts';
import { standardVocabulary } from '../habitat/standard.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import type { TraitText } from '../population/traits.ts';
import type { Census } from '../record/types.ts';
import { CensusReader } from './census-reader.ts';
import type { History } from './history.ts';
import { ParquetReader } from './parquet-reader.ts';
import type { FileSource } from './validate/file-source.ts';
import { FormatError } from './validate/format-error.ts';

/** The censuses of a run, opened for Price's equation: only the exported tables are read. */
export class PriceReader {
  private constructor(
    private readonly censuses: CensusReader,
    private readonly history: History,
  ) {}

  /**
   * @param vocabulary that the scene of the run was read with
   * @throws {FormatError} for a table that does not hold censuses
   */
  static async open(
    file: FileSource,
    history: History,
    { mechanisms }: Pick<Vocabulary, 'mechanisms'> = standardVocabulary,
  ): Promise<PriceReader> {
    return new PriceReader(await CensusReader.open(await ParquetReader.open('census.parquet', file), mechanisms), history);
  }

  /** Traits that have columns. */
  get traits(): readonly TraitText[] {
    return this.censuses.traits;
  }

  /** Populations that were counted. */
  get populations(): readonly string[] {
    return this.censuses.populations;
  }

  /** Ticks of the censuses of a population, ascending. */
  censusTicks(population: string): number[] {
    return this.censuses.ticksOf(population);
  }

  /** What a census counted: rows in the order of the table. */
  async census(population: string, tick: number): Promise<Census> {
    return await this.censuses.read(population, tick);
  }

  /**
   * Price's equation between two censuses by copies of the loci of some traits; empty where copies were not followed all the
   * time between them.
   * @throws {FormatError} where lists of copies do not fit
   */
  async lociAccounts(
    population: string,
    from: number,
    to: number,
    traits: readonly string[],
  ): Promise<Map<string, LocusAccount>> {
    const { censuses } = this;
    const ticks = this.censusTicks(population);
    const before = ticks.findLast((tick) => tick < from);
    const window = new LocusWindow(await censuses.read(population, to), this.traits.length);
    for (const tick of ticks.filter((one) => one >= from && one < to).reverse()) {
      const census = await censuses.read(population, tick, tick === from ? 'all' : 'copies');
      if (!orFormatError(() => window.openAt(census))) return new Map();
    }
    const former = before === undefined ? undefined : await censuses.read(population, before, 'copies');
    return new Map(
      traits.map((id) => [
        id,
        window.account(
          this.traits.findIndex((one) => one.id === id),
          former,
        ),
      ]),
    );
  }

  /**
   * The window between two censuses, for some traits.
   * @throws {FormatError} where the pedigree lacks organisms born between them
   */
  async window(population: string, from: number, to: number, traits: readonly string[]): Promise<Map<string, PriceWindow>> {
    const [opened, closed] = [await this.census(population, from), await this.census(population, to)];
    const before = this.censusTicks(population).findLast((tick) => tick < from);
    // The table has the previous census, so that clades have families.
    const former = before === undefined ? undefined : await this.censuses.read(population, before, 'copies');
    const formerClade = new Map(former ? Array.from(former.id, (id, k): [number, number] => [id, former.clade[k]]) : []);
    const descendants = this.descendantsOf(opened.id, closed.id, from);
    const clades = opened.clade;
    const families = clades.map((one) => formerClade.get(one) ?? one);
    const width = this.traits.length;
    return new Map(
      traits.map((id) => {
        const t = this.traits.findIndex((one) => one.id === id);
        const values = ({ count, traits: all }: Census) => Float64Array.from({ length: count }, (_, k) => all[k * width + t]);
        const changes = ({ count, ledgers, mechanisms }: Census, m: number) =>
          Float64Array.from({ length: count }, (_, k) => ledgers[(k * mechanisms.length + m) * width + t]);
        const ledgers = opened.mechanisms.map((mechanism, m) => ({
          mechanism,
          before: changes(opened, m),
          after: changes(closed, m),
        }));
        return [id, { before: values(opened), after: values(closed), descendants, clades, families, ledgers }];
      }),
    );
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
      throw new FormatError('organisms.parquet', `is not a whole pedigree (${error.message})`);
    }
  }
}

/** Reports columns that do not fit each other as a fault of the file. */
function orFormatError<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FormatError('census.parquet', `is not whole (${error.message})`);
  }
}
