import { software } from '../../export/software.ts';
import { hashBytes } from '../../math/hash.ts';
import { type Packable, pack, unpack } from '../../record/pack.ts';
import type { Course } from '../change-log.ts';
import type { KeptRun } from '../run.ts';
import type { FrozenEntry } from './notebook.ts';

/** What an entry of the notebook is kept for: by itself now and then, at an event, or because somebody asked for it. */
export type EntryKind = 'autosave' | 'event' | 'moment';

/** What the notebook tells of an entry without opening it. */
export interface EntryText {
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  /** Title of the scene. */
  readonly title: string;
  readonly seed: string;
  readonly tick: number;
  readonly living: number;
  /** Whether the world was playing. */
  readonly playing: boolean;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly bytes: number;
}

/** A run as it is put away for good: everything that the page needs to go on with it. */
export interface SavedRun {
  readonly scene: unknown;
  readonly firstSeed: string;
  /** Tick at which the run began on its page. */
  readonly began: number;
  readonly course: Course;
  readonly kept: KeptRun;
}

/** Format of entries; readers refuse later ones and take up earlier ones. */
export const entryFormat = 1;
const magic = 'upslope notebook entry';
const checkBytes = 8;

/** An entry as one block of bytes, its checksum at the end. */
export function writeEntry(text: Omit<EntryText, 'bytes'>, { kept, ...run }: SavedRun): Uint8Array {
  const chunks = pack({
    magic,
    format: entryFormat,
    software: software.version,
    text: text as unknown as Packable,
    run: { ...run, kept: { ...kept, world: new Uint8Array(kept.world) } } as unknown as Packable,
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
 * Reads what `writeEntry` wrote, of this format or an earlier one.
 * @throws {Error} one line that says why it cannot be read; what was given stays as it is
 */
export function readEntry(bytes: Uint8Array): { text: EntryText; run: SavedRun } {
  const body = bytes.subarray(0, Math.max(0, bytes.length - checkBytes));
  const found = decode(body);
  if (typeof found.format !== 'number' || found.format > entryFormat) {
    throw new Error(
      `it was written by a later version (format ${String(found.format)}, this one reads up to ${entryFormat}); open it with that one`,
    );
  }
  if (checksum(body).some((byte, i) => byte !== bytes[body.length + i])) {
    throw new Error('it is damaged: its checksum does not fit; take another copy');
  }
  const run = found.run as unknown as Omit<SavedRun, 'kept'> & { kept: Omit<KeptRun, 'world'> & { world: Uint8Array } };
  const world = run.kept.world.slice().buffer as ArrayBuffer;
  return {
    text: { ...(found.text as unknown as EntryText), bytes: bytes.length },
    run: { ...run, kept: { ...run.kept, world } },
  };
}

function decode(body: Uint8Array): Record<string, Packable> {
  let found: Packable;
  try {
    found = unpack(body);
  } catch {
    throw new Error('it is damaged or no entry of a notebook; take another copy');
  }
  const entry = found as Record<string, Packable> | null;
  if (typeof entry !== 'object' || entry === null || entry.magic !== magic) {
    throw new Error('it is no entry of a notebook; give a file that the notebook wrote');
  }
  return entry;
}

const checksum = (bytes: Uint8Array): Uint8Array => new Uint8Array(Uint32Array.from(hashBytes(bytes)).buffer);

const fileMagic = 'upslope notebook';

/** What a file of the notebook holds: entries under the names that they have now, and organisms of the freezer. */
export interface NotebookFile {
  readonly entries: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly frozen: readonly FrozenEntry[];
}

/** Several entries, and organisms of the freezer, as one file. Readers that know no freezer pass over it. */
export function writeNotebookFile({ entries, frozen }: NotebookFile): Uint8Array[] {
  return pack({ magic: fileMagic, format: entryFormat, entries, frozen: JSON.stringify(frozen) });
}

/**
 * The entries of such a file, as they are; each is checked when it is read.
 * @throws {Error} one line that says why it cannot be read
 */
export function readNotebookFile(bytes: Uint8Array): NotebookFile {
  let found: Packable;
  try {
    found = unpack(bytes);
  } catch {
    throw new Error('it is damaged or no notebook; give a file that the notebook wrote');
  }
  const file = found as { magic?: unknown; format?: unknown; entries?: unknown; frozen?: unknown } | null;
  if (typeof file !== 'object' || file === null || file.magic !== fileMagic || !Array.isArray(file.entries)) {
    throw new Error('it is no notebook; give a file that the notebook wrote');
  }
  if (typeof file.format !== 'number' || file.format > entryFormat) {
    throw new Error(
      `it was written by a later version (format ${String(file.format)}, this one reads up to ${entryFormat}); open it with that one`,
    );
  }
  return {
    entries: file.entries as { name: string; bytes: Uint8Array }[],
    // Files of earlier versions have none.
    frozen: typeof file.frozen === 'string' ? readFrozen(file.frozen) : [],
  };
}

/** @throws {Error} one line where it is no list of organisms of a freezer */
function readFrozen(text: string): readonly FrozenEntry[] {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    found = undefined;
  }
  if (!Array.isArray(found) || !found.every(isFrozen)) {
    throw new Error('the organisms of its freezer are damaged; take another copy');
  }
  return found;
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

function isFrozen(value: unknown): value is FrozenEntry {
  const { id, name, savedAt, organism } = (value ?? {}) as Record<string, unknown>;
  const { population, scene, seed, tick, traits, genome, ...rest } = (organism ?? {}) as Record<string, unknown>;
  const { ploidy, names, values } = (genome ?? {}) as Record<string, unknown>;
  const isTrait = (trait: unknown) => {
    const { id: of, title, unit, value: size } = (trait ?? {}) as Record<string, unknown>;
    return [of, title, unit].every(isText) && isNumber(size);
  };
  return (
    [id, name, population, scene, seed].every(isText) &&
    [savedAt, tick, rest.organism].every(isNumber) &&
    Array.isArray(traits) &&
    traits.every(isTrait) &&
    (ploidy === 1 || ploidy === 2) &&
    Array.isArray(names) &&
    names.every(isText) &&
    Array.isArray(values) &&
    values.every(isNumber) &&
    values.length === ploidy * names.length
  );
}
