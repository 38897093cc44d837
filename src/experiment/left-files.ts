// The files of a folder by which its run is opened, wherever it lies.

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

const openable: readonly string[] = [checkpointName, branchName, provenanceName];

/** True for a file by which a run is opened, by its path. */
export const isLeftFile = (path: string): boolean => openable.includes(path.slice(path.lastIndexOf('/') + 1));

/**
 * The folder of the one run among some files: the folder that is least deep. The archive of an export of twins holds two; its
 * `this-world` is taken.
 * @param paths of the files in it, with slashes
 * @returns the folder with a slash at its end, or '' for the top
 * @throws {Error} one line where there is no run, or more than one
 */
export function folderOfRun(paths: readonly string[]): string {
  const folders = [...new Set(paths.filter(isLeftFile).map((path) => path.slice(0, path.lastIndexOf('/') + 1)))];
  const depth = (folder: string) => folder.split('/').length;
  const least = Math.min(...folders.map(depth));
  const top = folders.filter((folder) => depth(folder) === least);
  if (top.length === 0)
    throw new Error(`there is no run in it: no ${provenanceName} and no ${checkpointName}; take the folder of upslope run`);
  const own = top.length === 1 ? top[0] : top.find((folder) => folder.endsWith('this-world/'));
  if (own === undefined || (top.length > 1 && !top.every((folder) => /(^|\/)(this-world|twin)\/$/.test(folder))))
    throw new Error(`it holds ${top.length} runs; take the folder of one`);
  return own;
}
