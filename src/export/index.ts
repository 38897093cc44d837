// What the command line, the page and the library use of exports and of the record behind them.

export { LifeRecord, type RecordOptions } from '../record/life-record.ts';
export { type Packable, pack, unpack } from '../record/pack.ts';
export type * from '../record/types.ts';
export { createCsvEncoder } from './csv.ts';
export type { Cell, ColumnType, ExportColumn, ExportTable, Sink } from './export-table.ts';
export { type GenomeChoice, genomeChoices } from './organisms.ts';
export { createParquetEncoder } from './parquet.ts';
export { describeProvenance, type Provenance, type ProvenanceOptions, provenanceSchema } from './provenance.ts';
export { tablesReference } from './reference.ts';
export { schemaVersion, software } from './software.ts';
export { type Summary, type SummaryOptions, summarise } from './summary.ts';
export type { TableEncoder } from './table-encoder.ts';
export { Recorder, type RecorderOptions, tableFiles } from './table-recorder.ts';
export { TableWriter } from './table-writer.ts';
export {
  censusTable,
  eventsTable,
  exportTables,
  genomesTable,
  lociTable,
  organismsTable,
  probesTable,
  runsTable,
  speciesTable,
  traitSeriesTable,
} from './tables.ts';
