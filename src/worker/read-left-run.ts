// What the folder of a run, or its archive, has left by which the page opens the run.
import { unzipSync } from 'fflate';
import {
  branchName,
  checkpointMagic,
  checkpointName,
  folderOfRun,
  isLeftFile,
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

/** Most bytes of a file in an archive that are unpacked. */
const largest = 1 << 30;

/**
 * Reads the files of a run: the checkpoint of an unfinished one, the state of a branch, or the provenance.
 * @param files by path, those of `isLeftFile` at least
 * @throws {Error} one line where there is no run, several, or one that cannot be read
 */
export function readLeftRun(files: ReadonlyMap<string, Uint8Array>): LeftRun {
  const folder = folderOfRun([...files.keys()]);
  const [checkpoint, branch, provenance] = [checkpointName, branchName, provenanceName].map((name) =>
    files.get(`${folder}${name}`),
  );
  if (checkpoint) return { from: 'checkpoint', state: snapshotOf(checkpoint) };
  // A branch is beside the provenance of its export.
  if (branch) return { from: 'branch', state: branch.slice().buffer };
  try {
    return { from: 'provenance', recorded: validateProvenance(provenanceName, [provenance ?? new Uint8Array()]) };
  } catch (error) {
    throw error instanceof FormatError ? new Error(error.message) : error;
  }
}

/** The state of the world in a checkpoint, which checks itself when it is opened. */
function snapshotOf(checkpoint: Uint8Array): ArrayBuffer {
  const damaged = new Error(`${checkpointName} is damaged; use another copy`);
  if (new TextDecoder().decode(checkpoint.subarray(0, checkpointMagic.length)) !== checkpointMagic) throw damaged;
  try {
    const { snapshot } = unpack(checkpoint.slice(sealBytes)) as { snapshot?: unknown };
    if (snapshot instanceof Uint8Array) return snapshot.slice().buffer;
  } catch {
    throw damaged;
  }
  throw damaged;
}

/**
 * The files of an archive by which a run is opened.
 * @throws {Error} one line for anything but a ZIP archive, and for files that are too large
 */
export function unzipLeftFiles(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let large = '';
  try {
    const files = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (!isLeftFile(name)) return false;
        if (originalSize > largest) large = name;
        return large === '';
      },
    });
    if (large === '') return new Map(Object.entries(files));
  } catch {
    throw new Error('not a ZIP archive, or a damaged one; use another copy');
  }
  throw new Error(`${large} is too large to unpack here; unpack the archive and drop its folder`);
}
