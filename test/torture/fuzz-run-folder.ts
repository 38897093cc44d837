import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFiles, formats, usualChoices } from '../../src/export/format-list.ts';
import type { History } from '../../src/export/history.ts';
import { readHistoryFiles } from '../../src/export/history-reader.ts';
import { PriceReader } from '../../src/export/price-reader.ts';
import type { Provenance } from '../../src/export/provenance.ts';
import { sourceOfChunks } from '../../src/export/validate/file-source.ts';
import { FormatError } from '../../src/export/validate/format-error.ts';
import { validateFiles } from '../../src/export/validate/validate-files.ts';
import { validateProvenance } from '../../src/export/validate/validate-provenance.ts';
import { mutations } from './mutations.ts';

/** The files of a finished run, in memory. */
export type RunFiles = ReadonlyMap<string, Uint8Array>;

/** A mutation that was met with something else than a result or one line that names the file. */
export interface Finding {
  readonly index: number;
  readonly file: string;
  readonly mutation: string;
  readonly problem: string;
}

/** Files of a run that are read back: its Parquet tables, and its provenance. */
export function readRunFiles(directory: string): RunFiles {
  const names = readdirSync(directory).filter((name) => name.endsWith('.parquet') || name === 'provenance.json');
  return new Map(names.sort().map((name) => [name, new Uint8Array(readFileSync(join(directory, name)))]));
}

/** What engines say of mistakes in a program: words that no person should read. */
const engineWords =
  /cannot read prop|is not a function|is not iterable|undefined|unexpected token|invalid (typed )?array|out of bounds|offset is|call stack|bigint|is not defined|in JSON/i;

const formatIds = formats.map(({ id }) => id);

/** Lines that are met with a damaged file. Throws what is no such line. */
async function* linesOf(name: string, files: RunFiles): AsyncGenerator<string> {
  const source = (of: string) => sourceOfChunks([files.get(of) ?? new Uint8Array(0)]);
  for await (const { problem } of validateFiles(new Map([name, 'provenance.json'].map((of) => [of, source(of)])))) {
    if (problem !== undefined) yield problem;
  }
  try {
    const provenance: Provenance = validateProvenance('provenance.json', [files.get('provenance.json') ?? new Uint8Array(0)]);
    const of = (table: string) => source(`${table}.parquet`);
    const history: History = await readHistoryFiles(provenance, {
      ...{ organisms: of('organisms'), loci: of('loci'), species: of('species'), events: of('events') },
    });
    const price = await PriceReader.open(of('census'), history);
    for (const population of price.populations) {
      const ticks = price.censusTicks(population);
      for (const tick of ticks.slice(0, 2)) await price.census(population, tick);
    }
    const tables = new Map(
      [[name, source(name)]].filter(([of]) => String(of).endsWith('.parquet')) as [string, ReturnType<typeof source>][],
    );
    for (const { write } of exportFiles({ history, tables, choices: usualChoices }, formatIds)) await write(() => {});
  } catch (error) {
    // The writers of trees and tskit say what a history lacks in a RangeError, which the command line turns into a line.
    if (!(error instanceof FormatError || (error instanceof RangeError && !engineWords.test(error.message)))) throw error;
    yield error.message;
  }
}

/**
 * Reads mutations of the files of a run, one file changed at a time, in the ways that commands read them.
 * @param from number of the first mutation, from 0
 * @param started is called with the number of a mutation before it is read, so that another process may watch the time
 * @returns mutations that ended in an error of the program, or in the words of an engine
 */
export async function fuzzRunFolder(
  files: RunFiles,
  { seed, count, from = 0, started }: { seed: string; count: number; from?: number; started?: (index: number) => void },
): Promise<Finding[]> {
  const names = [...files.keys()];
  const changes = mutations(seed, [...files.values()], from);
  const findings: Finding[] = [];
  for (let index = from; index < from + count; index++) {
    const mutation = changes.next().value;
    const file = names[index % names.length];
    started?.(index);
    const found = (problem: string) => findings.push({ index, file, mutation: mutation.description, problem });
    try {
      const changed = new Map(files).set(file, mutation.apply(files.get(file) as Uint8Array));
      for await (const line of linesOf(file, changed)) if (engineWords.test(line) || line.includes('\n')) found(line);
    } catch (error) {
      found(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  return findings;
}
