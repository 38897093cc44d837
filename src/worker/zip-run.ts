import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { exportFiles, formats, usualChoices } from '../export/format-list.ts';
import { historyOfRecord } from '../export/history-of-record.ts';
import { describeProvenance, type ProvenanceOptions } from '../export/provenance.ts';
import { type FileSource, sourceOfChunks } from '../export/validate/file-source.ts';
import { validateFiles } from '../export/validate/validate-files.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import type { LifeRecord } from '../record/life-record.ts';
import { vocabularyOf } from '../scene/vocabulary-of.ts';
import type { Simulation } from '../simulation/types.ts';

/** A format that the record can be exported to. */
export interface FormatText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly files: string;
}

/** Progress of an export: the file being written, files written, files in all, bytes written. */
export interface ExportProgress {
  readonly file: string;
  readonly done: number;
  readonly of: number;
  readonly bytes: number;
}

/** An archive of an export: its bytes, the number of its files, and their bytes when unpacked. */
export interface ZippedRun {
  readonly bytes: ArrayBuffer;
  readonly files: number;
  readonly unpacked: number;
  /** How other programs read the files, a line each. */
  readonly notes: readonly string[];
}

/** The first day of the format of archives: the same run makes the same archive on every day. */
const firstDay = new Date(1980, 0, 1);

/** The formats that can be chosen; provenance is always included. */
export const formatTexts: readonly FormatText[] = formats
  .filter(({ id }) => id !== 'provenance')
  .map(({ id, title, description, files }) => ({ id, title, description, files }));

/**
 * Writes the contents of the record in some formats, checks every file by the rules of its format, and puts all into one archive.
 * @param extra additional files of the archive
 * @param folder of all files in the archive, with a slash at its end, or ''
 * @param firstSeed of a branch: as in `ExportInput`
 * @throws {Error} if a file does not pass its check, with the reason
 */
export async function zipRun(
  simulation: Simulation,
  record: LifeRecord,
  ids: readonly string[],
  options: ProvenanceOptions,
  extra: ReadonlyMap<string, Uint8Array>,
  progress: (progress: ExportProgress) => void,
  folder = '',
  firstSeed?: string,
): Promise<ZippedRun> {
  const history = historyOfRecord(simulation, record, describeProvenance(simulation, options));
  const files = exportFiles({ history, choices: usualChoices, ...(firstSeed !== undefined && { firstSeed }) }, ids);
  const written = new Map<string, Uint8Array[]>();
  let bytes = 0;
  for (const { name, write } of files) {
    progress({ file: name, done: written.size, of: files.length, bytes });
    await breath();
    const chunks: Uint8Array[] = [];
    // A chunk belongs to its writer, which overwrites it with the next.
    await write((chunk) => {
      chunks.push(chunk.slice());
      bytes += chunk.byteLength;
    });
    written.set(name, chunks);
  }
  const sources = new Map([...written].map(([name, chunks]) => [name, sourceOfChunks(chunks)]));
  const notes = await check(sources, vocabularyOf(simulation.scene));
  progress({ file: 'the archive', done: files.length, of: files.length, bytes });
  await breath();
  const named = [...written, ...[...extra].map(([name, chunk]) => [name, [chunk]] as const)];
  const all = named.map(([name, chunks]) => [`${folder}${name}`, chunks] as const);
  return { bytes: archive(all), files: all.length, unpacked: bytes, notes };
}

/** How other programs read the files, a line each. */
async function check(files: ReadonlyMap<string, FileSource>, vocabulary: Vocabulary): Promise<string[]> {
  const all: string[] = [];
  for await (const { file, problem, notes } of validateFiles(files, undefined, undefined, vocabulary)) {
    if (problem !== undefined) throw new Error(`${file}: ${problem}; the export has stopped; please report it`);
    all.push(...notes);
  }
  return all;
}

/** Lets messages in: a worker that does not answer counts as dead. */
const breath = () => new Promise((done) => setTimeout(done, 0));

function archive(files: readonly (readonly [name: string, chunks: readonly Uint8Array[]])[]): ArrayBuffer {
  const parts: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, part) => {
    failed ??= error;
    if (part) parts.push(part);
  });
  for (const [name, chunks] of files) {
    // Parquet is compressed already.
    const entry = name.endsWith('.parquet') ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    entry.mtime = firstDay;
    zip.add(entry);
    for (const chunk of chunks) entry.push(chunk);
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  if (failed) throw failed;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}
