import { parquetMetadataAsync } from 'hyparquet/src/metadata.js';
import { parquetScan } from 'hyparquet/src/scan.js';
import type { ColumnType } from './export-table.ts';
import type { FileSource } from './validate/file-source.ts';
import { FormatError } from './validate/format-error.ts';

/** A column as the file itself describes it. */
export interface FileColumn {
  readonly name: string;
  /** Undefined for what none of our tables holds. */
  readonly type: ColumnType | undefined;
  readonly nullable: boolean;
}

/** Rows `rowStart` to `rowEnd - 1` were written together and are read together. */
export interface RowGroup {
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** What a column holds for the rows of a group: numbers, bigints, texts, lists, null or undefined where there is nothing. */
export type ColumnValues = ArrayLike<unknown>;

type Scan = Awaited<ReturnType<typeof parquetScan>>;
type SchemaElement = Scan['metadata']['schema'][number];

/** A Parquet file that is read a column and a row group at a time, so that memory stays flat. */
export class ParquetReader {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly FileColumn[];
  readonly groups: readonly RowGroup[];
  private readonly scan: Scan;

  private constructor(name: string, scan: Scan) {
    this.name = name;
    this.scan = scan;
    this.rowCount = Number(scan.metadata.num_rows);
    this.columns = columnsOf(scan.metadata.schema);
    this.groups = scan.ranges.filter(({ rowStart, rowEnd }) => rowEnd > rowStart);
  }

  /**
   * @param name of the file, for messages
   * @throws {FormatError} for what is no Parquet file
   */
  static async open(name: string, file: FileSource): Promise<ParquetReader> {
    return orFormatError(name, async () => {
      const metadata = await parquetMetadataAsync(file);
      return new ParquetReader(name, await parquetScan({ file, metadata, useOffsetIndex: false, geoparquet: false }));
    });
  }

  has(column: string): boolean {
    return this.columns.some(({ name }) => name === column);
  }

  /** @throws {FormatError} for pages that cannot be read */
  async read(column: string, { rowStart, rowEnd }: RowGroup): Promise<ColumnValues> {
    const place = `${this.name}, rows ${rowStart + 1} to ${rowEnd}, column ${column}`;
    const values = await orFormatError(place, () => this.scan.readColumn({ column, rowStart, rowEnd }));
    if (values.length !== rowEnd - rowStart) throw new FormatError(place, `has ${values.length} values`);
    return values;
  }
}

async function orFormatError<T>(place: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FormatError || !(error instanceof Error)) throw error;
    // What the system says of a disk that fails is no fault of the format.
    if ('syscall' in error) throw error;
    throw new FormatError(place, `cannot be read as Parquet (${error.message})`);
  }
}

function columnsOf(schema: readonly SchemaElement[]): FileColumn[] {
  const columns: FileColumn[] = [];
  for (let i = 1; i < schema.length; ) {
    const element = schema[i];
    const nullable = element.repetition_type !== 'REQUIRED';
    const size = subtreeSize(schema, i);
    const item = schema[i + 2];
    const isPlainList =
      size === 3 &&
      element.converted_type === 'LIST' &&
      schema[i + 1].repetition_type === 'REPEATED' &&
      item.repetition_type === 'REQUIRED';
    const type = size === 1 ? plainType(element) : isPlainList ? `LIST<${plainType(item)}>` : undefined;
    columns.push({ name: element.name, type: type as ColumnType | undefined, nullable });
    i += size;
  }
  return columns;
}

function plainType({ type, converted_type }: SchemaElement): string | undefined {
  if (type === 'BYTE_ARRAY') return converted_type === 'UTF8' ? 'STRING' : undefined;
  return converted_type === undefined ? type : undefined;
}

function subtreeSize(schema: readonly SchemaElement[], at: number): number {
  let size = 1;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) size += subtreeSize(schema, at + size);
  return size;
}
