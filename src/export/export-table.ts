/** Type of an exported column, in Parquet's words. A list column holds several numbers a row. @public */
export type ColumnType = 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'STRING' | 'LIST<INT64>' | 'LIST<FLOAT>' | 'LIST<DOUBLE>';

/** One column of an export table. Parquet, CSV and the reference are all made from this description. @public */
export interface ExportColumn {
  /** `snake_case`. */
  readonly name: string;
  readonly type: ColumnType;
  /** True when a row may lack a value (Parquet null, an empty CSV field). */
  readonly nullable: boolean;
  /** Unit of the value, or '' for a pure number or a text. */
  readonly unit: string;
  /** One plain sentence. */
  readonly description: string;
}

/** One export table: a file `<name>.parquet`, and `<name>.csv` on request. @public */
export interface ExportTable {
  readonly name: string;
  readonly title: string;
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly ExportColumn[];
}

/** A value of one row. NaN in a nullable number column counts as null. @public */
export type Cell = number | string | null | ArrayLike<number>;

/** Receives encoded bytes. The chunk is valid only during the call: copy it to keep it. @public */
export type Sink = (chunk: Uint8Array) => void;

/** True for the list types. */
export function isList(type: ColumnType): boolean {
  return type.startsWith('LIST<');
}

/** `snake_case` name of the column of a trait or of a probe's measure: `body.size` gives `body_size`. */
export function columnName(id: string): string {
  return id
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
