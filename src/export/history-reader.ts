import type { History, HistoryPopulation } from './history.ts';
import { itemColumns, listColumn, nameColumn, numberColumn } from './history-columns.ts';
import { historyFromTables, type OrganismColumns, type SpeciesColumns, type TransferColumns } from './history-from-tables.ts';
import { ParquetReader } from './parquet-reader.ts';
import type { Provenance } from './provenance.ts';
import type { FileSource } from './validate/file-source.ts';
import { FormatError } from './validate/format-error.ts';

/** Parquet files of a run that hold its history; older versions wrote no species and no events. */
export interface HistoryFiles {
  readonly organisms: FileSource;
  readonly loci: FileSource;
  readonly species?: FileSource;
  readonly events?: FileSource;
}

/**
 * Reads the history of a finished run: only the columns that it needs, one column at a time.
 * @throws {FormatError} one line that names the wrong file
 */
export async function readHistoryFiles(provenance: Provenance, files: HistoryFiles): Promise<History> {
  const names: string[] = [];
  const loci = await readLoci(await ParquetReader.open('loci.parquet', files.loci), names);
  const organisms = await readOrganisms(await ParquetReader.open('organisms.parquet', files.organisms), names, provenance);
  const transfers = await readTransfers(files.events && (await ParquetReader.open('events.parquet', files.events)));
  const species = await readSpecies(files.species && (await ParquetReader.open('species.parquet', files.species)), names);
  const populations = names.map((name, i) => {
    if (loci[i] === undefined) throw new FormatError('loci.parquet', `lacks the loci of the population '${name}'`);
    return { name, loci: loci[i].length, ...genomeOf(provenance, name), names: loci[i] };
  });
  return historyFromTables({ provenance, populations, organisms, transfers, species });
}

/** Loci of each population, in the order of first mention, which is that of the scene; rows come in the order of positions. */
async function readLoci(table: ParquetReader, names: string[]): Promise<{ segment: string; name: string }[][]> {
  const [segments, loci]: [string[], string[]] = [[], []];
  const [segment, locus] = [await nameColumn(table, 'segment', segments), await nameColumn(table, 'name', loci)];
  const found: { segment: string; name: string }[][] = [];
  for (const [row, population] of (await nameColumn(table, 'population', names)).entries()) {
    (found[population] ??= []).push({ segment: segments[segment[row]] ?? '', name: loci[locus[row]] ?? '' });
  }
  return found;
}

function genomeOf({ scene }: Provenance, name: string): Pick<HistoryPopulation, 'ploidy' | 'dominance'> {
  type Genome = { ploidy?: unknown; dominance?: unknown };
  const populations = scene.populations as Record<string, { genome?: Genome }> | undefined;
  const { ploidy, dominance } = populations?.[name]?.genome ?? {};
  return { ploidy: ploidy === 2 ? 2 : 1, ...(typeof dominance === 'number' && dominance !== 0.5 ? { dominance } : {}) };
}

async function readOrganisms(table: ParquetReader, names: string[], { record }: Provenance): Promise<OrganismColumns> {
  for (const column of ['id', 'parents', 'birth_tick', 'death_tick', 'population']) {
    if (!table.has(column)) throw new FormatError(table.name, `has no column ${column}`);
  }
  const [firstParent, secondParent] = await itemColumns(table, 'parents', 2, -1);
  const [firstShare] = await itemColumns(table, 'parent_shares', 1, 1);
  return {
    id: await numberColumn(table, 'id', -1),
    firstParent,
    secondParent,
    firstShare,
    birthTick: await numberColumn(table, 'birth_tick', Number.NaN),
    deathTick: await numberColumn(table, 'death_tick', Number.NaN),
    population: await nameColumn(table, 'population', names),
    species: await numberColumn(table, 'species_id', -1),
    generation: await numberColumn(table, 'generation', 0),
    offspring: await numberColumn(table, 'offspring_count', 0),
    birthX: table.has('birth_x') ? await numberColumn(table, 'birth_x', Number.NaN) : undefined,
    birthY: table.has('birth_y') ? await numberColumn(table, 'birth_y', Number.NaN) : undefined,
    gametes: [await listColumn(table, 'gamete_1'), await listColumn(table, 'gamete_2')],
    changes:
      record.genomes === 'all'
        ? [await listColumn(table, 'change_loci'), await listColumn(table, 'change_values', Float32Array)]
        : undefined,
  };
}

const empty = () => new Float64Array(0);

async function readTransfers(table: ParquetReader | undefined): Promise<TransferColumns> {
  if (table === undefined) {
    return {
      tick: empty(),
      recipient: empty(),
      donor: empty(),
      recipientHaplotype: empty(),
      donorHaplotype: empty(),
      start: empty(),
      end: empty(),
    };
  }
  const kinds: string[] = ['transfer'];
  const kind = await nameColumn(table, 'kind', kinds);
  const transfers = kind.reduce((count, value) => count + Number(value === 0), 0);
  const column = async (name: string, missing = -1): Promise<Float64Array> => {
    const all = await numberColumn(table, name, missing);
    const some = new Float64Array(transfers);
    let at = 0;
    for (let i = 0; i < all.length; i++) if (kind[i] === 0) some[at++] = all[i];
    return some;
  };
  return {
    tick: await column('tick'),
    recipient: await column('actor'),
    donor: await column('other'),
    recipientHaplotype: await column('actor_haplotype', 0),
    donorHaplotype: await column('other_haplotype', 0),
    start: await column('locus_start'),
    end: await column('locus_end'),
  };
}

async function readSpecies(table: ParquetReader | undefined, names: string[]): Promise<SpeciesColumns> {
  if (table === undefined) {
    return {
      id: empty(),
      parent: empty(),
      population: new Int32Array(0),
      originTick: empty(),
      endTick: empty(),
      fate: [],
      mergedInto: empty(),
      representative: empty(),
      peak: empty(),
    };
  }
  const fates: string[] = [];
  const fate = await nameColumn(table, 'fate', fates);
  return {
    id: await numberColumn(table, 'id', -1),
    parent: await numberColumn(table, 'parent_id', -1),
    population: await nameColumn(table, 'population', names),
    originTick: await numberColumn(table, 'origin_tick', Number.NaN),
    endTick: await numberColumn(table, 'end_tick', Number.NaN),
    fate: Array.from(fate, (number) => fates[number]),
    mergedInto: await numberColumn(table, 'merged_into', -1),
    representative: await numberColumn(table, 'representative_id', -1),
    peak: await numberColumn(table, 'peak', 0),
  };
}
