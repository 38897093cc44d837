import { standardVocabulary } from '../../habitat/standard.ts';
import type { Vocabulary } from '../../habitat/vocabulary.ts';
import { validateAlife } from '../alife/validate-alife.ts';
import { columnName, type ExportTable } from '../export-table.ts';
import { fileNameOf, folderOf } from '../portable-name.ts';
import type { Provenance } from '../provenance.ts';
import { exportTables, locusColumns } from '../tables.ts';
import { treeNotes } from '../trees/tree-notes.ts';
import { TreeTextError } from '../trees/tree-text-error.ts';
import { validateExtendedNewick } from '../trees/validate-extended-newick.ts';
import { type TreeTextSummary, type TreeVisitor, validateNewick } from '../trees/validate-newick.ts';
import { validateNexus } from '../trees/validate-nexus.ts';
import { validateSubtrees } from '../trees/validate-subtrees.ts';
import { validateTrees } from '../tskit/validate-trees.ts';
import { validateTskit } from '../tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles } from '../tskit/write-tskit.ts';
import { chunksOf, type FileSource } from './file-source.ts';
import { FormatError } from './format-error.ts';
import type { RulesOf } from './table-check.ts';
import { checkIdentity } from './table-identity.ts';
import { validateCsv } from './validate-csv.ts';
import { validateParquet } from './validate-parquet.ts';
import { validateProvenance } from './validate-provenance.ts';
import { worldOfColumns } from './world-of-columns.ts';

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

/** The content of a valid file, with notes if any. */
export type Contents = string | { readonly holds: string; readonly notes: readonly string[] };

/** Columns without which a table is useless. Other tables must have all columns, except the genomes of a census. */
const required: Readonly<Record<string, readonly string[]>> = {
  organisms: ['id', 'parents', 'birth_tick', 'death_tick', 'population'],
  species: ['id', 'parent_id', 'population', 'origin_tick', 'end_tick', 'fate'],
  events: ['tick', 'kind', 'population', 'actor', 'other'],
};

/** What the runs of the files could name. */
type Known = Pick<Vocabulary, 'mechanisms' | 'habitats'>;

/** The rules for a table, by its name; undefined for a name that is not a table's. */
function rulesOf(name: string, known: Known): RulesOf | undefined {
  const place = exportTables([], []).findIndex((table) => table.name === name);
  if (place < 0) return undefined;
  return (found) => {
    const { traits, mechanisms } = worldOfColumns(found, known.mechanisms);
    // Earlier versions did not write what a habitat says of places besides x and y.
    const places = new Map(known.habitats.flatMap((habitat) => (habitat.places ?? []).map((one) => [one.name, one])));
    const present = [...places.values()].filter((one) => found.includes(columnName(one.name)));
    const described = exportTables(traits, mechanisms, present)[place];
    // Some histories lack species.
    const columns = described.columns.map((column) => (column.name === 'species_id' ? { ...column, nullable: true } : column));
    // Earlier versions did not follow copies of loci.
    const dispensable = ['genome', ...locusColumns.map((column) => column.name)];
    const needed = name === 'census' ? columns.filter((column) => !dispensable.includes(column.name)) : columns;
    return { table: { ...described, columns }, required: required[name] ?? needed.map((column) => column.name) };
  };
}

/** A format and its check, which describes a valid file in words and throws a `FormatError` for any other. */
export interface Recognised {
  readonly format: string;
  check(name: string, file: FileSource): Contents | Promise<Contents>;
}

const subtreeTableEnd = '.subtrees.csv';

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const trees = ({ trees: count, tips, deepest }: TreeTextSummary) =>
  `${counted(count, 'tree')}, ${counted(tips, 'tip')}, ${counted(deepest, 'branch', 'branches')} deep`;

const treeFormats: Readonly<
  Record<string, readonly [title: string, check: (chunks: Iterable<Uint8Array>, name: string) => Contents]>
> = {
  nwk: ['Newick', (chunks, name) => noted(name, validateNewick(chunks))],
  nex: ['NEXUS', (chunks, name) => noted(name, validateNexus(chunks))],
  enwk: [
    'extended Newick',
    (chunks) => {
      const summary = validateExtendedNewick(chunks);
      return `${trees(summary)}, ${counted(summary.hybrids, 'hybrid node')}`;
    },
  ],
};

const noted = (name: string, summary: TreeTextSummary): Contents => ({ holds: trees(summary), notes: treeNotes(name, summary) });

/** A file that its name does not identify: what its place identifies it as, or undefined. */
export type RecogniseByPlace = (path: string) => Recognised | undefined;

/** A Parquet file with one table whose columns are all known. */
export const parquetOf = (table: ExportTable): Recognised => ({
  format: 'Parquet',
  check: async (file, source) => {
    const required = table.columns.map(({ name }) => name);
    return counted(await validateParquet(file, source, { table, required }), 'row');
  },
});

/** The check for a file, by its name; undefined for a file in none of our formats. The files of tskit are checked together. */
function recognise(path: string, known: Known = standardVocabulary): Recognised | undefined {
  const name = fileNameOf(path);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = [name.slice(0, dot), name.slice(dot + 1)];
  if (name === 'provenance.json') {
    return {
      format: 'provenance',
      check(file, source) {
        const { ticks, hash } = validateProvenance(file, chunksOf(source));
        return `${counted(ticks, 'tick')}, hash ${hash}`;
      },
    };
  }
  if (name === 'phylogeny.csv' || name === 'pedigree.csv') {
    const oneAncestor = name === 'phylogeny.csv';
    return {
      format: `ALife ${stem}`,
      check: (file, source) => counted(validateAlife(file, chunksOf(source), { oneAncestor }), 'taxon', 'taxa'),
    };
  }
  if (extension in treeFormats) {
    const [format, check] = treeFormats[extension];
    return { format, check: (file, source) => placed(file, () => check(chunksOf(source), file)) };
  }
  if (extension === 'trees') {
    return {
      format: 'tskit tree sequence',
      check(file, source) {
        const { nodes, edges, individuals, sites, mutations } = validateTrees(file, source);
        const ancestry = `${counted(nodes, 'node')}, ${counted(edges, 'edge')}, ${counted(individuals, 'individual')}`;
        return `${ancestry}, ${counted(sites, 'site')}, ${counted(mutations, 'mutation')}`;
      },
    };
  }
  const rules = rulesOf(stem, known);
  if (rules === undefined) return undefined;
  if (extension === 'parquet') {
    return {
      format: 'Parquet',
      check: async (file, source) => counted(await validateParquet(file, source, rules), 'row'),
    };
  }
  if (extension !== 'csv') return undefined;
  return { format: 'CSV', check: (file, source) => counted(validateCsv(file, chunksOf(source), rules), 'row') };
}

/** Adds the name of the file to messages of the readers of trees, which give only the line. */
function placed<T>(file: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TreeTextError)) throw error;
    const { line, column, message } = error;
    throw new FormatError(`${file}, line ${line}, column ${column}`, message.slice(message.indexOf(': ') + 2));
  }
}

/** True for a file that `validateFiles` knows how to check. */
export function isExportFile(path: string): boolean {
  return recognise(path) !== undefined || isTskitFile(path) || isSubtreeTable(path);
}

/** True for a table of subtrees, which is checked against its files of trees. */
export function isSubtreeTable(path: string): boolean {
  return path.endsWith(subtreeTableEnd);
}

/** The files of trees that a table of subtrees may have beside it. */
export function subtreeFilesOf(path: string): string[] {
  return ['nwk', 'nex'].map((extension) => `${path.slice(0, -'csv'.length)}${extension}`);
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
    const check = name.endsWith('nwk') ? validateNewick : validateNexus;
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
