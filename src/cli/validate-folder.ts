import { join } from 'node:path';
import { isTskitFile } from '../export/validate/validate-files.ts';
import { showText } from '../parameter/show.ts';
import { fileProblem } from './check-files.ts';
import type { Files } from './files.ts';
import { type Manifest, manifestName, readManifest } from './manifest.ts';
import { provenanceName } from './run-directory.ts';

/** A folder as its manifest describes it. */
export interface CheckedFolder {
  readonly manifest: Manifest;
  /** Names of its files that are as they were written. */
  readonly whole: readonly string[];
  /** Problems of the others, a line each. */
  readonly problems: readonly string[];
  /** Other entries of the folder; folders with a manifest of their own are not looked at. */
  readonly more: readonly string[];
}

/** Checks a folder by its manifest; undefined for a folder without one. */
export function checkFolder(files: Files, directory: string): CheckedFolder | undefined {
  const manifest = readManifest(files, directory);
  if (manifest === undefined) return undefined;
  const whole: string[] = [];
  const problems: string[] = [];
  for (const listed of manifest.files.values()) {
    const problem = fileProblem(files, directory, listed);
    if (problem === undefined) whole.push(listed.name);
    else problems.push(problem);
  }
  return { manifest, whole, problems, more: notListed(files, directory, manifest, '') };
}

/** Names of files and folders that a manifest does not list. */
function notListed(files: Files, directory: string, manifest: Manifest, prefix: string): string[] {
  const listed = [...manifest.files.keys()];
  return files
    .readdirSync(join(directory, prefix))
    .sort()
    .flatMap((entry) => {
      const name = `${prefix}${entry}`;
      if (name === manifestName || manifest.files.has(name)) return [];
      if (listed.some((file) => file.startsWith(`${name}/`))) return notListed(files, directory, manifest, `${name}/`);
      return files.existsSync(join(directory, name, manifestName)) ? [] : [name];
    });
}

/**
 * Whether a file of a folder can be checked by the rules of its format: it is as it was written, and so are the files that
 * these rules need, the other tables of tskit and the provenance that describes the tables of several runs.
 */
export function isCheckable({ manifest, whole, more }: CheckedFolder, name: string): boolean {
  const isWhole = (one: string) => !manifest.files.has(one) || whole.includes(one);
  if (!isWhole(name) && !more.includes(name)) return false;
  if (isTskitFile(name)) return [...manifest.files.keys()].filter(isTskitFile).every(isWhole);
  return ['run', 'export'].includes(manifest.kind) || isWhole(provenanceName);
}

/** The report on a folder: its problems, other entries, and its signature where it is intact. */
export function describeFolder(directory: string, { manifest, problems, more }: CheckedFolder): string[] {
  const shown = showText(directory, 200);
  return [
    ...problems,
    ...more.map((name) => `${showText(join(directory, name), 200)}: not listed in ${manifestName}`),
    ...(problems.length > 0
      ? []
      : [
          `${shown}: whole, ${manifest.files.size} files as they were written; ${manifestName} has SHA-256 ${manifest.signature}`,
        ]),
  ];
}
