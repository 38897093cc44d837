import type { ExportTable } from '../../export/export-table.ts';
import type { CommandModule, ListedCommand } from '../command.ts';

/** An analysis as a command: its flags and tables in one value, `command` of its file. */
export interface AnalysisCommand extends CommandModule {
  /** Tables that it writes to the directory of --out, by which `upslope validate` knows them. */
  readonly tables: readonly ExportTable[];
  /** Provenance of what it writes, if it writes one: its format, and a check that describes what it holds. @throws {FormatError} */
  readonly provenance?: {
    readonly format: string;
    check(provenance: Readonly<Record<string, unknown>>, path: string): string;
  };
}

/** An analysis as it is listed. */
export type ListedAnalysis = ListedCommand<AnalysisCommand>;
