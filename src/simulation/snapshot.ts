import { z } from 'zod';
import { hashBytes } from '../math/hash.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { mostOrganisms } from '../population/parameters.ts';
import { describeIssue } from '../scene/describe-issue.ts';
import { extensionNames } from '../scene/extension-names.ts';
import { longestSeed } from '../scene/schema.ts';

/** Bad snapshot: the message says what is wrong with it. @public */
export class SnapshotError extends Error {
  constructor(problem: string) {
    super(`snapshot: ${problem}`);
    this.name = 'SnapshotError';
  }
}

const magic = 'UPSLOPE1';
const version = 1;
const headerBytes = 32;
const longestText = 16_000_000;

const change = z.strictObject({ at: z.int().min(0), path: z.string(), value: z.unknown() });

/** The text part of a snapshot; the columns follow as raw bytes. */
const textSchema = z.strictObject({
  initialScene: z.unknown(),
  scene: z.unknown(),
  seed: z.string().max(longestSeed),
  groundSeed: z.string().max(longestSeed),
  tick: z.int().min(0).max(2_000_000_000),
  // So that no number of births can reach the range where whole numbers are no longer exact.
  nextId: z.int().min(0).max(4_503_599_627_370_496),
  changes: z.array(change).max(1_000_000),
  pending: z.array(change).max(1_000_000),
  notices: z
    .array(
      z.strictObject({
        tick: z.int(),
        kind: z.enum(['extinction', 'capacity', 'change', 'act']),
        population: z.string(),
        text: z.string(),
        organism: z.int().min(0).optional(),
      }),
    )
    .max(1_000_000),
  full: z.array(z.string()),
  counts: z.array(z.int().min(0).max(mostOrganisms)),
  columns: z.array(z.array(z.string())),
  /** Organisms in the bank of each population that has one, in their order; absent if none has. */
  banks: z.array(z.int().min(0).max(65_536)).optional(),
  habitat: z.unknown().optional(),
  /** Absent without extensions. */
  extensions: extensionNames.optional(),
});

export type SnapshotText = z.infer<typeof textSchema>;

/** Up to a whole number of 8 bytes; no 32-bit operators, because a column may exceed 2 GB. */
const pad = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** Bytes of the fixed header: magic, version, length of the text, length of the columns, hash of the text, hash of all. */
export function writeSnapshot(text: SnapshotText, columns: readonly Uint8Array[], digest: Digester): ArrayBuffer {
  const words = new TextEncoder().encode(JSON.stringify(text));
  const columnBytes = columns.reduce((sum, column) => sum + pad(column.byteLength), 0);
  const buffer = new ArrayBuffer(headerBytes + pad(words.length) + columnBytes);
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  bytes.set(new TextEncoder().encode(magic), 0);
  view.setUint32(8, version, true);
  view.setUint32(12, words.length, true);
  view.setUint32(16, columnBytes, true);
  // A separate hash, so that the text is known to be intact before a world is built from it.
  view.setUint32(20, hashBytes(words)[0], true);
  bytes.set(words, headerBytes);
  let at = headerBytes + pad(words.length);
  for (const column of columns) {
    bytes.set(column, at);
    at += pad(column.byteLength);
  }
  const [low, high] = digest(words, columns);
  view.setUint32(24, low, true);
  view.setUint32(28, high, true);
  return buffer;
}

/** Digest of a snapshot's text and columns; the simulation hashes columns in place. */
export type Digester = (text: Uint8Array, columns: readonly Uint8Array[]) => readonly [number, number];

/** Digest of digests: of the text, and of each column. */
export function combineDigests(parts: readonly (readonly [number, number])[]): readonly [number, number] {
  return hashBytes(new Uint8Array(Uint32Array.from(parts.flat()).buffer));
}

const plainDigest: Digester = (text, columns) => combineDigests([hashBytes(text), ...columns.map((column) => hashBytes(column))]);

/** A snapshot taken apart: its text, the bytes of its columns, and a check of them once they are cut apart. */
export interface ReadSnapshot {
  readonly text: SnapshotText;
  readonly body: Uint8Array;
  verify(columns: readonly Uint8Array[]): void;
}

/**
 * Takes a snapshot apart and checks it: magic, version, lengths, hash, shape of the text.
 * @throws {SnapshotError}
 */
export function readSnapshot(buffer: ArrayBuffer): ReadSnapshot {
  if (buffer.byteLength < headerBytes) throw new SnapshotError('too short to be an Upslope snapshot; choose another file');
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== magic) {
    throw new SnapshotError('not an Upslope snapshot; choose another file');
  }
  const found = view.getUint32(8, true);
  if (found !== version) {
    throw new SnapshotError(`it has version ${found}, this program reads version ${version}; use the program that wrote it`);
  }
  const textBytes = view.getUint32(12, true);
  const columnBytes = view.getUint32(16, true);
  if (textBytes > longestText || headerBytes + pad(textBytes) + columnBytes !== buffer.byteLength) {
    throw new SnapshotError('it is cut off or damaged: its length does not fit; use another copy');
  }
  const words = bytes.subarray(headerBytes, headerBytes + textBytes);
  if (
    hashBytes(words)[0] !== view.getUint32(20, true) ||
    !isBlank(bytes, headerBytes + textBytes, headerBytes + pad(textBytes))
  ) {
    throw new SnapshotError('it is damaged: the check sum of its description does not fit; use another copy');
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(words));
  } catch {
    throw new SnapshotError('it is damaged: its description cannot be read; use another copy');
  }
  const parsed = safeParse(textSchema, json);
  if (!parsed.success) {
    const [problem] = describeIssue(parsed.error.issues[0], textSchema);
    throw new SnapshotError(`it is damaged: ${problem}`);
  }
  return {
    text: parsed.data,
    body: bytes.subarray(headerBytes + pad(textBytes)),
    verify(columns) {
      const [low, high] = plainDigest(words, columns);
      if (low !== view.getUint32(24, true) || high !== view.getUint32(28, true)) {
        throw new SnapshotError('it is damaged: its check sum does not fit; use another copy');
      }
    },
  };
}

/** Cuts the columns out of a snapshot's body. */
export function cutColumns(body: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const total = lengths.reduce((sum, length) => sum + pad(length), 0);
  if (total !== body.byteLength) throw new SnapshotError('it is damaged: its columns have the wrong length; use another copy');
  let at = 0;
  return lengths.map((length) => {
    const column = body.subarray(at, at + length);
    if (!isBlank(body, at + length, at + pad(length))) {
      throw new SnapshotError('it is damaged: there is something between its columns; use another copy');
    }
    at += pad(length);
    return column;
  });
}

/** Whether the bytes that fill up to a whole number of words are zero, as written. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}
