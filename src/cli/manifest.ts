import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../export/canonical-json.ts';
import { software } from '../export/index.ts';
import { chunksOf, type FileSource } from '../export/validate/file-source.ts';
import { safeParse } from '../parameter/safe-parse.ts';
import { showText } from '../parameter/show.ts';
import { describeIssue } from '../scene/describe-issue.ts';
import { SceneError } from '../scene/error.ts';
import { readJson } from '../scene/read-json.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, orUserError, partialPath, readAll, writeAtomically } from './files.ts';
import { OutputFile } from './output-file.ts';
import type { OwnedFolder } from './ownership/owned-folder.ts';
import { UserError } from './user-error.ts';

/** Written last into a folder: the files of the folder, so that the manifest's own SHA-256 signs for all of them. */
export const manifestName = 'manifest.json';

/** The kind of a folder, by the command that wrote it. */
const folderKinds = ['run', 'export', 'collected', 'sweep', 'results'] as const;
export type FolderKind = (typeof folderKinds)[number];

/** The kind of a folder, and the name of its run, if it is one. */
export interface FolderOf {
  readonly kind: FolderKind;
  readonly run?: string | undefined;
}

/** Longest manifest that is read, in characters: about 400,000 files. */
const longest = 64_000_000;
const format = 1;
const hexadecimal = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `${digits} hexadecimal digits`);

const manifestSchema = z.strictObject({
  format: z.literal(format),
  kind: z.enum(folderKinds),
  /** Name of the run of the folder; left out where the folder is not one run. */
  run: hexadecimal(32).optional(),
  software: z.strictObject({ name: z.string().max(100), version: z.string().max(100) }),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^/\\\0][^\\\0]{0,499}$/, 'a path within the folder'),
      bytes: z.int().min(0),
      sha256: hexadecimal(64),
    }),
  ),
  /** Of the canonical JSON of all else, so that an altered manifest can be recognised alone. */
  sha256: hexadecimal(64),
});

/** A file as a manifest lists it. */
export type ListedFile = Readonly<z.infer<typeof manifestSchema>['files'][number]>;

/** The content of a manifest that is known to be intact. */
export interface Manifest {
  readonly kind: FolderKind;
  readonly run: string | undefined;
  /** By name, in the order of names. */
  readonly files: ReadonlyMap<string, ListedFile>;
  /** SHA-256 of the manifest's own file. */
  readonly signature: string;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a file, read piece by piece. */
export function sha256Of(file: FileSource): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The manifest of a folder whose files are all there, as the bytes of its file.
 * @param names of files within the folder, with slashes
 * @param kept files that are listed as before: a folder that several commands write into
 * @param placeOf where a file is now, by its path in the folder; by default its own place
 * @throws the system's errors
 */
export function manifestOf(
  files: Files,
  directory: string,
  { kind, run }: FolderOf,
  names: Iterable<string>,
  kept: readonly ListedFile[] = [],
  placeOf: (path: string) => string = (path) => path,
): Uint8Array {
  const listed = new Map(kept.map((file) => [file.name, file]));
  for (const name of names) {
    const file = new DiskFile(files, placeOf(join(directory, name)));
    try {
      listed.set(name, { name, bytes: file.byteLength, sha256: sha256Of(file) });
    } finally {
      file.close();
    }
  }
  const inOrder = [...listed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const content = { format, kind, run, software, files: inOrder };
  return new TextEncoder().encode(`${canonicalJson({ ...content, sha256: digest(canonicalJson(content)) })}\n`);
}

/**
 * Writes the manifest of a folder whose files have their names.
 * @param check runs before it gets its own name; an error that it throws ends the work
 */
export function writeManifest(
  files: Files,
  directory: string,
  about: FolderOf,
  names: Iterable<string>,
  check?: () => void,
): void {
  writeAtomically(files, join(directory, manifestName), [manifestOf(files, directory, about, names)], check);
}

/**
 * Writes the manifest of files that are whole under their partial names, under its own partial name.
 * @returns all names to be published, the manifest's last
 */
export function signFiles(
  folder: OwnedFolder,
  about: FolderOf,
  names: readonly string[],
  kept?: readonly ListedFile[],
): string[] {
  const file = new OutputFile(folder, manifestName);
  try {
    file.write(manifestOf(folder.io.files, folder.path, about, names, kept, partialPath));
    file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
  return [...names, manifestName];
}

/**
 * Reads the manifest of a folder; undefined where it has none, as in folders of earlier versions.
 * @throws {UserError} one line for a manifest that is damaged, or of a later version
 */
export function readManifest(files: Files, directory: string): Manifest | undefined {
  const path = join(directory, manifestName);
  const shown = showText(path, 200);
  if (!files.existsSync(path)) return undefined;
  const bytes = orUserError(`cannot read ${shown}`, 'give a folder that can be read', () => {
    if (!files.lstatSync(path).isFile()) throw new UserError(`${shown} is not a file; use another copy of the folder`);
    return readAll(files, path, longest);
  });
  const damaged = (problem: string) => new UserError(`${shown}: ${problem}; use another copy of the folder`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged('damaged: it is not UTF-8');
  }
  let json: unknown;
  try {
    json = readJson(text, path, 'manifest', longest);
  } catch (error) {
    throw error instanceof SceneError ? new UserError(error.message) : error;
  }
  if (typeof json === 'object' && json !== null && 'format' in json && Number(json.format) > format) {
    throw new UserError(
      `${shown} has format ${showText(String(json.format), 20)}, but this version reads up to ${format}; use the version that wrote it`,
    );
  }
  const parsed = safeParse(manifestSchema, json);
  if (!parsed.success) throw damaged(`damaged: ${describeIssue(parsed.error.issues[0], manifestSchema)[0]}`);
  const { sha256, ...content } = parsed.data;
  if (sha256 !== digest(canonicalJson(content)) || text !== `${canonicalJson(parsed.data)}\n`) {
    throw damaged('altered since it was written');
  }
  const listed = new Map(content.files.map((file) => [file.name, file]));
  return { kind: content.kind, run: content.run, files: listed, signature: digest(text) };
}
