import type { Command } from 'commander';
import type { ExportTable } from '../../export/export-table.ts';
import type { Io } from '../io.ts';

/** An analysis as a command: its name, flags and tables in one value. A new one needs its file and its name in `index.ts`. */
export interface AnalysisCommand {
  readonly name: string;
  readonly description: string;
  /** Whether it reads scenes, or what was made of them: it then takes extensions. */
  readonly ofWorlds: boolean;
  /** Tables that it writes to the directory of --out, by which `upslope validate` knows them. */
  readonly tables: readonly ExportTable[];
  /** Provenance of what it writes, if it writes one: its format, and a check that describes what it holds. @throws {FormatError} */
  readonly provenance?: {
    readonly format: string;
    check(provenance: Readonly<Record<string, unknown>>, path: string): string;
  };
  /** Describes arguments, flags and what is done. @param done is given the exit status */
  describe(command: Command, io: Io, done: (status: number) => void): void;
}
