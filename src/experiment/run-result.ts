import { type Packable, pack, type Summary, software, unpack } from '../export/index.ts';
import { resultVersion } from '../export/run-identity.ts';
import { hashBytes } from '../math/hash.ts';

/** One measure of a run: a column of `ProbeTable.values`. */
export interface Measure {
  readonly probe: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

/** Values of the probes of a run: `values[sample * measures.length + measure]`, NaN if there was nothing to measure. */
export interface ProbeTable {
  readonly measures: readonly Measure[];
  /** Tick of each sample. */
  readonly ticks: Float64Array;
  readonly values: Float64Array;
}

/** The result of one run. It depends on the run's specification alone: no clock, no machine. */
export interface RunResult {
  readonly id: string;
  readonly seed: string;
  readonly summary: Summary;
  readonly probes: ProbeTable;
  /** Parquet files of the kept tables, by the name of the table. */
  readonly tables: Readonly<Record<string, Uint8Array>>;
}

/** A file that is not a result of a run, or is damaged: the message follows the name of the file. */
export class ResultError extends Error {}

const magic = new TextEncoder().encode('UPSLOPER');
/** Magic, length of what follows (f64, so that it may exceed 4 GB), check sum of it (two u32). */
const headBytes = magic.length + 16;

/** A result as chunks to be written one behind the other. */
export function writeRunResult(result: RunResult): Uint8Array[] {
  const state = { version: resultVersion, software: software.version, ...result, summary: JSON.stringify(result.summary) };
  const payload = join(pack(state as unknown as Packable));
  const head = new Uint8Array(headBytes);
  head.set(magic);
  const view = new DataView(head.buffer);
  view.setFloat64(magic.length, payload.length, true);
  const [low, high] = hashBytes(payload);
  view.setUint32(magic.length + 8, low, true);
  view.setUint32(magic.length + 12, high, true);
  return [head, payload];
}

/**
 * Reads what `writeRunResult` wrote.
 * @throws {ResultError} if it is not a result, cut off, damaged, or of another version.
 */
export function readRunResult(bytes: Uint8Array): RunResult {
  if (bytes.length < headBytes || magic.some((byte, i) => bytes[i] !== byte)) throw new ResultError('is not a result of a run');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getFloat64(magic.length, true) !== bytes.length - headBytes) throw new ResultError('is cut off or damaged');
  const payload = bytes.subarray(headBytes);
  const [low, high] = hashBytes(payload);
  if (view.getUint32(magic.length + 8, true) !== low || view.getUint32(magic.length + 12, true) !== high) {
    throw new ResultError('is damaged: its check sum does not fit');
  }
  const saved = unpack(payload) as unknown as RunResult & { version: number; software: string; summary: unknown };
  if (saved.version !== resultVersion || saved.software !== software.version) {
    throw new ResultError(`was written by version ${saved.software} and this is ${software.version}`);
  }
  const { id, seed, probes, tables } = saved;
  return { id, seed, probes, tables, summary: JSON.parse(saved.summary as unknown as string) as Summary };
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
