import { software } from '../../export/software.ts';
import { hashBytes } from '../../math/hash.ts';
import { ShapeError } from '../../record/expect-shape.ts';
import { type Packable, pack, unpack } from '../../record/pack.ts';
import type { ChangeList } from '../change-log.ts';
import type { RunOrigin } from '../current-run.ts';
import type { KeptRun } from '../live-run.ts';
import { checkRun } from './check-run.ts';
import { checkText, type EntryText } from './entry-text.ts';

/** A permanently saved run: everything that the page needs to continue it. */
export interface SavedRun extends RunOrigin {
  readonly course: ChangeList;
  readonly kept: KeptRun;
}

/** Format of entries and of files of them; readers refuse later ones and accept earlier ones. */
export const entryFormat = 1;
const magic = 'upslope notebook entry';
const checkBytes = 8;

/** An entry as one block of bytes, its checksum at the end. */
export function writeEntry(text: Omit<EntryText, 'bytes'>, { kept, ...run }: SavedRun): Uint8Array {
  // Hues are spaced again by what lives.
  const { hues: _, ...stays } = kept;
  const chunks = pack({
    magic,
    format: entryFormat,
    software: software.version,
    text: text as unknown as Packable,
    run: { ...run, kept: { ...stays, world: new Uint8Array(kept.world) } } as unknown as Packable,
  });
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, checkBytes));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  whole.set(checksum(whole.subarray(0, at)), at);
  return whole;
}

/**
 * Reads what `writeEntry` wrote, of this format or an earlier one. What is kept beside the world is checked when the run is restored.
 * @throws {Error} one line that says why it cannot be read; the input is not changed
 */
export function readEntry(bytes: Uint8Array): { text: EntryText; run: SavedRun } {
  const body = bytes.subarray(0, Math.max(0, bytes.length - checkBytes));
  const found = decode(body);
  expectFormat(found.format);
  if (checksum(body).some((byte, i) => byte !== bytes[body.length + i])) {
    throw new Error('it is damaged: its checksum does not fit; use another copy');
  }
  try {
    return { text: { ...checkText(found.text), bytes: bytes.length }, run: checkRun(found.run) };
  } catch (error) {
    throw error instanceof ShapeError ? new Error(`it is damaged: ${error.message}; use another copy`) : error;
  }
}

/** @throws {Error} for the format of a later version */
export function expectFormat(format: unknown): void {
  if (typeof format === 'number' && Number.isInteger(format) && format >= 1 && format <= entryFormat) return;
  if (typeof format === 'number' && format > entryFormat) {
    throw new Error(
      `it was written by a later version (format ${format}, this one reads up to ${entryFormat}); use that version`,
    );
  }
  throw new Error('it is damaged: it has no format; use another copy');
}

function decode(body: Uint8Array): Record<string, Packable> {
  let found: Packable;
  try {
    found = unpack(body);
  } catch {
    throw new Error('it is damaged or not an entry of a notebook; use another copy');
  }
  const entry = found as Record<string, Packable> | null | undefined;
  if (typeof entry !== 'object' || entry === null || entry.magic !== magic) {
    throw new Error('it is not an entry of a notebook; give a file that the notebook wrote');
  }
  return entry;
}

const checksum = (bytes: Uint8Array): Uint8Array => new Uint8Array(Uint32Array.from(hashBytes(bytes)).buffer);
