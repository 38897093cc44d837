import { type Packable, pack, unpack } from '../../record/pack.ts';
import { entryFormat, expectFormat } from './entry.ts';
import { checkFrozen, type FrozenEntry } from './frozen-entry.ts';

const magic = 'upslope notebook';

/** Contents of a file of the notebook: entries under their current names, and organisms of the freezer. */
export interface NotebookFile {
  readonly entries: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly frozen: readonly FrozenEntry[];
}

/**
 * Several entries, and organisms of the freezer, as one file. Readers without a freezer skip it.
 * @param frozen organisms as stored, including damaged ones
 */
export function writeNotebookFile({
  entries,
  frozen,
}: {
  entries: NotebookFile['entries'];
  frozen: readonly unknown[];
}): Uint8Array[] {
  return pack({ magic, format: entryFormat, entries, frozen: `[${frozen.map(textOf).join(',')}]` });
}

/** A value as JSON; for a value that JSON cannot hold, a placeholder. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return 'null';
  }
}

/**
 * The entries of such a file, unchanged; each is checked when it is read.
 * @returns what can be imported, and a line for everything that cannot
 * @throws {Error} one line if it is not such a file at all
 */
export function readNotebookFile(bytes: Uint8Array): NotebookFile & { readonly refused: readonly string[] } {
  let found: Packable;
  try {
    found = unpack(bytes);
  } catch {
    throw new Error('it is damaged or not a notebook; give a file that the notebook wrote');
  }
  const file = found as { magic?: unknown; format?: unknown; entries?: unknown; frozen?: unknown } | null | undefined;
  if (typeof file !== 'object' || file === null || file.magic !== magic || !Array.isArray(file.entries)) {
    throw new Error('it is not a notebook; give a file that the notebook wrote');
  }
  expectFormat(file.format);
  const refused: string[] = [];
  const entries = file.entries.flatMap((entry, i) => {
    const { name, bytes: own } = (entry ?? {}) as Record<string, unknown>;
    if (typeof name === 'string' && own instanceof Uint8Array) return [{ name: name.slice(0, 300), bytes: own }];
    refused.push(`entry ${i + 1}: it is damaged; use another copy`);
    return [];
  });
  const frozen = organismsOf(file.frozen).flatMap((one, i) => {
    try {
      return [checkFrozen(one)];
    } catch (error) {
      refused.push(`organism ${i + 1} of the freezer: it is damaged: ${(error as Error).message}; use another copy`);
      return [];
    }
  });
  return { entries, frozen, refused };
}

/** Files of earlier versions have none. @throws {Error} one line if they are not a list */
function organismsOf(text: unknown): readonly unknown[] {
  if (text === undefined) return [];
  let found: unknown;
  try {
    found = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    found = undefined;
  }
  if (!Array.isArray(found)) throw new Error('the organisms of its freezer are damaged; use another copy');
  return found;
}
