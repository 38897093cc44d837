// What the folder of a run, or its archive, has left by which the page opens the run.
import { type UnzipFileFilter, type Unzipped, unzipSync } from 'fflate';
import {
  checkLeftSize,
  checkpointMagic,
  checkpointName,
  fileOfRun,
  provenanceName,
  sealBytes,
} from '../experiment/left-files.ts';
import type { StateSource } from '../experiment/served-index.ts';
import type { Provenance } from '../export/provenance.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { validateProvenance } from '../export/validate/validate-provenance.ts';
import { unpack } from '../record/pack.ts';

/** A run as its folder describes it: a state, or what makes it again. */
export type LeftRun =
  | { readonly from: Exclude<StateSource, 'provenance'>; readonly state: ArrayBuffer }
  | { readonly from: 'provenance'; readonly recorded: Provenance };

/**
 * Reads the file by which a run is opened.
 * @param bytes all of its buffer may be passed on
 * @throws {Error} one line where it cannot be read
 */
export function readLeftRun(from: StateSource, bytes: Uint8Array): LeftRun {
  if (from === 'checkpoint') return { from, state: snapshotOf(bytes) };
  if (from === 'branch') return { from, state: bufferOf(bytes) };
  try {
    return { from, recorded: validateProvenance(provenanceName, [bytes]) };
  } catch (error) {
    throw error instanceof FormatError ? new Error(error.message) : error;
  }
}

/** The buffer of an array, copied only where the array is a part of it. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.byteLength === bytes.buffer.byteLength ? (bytes.buffer as ArrayBuffer) : new Uint8Array(bytes).buffer;

/** The state of the world in a checkpoint, which checks itself when it is opened. */
function snapshotOf(checkpoint: Uint8Array): ArrayBuffer {
  const damaged = new Error(`${checkpointName} is damaged; use another copy`);
  if (new TextDecoder().decode(checkpoint.subarray(0, checkpointMagic.length)) !== checkpointMagic) throw damaged;
  try {
    const { snapshot } = unpack(checkpoint.subarray(sealBytes)) as { snapshot?: unknown };
    if (snapshot instanceof Uint8Array) return bufferOf(snapshot);
  } catch {
    throw damaged;
  }
  throw damaged;
}

/**
 * Reads the run of an archive, of which only the file by which the run is opened is unpacked.
 * @throws {Error} one line for anything but a ZIP archive, and for one that holds no run, several, or one that cannot be read
 */
export function readArchivedRun(archive: Uint8Array): LeftRun {
  const sizes = new Map<string, number>();
  unzip(archive, ({ name, originalSize }) => {
    sizes.set(name, originalSize);
    return false;
  });
  const { from, path } = fileOfRun([...sizes.keys()]);
  let seen = false;
  // A name may be listed twice, with another size.
  const files = unzip(archive, ({ name, originalSize }) => {
    if (name !== path || seen) return false;
    seen = true;
    checkLeftSize(from, originalSize);
    return true;
  });
  return readLeftRun(from, files[path]);
}

/** @throws {Error} one line for anything but a ZIP archive, and what the filter throws */
function unzip(archive: Uint8Array, filter: UnzipFileFilter): Unzipped {
  let refused: unknown;
  try {
    return unzipSync(archive, {
      filter(file) {
        try {
          return filter(file);
        } catch (error) {
          refused = error;
          throw error;
        }
      },
    });
  } catch {
    throw refused ?? new Error('not a ZIP archive, or a damaged one; use another copy');
  }
}
