import { showText } from '../parameter/show.ts';
import { isList } from './export-table.ts';
import { type ColumnValues, chunkLists, chunkNumbers, chunkValues, type NumberLists } from './parquet/chunk-values.ts';
import { Damage } from './parquet/damage.ts';
import { type Chunk, type FileColumn, type Footer, type RowGroup, readFooter } from './parquet/footer.ts';
import type { FileSource } from './validate/file-source.ts';
import { FormatError } from './validate/format-error.ts';

export type { ColumnValues, NumberLists } from './parquet/chunk-values.ts';
export type { FileColumn, RowGroup } from './parquet/footer.ts';

/**
 * An Upslope Parquet file that is read one column and one row group at a time, so that memory stays flat. The reader takes what
 * our writer writes and refuses all other files before it decodes them: for any bytes, time and memory are bounded by their
 * number.
 */
export class ParquetReader {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly FileColumn[];
  readonly groups: readonly RowGroup[];
  /** Key and value pairs from the footer. */
  readonly metadata: ReadonlyMap<string, string>;
  private readonly file: FileSource;

  private constructor(name: string, file: FileSource, { rowCount, columns, groups, metadata }: Footer) {
    this.name = name;
    this.file = file;
    this.rowCount = rowCount;
    this.columns = columns;
    this.groups = groups;
    this.metadata = metadata;
  }

  /**
   * @param name of the file, for messages
   * @throws {FormatError} for a file that is not one of our Parquet files, or is damaged
   */
  static async open(name: string, file: FileSource): Promise<ParquetReader> {
    return new ParquetReader(
      name,
      file,
      orDamaged(name, () => readFooter(file)),
    );
  }

  has(column: string): boolean {
    return this.columns.some(({ name }) => name === column);
  }

  /**
   * @param group one of `groups`
   * @throws {FormatError} for pages that are damaged, or that our writer never writes
   */
  async read(column: string, group: RowGroup): Promise<ColumnValues> {
    return this.decode(column, group, chunkValues);
  }

  /**
   * A column of numbers, as numbers: faster than `read`, which makes a bigint of each whole number.
   * @param missing where a row has no value
   * @throws {FormatError} as `read`, and for a column of texts or lists
   */
  async readNumbers(column: string, group: RowGroup, missing: number): Promise<Float64Array> {
    return this.decode(column, group, (bytes, file, chunk, rows) => {
      if (file.type === 'STRING' || isList(file.type)) this.refuseType(file, 'numbers');
      return chunkNumbers(bytes, file, chunk, rows, missing);
    });
  }

  /** A column of lists of numbers. @throws {FormatError} as `read`, and for a column of other values */
  async readLists(column: string, group: RowGroup): Promise<NumberLists> {
    return this.decode(column, group, (bytes, file, chunk, rows) => {
      if (!isList(file.type)) this.refuseType(file, 'lists');
      return chunkLists(bytes, file, chunk, rows);
    });
  }

  private refuseType({ name, type }: FileColumn, wanted: string): never {
    throw new FormatError(this.name, `column ${name} must hold ${wanted}, not ${type}`);
  }

  private decode<T>(
    column: string,
    { rowStart, rowEnd, chunks }: RowGroup,
    as: (bytes: Uint8Array, column: FileColumn, chunk: Chunk, rows: number) => T,
  ): T {
    const index = this.columns.findIndex(({ name }) => name === column);
    if (index < 0) throw new FormatError(this.name, `has no column ${column}`);
    return orDamaged(`${this.name}, rows ${rowStart + 1} to ${rowEnd}, column ${column}`, () => {
      const chunk = chunks[index];
      const bytes = new Uint8Array(this.file.slice(chunk.start, chunk.end));
      return as(bytes, this.columns[index], chunk, rowEnd - rowStart);
    });
  }
}

function orDamaged<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new FormatError(place, `damaged Parquet (${showText(error.message, 200)}); use another copy`);
  }
}
