import { writePedigree } from './alife/pedigree.ts';
import { writePhylogeny } from './alife/phylogeny.ts';
import { createCsvEncoder } from './csv.ts';
import { csvOfParquet } from './csv-of-parquet.ts';
import type { Sink } from './export-table.ts';
import type { History } from './history.ts';
import { fillLineageTable, type LineageTable, lineageTables } from './lineage-tables.ts';
import { createParquetEncoder } from './parquet.ts';
import type { SampleChoice } from './sample-history.ts';
import { TableWriter } from './table-writer.ts';
import { treeFormats } from './tree-files.ts';
import { treesFile, writeTrees } from './tskit/write-trees.ts';
import { tskitFiles, tskitWriters } from './tskit/write-tskit.ts';
import { chunksOf, type FileSource } from './validate/file-source.ts';

/** The subject of a file of trees. */
export const treeSubjects = ['species', 'organisms'] as const;
export type TreeSubject = (typeof treeSubjects)[number];

/** Where the nodes of a tree are in time. */
export const branchings = ['budding', 'origin'] as const;
export type Branching = (typeof branchings)[number];

export interface ExportChoices {
  /** Undefined: both. */
  readonly of?: TreeSubject;
  readonly sample: SampleChoice;
  readonly branching: Branching;
  /** Joins nodes that have a single child to that child. Undefined: in trees of a sample, and in trees of one tip. */
  readonly collapse?: boolean;
  /** Cuts trees in Newick, NEXUS and PhyloXML into subtrees of at most this many branches from root to tip. Undefined: whole trees. */
  readonly subtreeDepth?: number;
  /** Names of loci and segments whose mutations are sites in the formats of tskit. Undefined: all loci. */
  readonly sites?: readonly string[];
}

export const usualChoices: ExportChoices = { sample: 'all', branching: 'budding' };

/** What is exported. */
export interface ExportInput {
  /** Already reduced to `sample`. */
  readonly history: History;
  /** 1 for the organisms that `sample` chose, aligned with the history's; undefined: all organisms. */
  readonly sampled?: Uint8Array;
  /** Parquet tables of the run, by file name; without them Parquet and CSV hold the tables that the history can fill. */
  readonly tables?: ReadonlyMap<string, FileSource>;
  /** Seed of the first ticks, by which species are named, where it is not that of the provenance: in branches. */
  readonly firstSeed?: string;
  readonly choices: ExportChoices;
}

/** A file of an export, made on request. */
export interface ExportFile {
  /** Name in the export's directory; a slash separates directories. */
  readonly name: string;
  write(sink: Sink): void | Promise<void>;
}

/**
 * A format that a run can be exported to. The page's list, the command line's help and the documentation are made from this
 * description.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  /** One plain sentence. */
  readonly description: string;
  /** Names of its files, for people. */
  readonly files: string;
  /** What a history must hold for this format. */
  readonly needs: string;
  /** Tables of the run that it reads, besides those of the history. */
  readonly reads?: 'all' | readonly string[];
  make(input: ExportInput): readonly ExportFile[];
}

const lineageNames = Object.keys(lineageTables) as LineageTable[];

export const formats: readonly Format[] = [
  {
    id: 'parquet',
    title: 'Parquet',
    description: 'The tables, compressed by column: the working format, for DuckDB, pandas, R and similar tools.',
    files: 'TABLE.parquet',
    needs: 'nothing',
    reads: 'all',
    make({ history, tables }) {
      if (tables !== undefined) return Array.from(tables, ([name, file]) => ({ name, write: (sink) => copy(file, sink) }));
      return lineageNames.map((table) => ({
        name: `${table}.parquet`,
        write(sink) {
          const writer = new TableWriter(lineageTables[table], [createParquetEncoder(lineageTables[table], sink)]);
          fillLineageTable(table, history, writer);
          writer.finish();
        },
      }));
    },
  },
  {
    id: 'csv',
    title: 'CSV',
    description: 'The same tables as text, for spreadsheets and scripts.',
    files: 'TABLE.csv',
    needs: 'nothing',
    reads: 'all',
    make({ history, tables }) {
      if (tables !== undefined) {
        return Array.from(tables, ([name, file]) => ({
          name: name.replace(/\.parquet$/, '.csv'),
          write: (sink) => csvOfParquet(name, file, sink),
        }));
      }
      return lineageNames.map((table) => ({
        name: `${table}.csv`,
        write(sink) {
          const writer = new TableWriter(lineageTables[table], [createCsvEncoder(lineageTables[table], sink)]);
          fillLineageTable(table, history, writer);
          writer.finish();
        },
      }));
    },
  },
  {
    id: 'alife',
    title: 'ALife standard',
    description: 'The data standard of artificial life: the phylogeny of species and the pedigree of organisms, all parents.',
    files: 'phylogeny.csv, pedigree.csv',
    needs: 'species for phylogeny.csv',
    make({ history }) {
      const pedigree = { name: 'pedigree.csv', write: (sink: Sink) => writePedigree(history, sink) };
      if (history.species.count === 0) return [pedigree];
      return [{ name: 'phylogeny.csv', write: (sink) => writePhylogeny(history, sink) }, pedigree];
    },
  },
  ...treeFormats.map(
    ({ id, title, description, extension, reads, files }): Format => ({
      id,
      title,
      description,
      files: `species.${extension}, organisms.${extension}`,
      needs: `species for species.${extension}, organisms for organisms.${extension}`,
      ...(reads && { reads }),
      make(input) {
        const { history, choices } = input;
        return treeSubjects
          .filter((of) => (choices.of === undefined || choices.of === of) && history[of].count > 0)
          .flatMap((of) => files(of, input));
      },
    }),
  ),
  {
    id: 'tskit',
    title: 'tskit text tables',
    description: 'The ancestry of every locus, for tskit.load_text: from which parent or donor each stretch of a genome comes.',
    files: tskitFiles.map((name) => `tskit/${name}`).join(', '),
    needs: 'organisms',
    make({ history, sampled, choices }) {
      const writers = tskitWriters(history, sampled, choices.sites);
      return tskitFiles.map((name) => ({ name: `tskit/${name}`, write: writers[name] }));
    },
  },
  {
    id: 'trees',
    title: 'tskit tree sequence',
    description: 'The same ancestry as one binary file, sorted and indexed, with metadata and provenance, for tskit.load.',
    files: treesFile,
    needs: 'organisms',
    make: ({ history, sampled, choices }) => [
      { name: treesFile, write: (sink) => writeTrees(history, sampled, choices.sites, sink) },
    ],
  },
  {
    id: 'provenance',
    title: 'Provenance',
    description: 'All that is needed to repeat the run bit for bit; part of every export.',
    files: 'provenance.json',
    needs: 'nothing',
    make: ({ history }) => [
      {
        name: 'provenance.json',
        write: (sink) => sink(new TextEncoder().encode(`${JSON.stringify(history.provenance, null, 2)}\n`)),
      },
    ],
  },
];

/** Tables of a run that some formats read, besides those of the history. */
export function tablesRead(ids: readonly string[]): 'all' | readonly string[] {
  const reads = formats.filter(({ id }) => ids.includes(id)).map((format) => format.reads ?? []);
  const named: string[] = [];
  for (const some of reads) {
    if (some === 'all') return 'all';
    named.push(...some);
  }
  return named;
}

/** Files of some formats; provenance is always included, last. A file that two formats share is listed once. */
export function exportFiles(input: ExportInput, ids: readonly string[]): readonly ExportFile[] {
  const files = formats.filter(({ id }) => ids.includes(id) || id === 'provenance').flatMap(({ make }) => make(input));
  return files.filter(({ name }, i) => files.findIndex((other) => other.name === name) === i);
}

function copy(file: FileSource, sink: Sink): void {
  for (const chunk of chunksOf(file)) sink(chunk);
}
