import { standardVocabulary } from '../../habitat/standard.ts';
import { fileNameOf, folderOf } from '../portable-name.ts';
import type { Provenance } from '../provenance.ts';
import { type TreeVisitor, validateNewick } from '../trees/validate-newick.ts';
import { validateNexus } from '../trees/validate-nexus.ts';
import { validatePhyloxml } from '../trees/validate-phyloxml.ts';
import { validateSubtrees } from '../trees/validate-subtrees.ts';
import { validateTskit } from '../tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles } from '../tskit/write-tskit.ts';
import { chunksOf, type FileSource } from './file-source.ts';
import { FormatError } from './format-error.ts';
import { type Contents, counted, type Known, placed, type RecogniseByPlace, recognise } from './recognise-file.ts';
import { checkIdentity } from './table-identity.ts';
import { validateProvenance } from './validate-provenance.ts';
/** Result of checking a file. */
export interface Verdict {
  readonly file: string;
  /** Title of the format. */
  readonly format: string;
  /** The content of a valid file; undefined for an invalid one. */
  readonly holds: string | undefined;
  /** One line on what is wrong; undefined for a valid file. */
  readonly problem: string | undefined;
  /** How other programs fail on a valid file: where they stop or read it wrongly, one line each. */
  readonly notes: readonly string[];
}

/** True for a file that `validateFiles` knows how to check. */
export function isExportFile(path: string): boolean {
  return recognise(path) !== undefined || isTskitFile(path) || isSubtreeTable(path);
}

const subtreeChecks = { nwk: validateNewick, nex: validateNexus, phyloxml: validatePhyloxml } as const;

const subtreeTableEnd = '.subtrees.csv';

/** True for a table of subtrees, which is checked against its files of trees. */
export function isSubtreeTable(path: string): boolean {
  return path.endsWith(subtreeTableEnd);
}

/** The files of trees that a table of subtrees may have beside it. */
export function subtreeFilesOf(path: string): string[] {
  return Object.keys(subtreeChecks).map((extension) => `${path.slice(0, -'csv'.length)}${extension}`);
}

export function isTskitFile(path: string): boolean {
  return (tskitFiles as readonly string[]).includes(fileNameOf(path));
}

/**
 * Checks files by the rules of their formats, one verdict each, in the order given; files in none of our formats get none.
 * @param byPlace called first
 * @param runAt name of the run that a table at this path belongs to, where it is known
 * @param vocabulary with the mechanisms that the runs could have on, and their habitats
 */
export async function* validateFiles(
  files: ReadonlyMap<string, FileSource>,
  byPlace: RecogniseByPlace = () => undefined,
  runAt: (path: string) => string | undefined = () => undefined,
  vocabulary: Known = standardVocabulary,
): AsyncGenerator<Verdict> {
  const folders = new Set<string>();
  for (const [path, source] of files) {
    if (isTskitFile(path)) {
      const folder = folderOf(path);
      if (!folders.has(folder)) yield verdict(`${folder}*.txt`, 'tskit', () => checkTskit(folder, files));
      folders.add(folder);
      continue;
    }
    if (isSubtreeTable(path)) {
      yield verdict(path, 'table of subtrees', () => checkSubtrees(path, files));
      continue;
    }
    const known = byPlace(path) ?? recognise(path, vocabulary);
    if (known === undefined) continue;
    yield verdict(path, known.format, async () => {
      const holds = await known.check(path, source);
      if (known.format === 'Parquet') await checkBelongs(path, files, runAt(path));
      return holds;
    });
  }
}

/** A table beside the provenance of a single run belongs to that run; a fault of the provenance has its own verdict. */
async function checkBelongs(path: string, files: ReadonlyMap<string, FileSource>, run: string | undefined): Promise<void> {
  const beside = `${path.slice(0, path.lastIndexOf('/') + 1)}provenance.json`;
  const [table, file] = [files.get(path), files.get(beside)];
  if (table === undefined || file === undefined) return;
  let provenance: Provenance;
  try {
    provenance = validateProvenance(beside, chunksOf(file));
  } catch (error) {
    if (error instanceof FormatError) return;
    throw error;
  }
  await checkIdentity(path, table, provenance, run);
}

async function verdict(file: string, format: string, check: () => Contents | Promise<Contents>): Promise<Verdict> {
  try {
    const contents = await check();
    const { holds, notes } = typeof contents === 'string' ? { holds: contents, notes: [] } : contents;
    return { file, format, holds, problem: undefined, notes };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { file, format, holds: undefined, problem: error.message, notes: [] };
  }
}

function checkSubtrees(path: string, files: ReadonlyMap<string, FileSource>): string {
  const found = subtreeFilesOf(path).flatMap((name) => {
    const source = files.get(name);
    const check = subtreeChecks[name.slice(name.lastIndexOf('.') + 1) as keyof typeof subtreeChecks];
    return source === undefined
      ? []
      : [{ name, check: (visitor: TreeVisitor) => void placed(name, () => check(chunksOf(source), visitor)) }];
  });
  if (found.length === 0)
    throw new FormatError(path, `lacks the file of its subtrees beside it (${subtreeFilesOf(path).join(', ')})`);
  const table = files.get(path) as FileSource;
  return counted(
    validateSubtrees(path, () => chunksOf(table), found),
    'subtree',
  );
}

function checkTskit(folder: string, files: ReadonlyMap<string, FileSource>): string {
  const chunks = Object.fromEntries(
    tskitFiles.map((name) => {
      const file = files.get(`${folder}${name}`);
      if (file === undefined) throw new FormatError(`${folder}${name}`, 'is missing; put it beside the other tables of tskit');
      return [name, chunksOf(file)];
    }),
  ) as Record<TskitFile, Generator<Uint8Array>>;
  const { nodes, edges, individuals } = validateTskit(chunks, undefined, folder);
  return `${counted(nodes, 'node')}, ${counted(edges, 'edge')}, ${counted(individuals, 'individual')}`;
}
