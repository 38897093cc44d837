// Which format a file has, by its name, and the check of that format.
import { standardVocabulary } from '../../habitat/standard.ts';
import type { Vocabulary } from '../../habitat/vocabulary.ts';
import { validateAlife } from '../alife/validate-alife.ts';
import { columnName, type ExportTable } from '../export-table.ts';
import { fileNameOf } from '../portable-name.ts';
import { exportTables, locusColumns } from '../tables.ts';
import { treeNotes } from '../trees/tree-notes.ts';
import { TreeTextError } from '../trees/tree-text-error.ts';
import { validateExtendedNewick } from '../trees/validate-extended-newick.ts';
import { type TreeTextSummary, validateNewick } from '../trees/validate-newick.ts';
import { validateNexus } from '../trees/validate-nexus.ts';
import { validatePhyloxml } from '../trees/validate-phyloxml.ts';
import { validateTrees } from '../tskit/validate-trees.ts';
import { chunksOf, type FileSource } from './file-source.ts';
import { FormatError } from './format-error.ts';
import type { RulesOf } from './table-check.ts';
import { validateCsv } from './validate-csv.ts';
import { validateParquet } from './validate-parquet.ts';
import { validateProvenance } from './validate-provenance.ts';
import { worldOfColumns } from './world-of-columns.ts';

/** The content of a valid file, with notes if any. */
export type Contents = string | { readonly holds: string; readonly notes: readonly string[] };

/** Columns without which a table is useless. Other tables must have all columns, except the genomes of a census. */
const required: Readonly<Record<string, readonly string[]>> = {
  organisms: ['id', 'parents', 'birth_tick', 'death_tick', 'population'],
  species: ['id', 'parent_id', 'population', 'origin_tick', 'end_tick', 'fate'],
  events: ['tick', 'kind', 'population', 'actor', 'other'],
};

/** What the runs of the files could name. */
export type Known = Pick<Vocabulary, 'mechanisms' | 'habitats'>;

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

/** A number with its noun. */
export const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const trees = ({ trees: count, tips, deepest }: TreeTextSummary) =>
  `${counted(count, 'tree')}, ${counted(tips, 'tip')}, ${counted(deepest, 'branch', 'branches')} deep`;

const treeFormats: Readonly<
  Record<string, readonly [title: string, check: (chunks: Iterable<Uint8Array>, name: string) => Contents]>
> = {
  nwk: ['Newick', (chunks, name) => noted(name, validateNewick(chunks))],
  nex: ['NEXUS', (chunks, name) => noted(name, validateNexus(chunks))],
  phyloxml: ['PhyloXML', (chunks, name) => noted(name, validatePhyloxml(chunks))],
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
export function recognise(path: string, known: Known = standardVocabulary): Recognised | undefined {
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
export function placed<T>(file: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TreeTextError)) throw error;
    const { line, column, message } = error;
    throw new FormatError(`${file}, line ${line}, column ${column}`, message.slice(message.indexOf(': ') + 2));
  }
}
