import { join } from 'node:path';
import { showText } from '../parameter/show.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, fileReason } from './files.ts';
import type { Io } from './io.ts';
import { type ListedFile, type Manifest, manifestName, readManifest, sha256Of } from './manifest.ts';
import { UserError } from './user-error.ts';

/**
 * What is wrong with a file of a folder, compared with its manifest, in a line that begins with the file; undefined for an
 * intact file.
 */
export function fileProblem(files: Files, directory: string, { name, bytes, sha256 }: ListedFile): string | undefined {
  const path = join(directory, name);
  const shown = showText(path, 200);
  let file: DiskFile;
  try {
    const found = files.lstatSync(path);
    if (found.isSymbolicLink())
      return `${shown}: a symbolic link in place of the file of ${bytes} bytes that ${manifestName} lists`;
    if (!found.isFile()) return `${shown}: not a file, and ${manifestName} lists a file of ${bytes} bytes`;
    file = new DiskFile(files, path);
  } catch (error) {
    const reason = fileReason(error);
    if (reason === undefined) throw error;
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code));
    return isMissing ? `${shown}: missing; ${manifestName} lists it` : `${shown}: cannot be read: ${reason}`;
  }
  try {
    if (file.byteLength !== bytes)
      return `${shown}: altered: it has ${file.byteLength} bytes, and ${manifestName} lists ${bytes}`;
    const found = sha256Of(file);
    if (found === sha256) return undefined;
    return `${shown}: altered: its SHA-256 is ${found.slice(0, 12)}…, and ${manifestName} lists ${sha256.slice(0, 12)}…`;
  } finally {
    file.close();
  }
}

/**
 * The manifest of a folder that is to be read. A folder without one, as earlier versions wrote them, gets a line of warning.
 * @throws {UserError} for a damaged manifest
 */
export function manifestToRead(io: Io, directory: string): Manifest | undefined {
  const manifest = readManifest(io.files, directory);
  if (manifest === undefined) io.err(`note: ${withoutManifest(directory)}\n`);
  return manifest;
}

/**
 * Checks that files of a folder are as they were written, before any of them is read.
 * @param needed names of files; those that are neither there nor listed are skipped
 * @throws {UserError} that names the first file that is missing, altered or not listed
 */
export function checkFiles(files: Files, directory: string, manifest: Manifest, needed: Iterable<string>): void {
  for (const name of needed) {
    const listed = manifest.files.get(name);
    const path = join(directory, name);
    if (listed === undefined && files.existsSync(path)) {
      throw new UserError(
        `${showText(path, 200)}: ${manifestName} does not list it; remove it, or use another copy of the folder`,
      );
    }
    const problem = listed && fileProblem(files, directory, listed);
    if (problem !== undefined) throw new UserError(`${problem}; use another copy of the folder`);
  }
}

/** A note on a folder of an earlier version. */
export const withoutManifest = (directory: string): string =>
  `${showText(directory, 200)} has no ${manifestName}, like folders of earlier versions; its files cannot be checked for changes`;
