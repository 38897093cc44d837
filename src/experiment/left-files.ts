// The files of a folder by which its run is opened, wherever it lies.
import type { StateSource } from './served-index.ts';

/** State of an unfinished run. */
export const checkpointName = 'checkpoint.upslope';
/** Written after the tables: where it exists and a checkpoint does not, the run is finished. */
export const provenanceName = 'provenance.json';
/** State of a branch in an export of the page: its draws come from another seed, so that only this file has it. */
export const branchName = 'branch.upslope';

/** First letters of a checkpoint. */
export const checkpointMagic = 'UPSLOPEC';
/** Bytes of the head of a sealed file: magic of 8 letters, CRC-32 of the bytes after the head, four zeros. */
export const sealBytes = 16;

/** A file by which a run is opened. */
export interface LeftFile {
  readonly from: StateSource;
  readonly name: string;
}

const [mostState, mostText] = [1 << 28, 1 << 23];
/** An unfinished run has a checkpoint; a branch is beside the provenance of its export. */
const leftFiles: readonly LeftFile[] = [
  { from: 'checkpoint', name: checkpointName },
  { from: 'branch', name: branchName },
  { from: 'provenance', name: provenanceName },
];
/** The largest scene that the page reads, bytes. */
export const mostOfScene = mostText;
/** The largest saved world that it reads, bytes. */
export const mostOfState = mostState;

const noRun = `it holds no run: none of ${leftFiles.map(({ name }) => name).join(', ')}; take the folder of upslope run`;

const nameIn = (path: string) => path.slice(path.lastIndexOf('/') + 1);
/** The name that a file had before it was copied: browsers and desktops call a second one `checkpoint (1).upslope`. */
const firstName = (path: string) =>
  nameIn(path)
    .toLowerCase()
    .replace(/ ?\(\d+\)(?=\.[^.]*$)/, '');

/** True for a file by which a run is opened, by its path; so is a copy of one. */
export const isLeftFile = (path: string): boolean => leftFiles.some(({ name }) => name === firstName(path));

/**
 * The one file of `paths` by which a run is opened: in the folder of the run its checkpoint, the state of a branch, or its provenance,
 * and a copy of it if none has its own name.
 * @throws {Error} one line if the files hold no run, or more than one
 */
export function fileOfRun(paths: readonly string[]): LeftFile & { readonly path: string } {
  const folder = folderOfRun(paths);
  const own = paths.filter((path) => path.startsWith(folder) && path.lastIndexOf('/') < folder.length);
  for (const nameOf of [nameIn, firstName]) {
    for (const file of leftFiles) {
      const found = own.filter((path) => nameOf(path) === file.name);
      if (found.length > 1) throw new Error(`it holds ${found.length} copies of ${file.name}; take one`);
      if (found.length === 1) return { ...file, path: found[0] };
    }
  }
  throw new Error(noRun);
}

/** Refuses a file by which a run is opened and which is too large for the page. @throws {Error} one line */
export function checkLeftSize(source: StateSource, bytes: number): void {
  const most = source === 'provenance' ? mostText : mostState;
  if (bytes > most) throw new Error(`its ${source} has more than ${most >> 20} MB; open it with: upslope serve RUN`);
}

/**
 * The folder of the one run among some files: the folder that is least deep. The archive of an export of twins holds two; its
 * `this-world` is taken.
 * @param paths of the files in it, with slashes
 * @returns the folder with a slash at its end, or '' for the top
 * @throws {Error} one line if the files hold no run, or more than one
 */
export function folderOfRun(paths: readonly string[]): string {
  const folders = [...new Set(paths.filter(isLeftFile).map((path) => path.slice(0, path.lastIndexOf('/') + 1)))];
  const depth = (folder: string) => folder.split('/').length;
  const least = Math.min(...folders.map(depth));
  const top = folders.filter((folder) => depth(folder) === least);
  if (top.length === 0) throw new Error(noRun);
  const own = top.length === 1 ? top[0] : top.find((folder) => folder.endsWith('this-world/'));
  if (own === undefined || (top.length > 1 && !top.every((folder) => /(^|\/)(this-world|twin)\/$/.test(folder))))
    throw new Error(`it holds ${top.length} runs; take the folder of one`);
  return own;
}
