import { join } from 'node:path';
import { type Packable, pack, software, unpack } from '../export/index.ts';
import { FormatError } from '../export/validate/format-error.ts';
import type { Recognised } from '../export/validate/recognise-file.ts';
import { showText } from '../parameter/show.ts';
import { checkRecord, recordedWorldOf } from '../record/check-record.ts';
import { ShapeError } from '../record/expect-shape.ts';
import type { Catalogue } from '../simulation/catalogue.ts';
import { SnapshotError } from '../simulation/snapshot.ts';
import type { Simulation } from '../simulation/types.ts';
import { type Files, orUserError, readAll } from './files.ts';
import { readSealed, sealedContent } from './sealed-file.ts';
import { UserError } from './user-error.ts';

/** Folder of a run in which the snapshots of `run --snapshots` are. */
export const snapshotsFolder = 'snapshots';

/** What the file of a record begins with. */
export const recordMagic = 'UPSLOPEK';

/** Name of the snapshot of a tick within the folder of its run; and of the record of lives as it was then. */
export const snapshotName = (tick: number): string => `${snapshotsFolder}/${tick}.upslope`;
export const recordName = (tick: number): string => `${snapshotsFolder}/${tick}.record`;

/** Tick of a file of the folder of snapshots; undefined for any other file. */
export const tickOfKept = (name: string): number | undefined => {
  const digits = /^(\d{1,9})\.(?:upslope|record)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** Content of the file of a record, which belongs to the version of the program that wrote it. */
export const packRecord = (tick: number, record: Packable): readonly Uint8Array[] =>
  pack({ tick, software: { ...software }, record });

/** Ticks at which a run kept a snapshot, ascending. */
export function keptTicks(files: Files, directory: string): readonly number[] {
  const place = join(directory, snapshotsFolder);
  if (!files.existsSync(place)) return [];
  const shown = showText(place, 200);
  const names = orUserError(`cannot read ${shown}`, 'make it readable', () => files.readdirSync(place));
  return names.flatMap((name) => (name.endsWith('.upslope') ? (tickOfKept(name) ?? []) : [])).sort((a, b) => a - b);
}

/** Bytes of the snapshot of a tick. @throws {UserError} where it cannot be read */
export function readKeptSnapshot(files: Files, directory: string, tick: number): Uint8Array {
  const path = join(directory, snapshotName(tick));
  return orUserError(`cannot read ${showText(path, 200)}`, 'use another copy of the folder', () => readAll(files, path));
}

/** The record of lives at a tick; undefined where there is none, or another version of the program wrote it. @throws {UserError} where it cannot be read */
export function readKeptRecord(files: Files, directory: string, tick: number): Packable | undefined {
  const path = join(directory, recordName(tick));
  if (!files.existsSync(path)) return undefined;
  const bytes = orUserError(`cannot read ${showText(path, 200)}`, 'use another copy of the folder', () =>
    readSealed(files, path, recordMagic),
  );
  return bytes && contentOf(bytes)?.record;
}

function contentOf(bytes: Uint8Array): { readonly tick: number; readonly record: Packable } | undefined {
  const { tick, software: by, record } = unpack(bytes) as { tick?: number; software?: { version?: string }; record?: Packable };
  return by?.version === software.version && tick !== undefined && record !== undefined ? { tick, record } : undefined;
}

/**
 * Makes sure that a record belongs to a world, before it is restored.
 * @param path named in the message
 * @throws {UserError} where it does not
 */
export function checkKeptRecord(record: unknown, simulation: Simulation, path: string): void {
  try {
    checkRecord(record, recordedWorldOf(simulation));
  } catch (error) {
    if (error instanceof ShapeError) throw new UserError(`${showText(path, 200)} is damaged; use another copy of the folder`);
    throw error;
  }
}

/** How `upslope validate` checks a file of the folder of snapshots; undefined for a name that is none of theirs. */
export function recogniseKept(catalogue: Catalogue, name: string): Recognised | undefined {
  const tick = tickOfKept(name);
  if (tick === undefined) return undefined;
  if (name.endsWith('.upslope')) {
    return {
      format: 'snapshot',
      check(path, source) {
        try {
          const simulation = catalogue.simulationFromSnapshot(source.slice(0));
          const living = simulation.populations.reduce((sum, { count }) => sum + count, 0);
          const found = simulation.tick;
          simulation.dispose();
          if (found !== tick) throw new FormatError(path, `is of tick ${found}`);
          return `tick ${tick}, ${living} living`;
        } catch (error) {
          if (error instanceof SnapshotError) throw new FormatError(path, error.message);
          throw error;
        }
      },
    };
  }
  return {
    format: 'record of lives',
    check(path, source) {
      const bytes = sealedContent(new Uint8Array(source.slice(0)), recordMagic);
      if (!bytes) throw new FormatError(path, 'is damaged, or not a record of lives');
      const content = contentOf(bytes);
      if (content && content.tick !== tick) throw new FormatError(path, `is of tick ${content.tick}`);
      return content ? `tick ${tick}` : 'of another version';
    },
  };
}
