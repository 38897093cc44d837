// What PhyloXML files say of species and organisms: their species, facts of their lives, and traits from the tables of the run.
import { standardVocabulary } from '../../habitat/standard.ts';
import { firstPlace } from '../../math/first-place.ts';
import { nameSpecies } from '../../record/name-species.ts';
import { columnName } from '../export-table.ts';
import type { History } from '../history.ts';
import { nameColumn, numberColumn } from '../history-columns.ts';
import { ParquetReader } from '../parquet-reader.ts';
import type { FileSource } from '../validate/file-source.ts';
import { worldOfColumns } from '../validate/world-of-columns.ts';
import type { CladeProperty, CladeText } from './phyloxml.ts';
import { speciesLabel } from './species-tree.ts';

/** Parquet tables of a run, by file name. */
export type RunTables = ReadonlyMap<string, FileSource>;

/** Tables that traits are read from, besides those of the history. */
export const traitTables = ['trait_series'] as const;

/**
 * Names of the species that last, by id, as the page gives them. @param seed of the run's first ticks; a branch of a page has
 * another one later
 */
export function speciesNames({ species, endTick, provenance }: History, seed: string): ReadonlyMap<number, string> {
  const named = Array.from({ length: species.count }, (_, row) => ({
    id: species.id[row],
    parent: species.parent[row] < 0 ? -1 : species.id[species.parent[row]],
    originTick: species.originTick[row],
    endTick: Number.isNaN(species.endTick[row]) ? null : species.endTick[row],
    peak: species.peak[row],
  }));
  return nameSpecies(named, `${provenance.scene.name} ${seed}`, endTick);
}

const fact = (name: string, type: CladeProperty['type'], value: number | string, unit?: string): CladeProperty => ({
  name,
  type,
  value,
  unit,
});

/**
 * What is said of each species, by its row in the history: population, fate, greatest number of members, and mean and variance of every
 * trait at the last detection that found members of it, where the run's tables have them.
 * @throws {FormatError} for damaged tables
 */
export async function speciesTexts(
  { species, populations }: History,
  names: ReadonlyMap<number, string>,
  tables: RunTables | undefined,
): Promise<(row: number) => CladeText> {
  const measured = await speciesTraits(tables?.get('trait_series.parquet'));
  return (row) => {
    const id = species.id[row];
    const into = species.mergedInto[row];
    return {
      species: { id, name: names.get(id) },
      properties: [
        fact('population', 'xsd:string', populations[species.population[row]].name),
        fact('fate', 'xsd:string', species.fate[row]),
        ...(into < 0 ? [] : [fact('merged_into', 'xsd:string', speciesLabel(species.id[into]))]),
        fact('peak_count', 'xsd:integer', species.peak[row], 'organisms'),
        ...(measured.get(id) ?? []),
      ],
    };
  };
}

/** Properties of the traits of each species at its last detection, by id. */
async function speciesTraits(source: FileSource | undefined): Promise<ReadonlyMap<number, readonly CladeProperty[]>> {
  if (!source) return new Map();
  const table = await ParquetReader.open('trait_series.parquet', source);
  const traits: string[] = [];
  const trait = await nameColumn(table, 'trait', traits);
  const [id, n, tick, mean, variance] = [
    await numberColumn(table, 'species_id', -1),
    await numberColumn(table, 'n', 0),
    await numberColumn(table, 'tick', Number.NaN),
    await numberColumn(table, 'mean', Number.NaN),
    await numberColumn(table, 'variance', Number.NaN),
  ];
  /** For each species, the last row of each of its traits; rows come in the order of ticks. */
  const last = new Map<number, Map<number, number>>();
  for (let row = 0; row < table.rowCount; row++) {
    if (id[row] < 0 || n[row] === 0) continue;
    const own = last.get(id[row]);
    if (own) own.set(trait[row], row);
    else last.set(id[row], new Map([[trait[row], row]]));
  }
  const unitOf = traitUnits(traits.map(columnName));
  return new Map(
    Array.from(last, ([species, rows]) => {
      const properties = Array.from(rows.values(), (row) => {
        const name = columnName(traits[trait[row]]);
        return [
          fact(`${name}_mean`, 'xsd:double', mean[row], unitOf(name)),
          fact(`${name}_variance`, 'xsd:double', variance[row]),
        ];
      });
      const [some] = rows.values();
      return [species, [fact('measured_at', 'xsd:integer', tick[some], 'ticks'), ...properties.flat()]] as const;
    }),
  );
}

/** The species of an organism, by its row in the history; nothing where it is not known. */
export function speciesOf({ organisms }: History, names: ReadonlyMap<number, string>, row: number): Pick<CladeText, 'species'> {
  const id = organisms.species[row];
  return id < 0 ? {} : { species: { id, name: names.get(id) } };
}

/**
 * What is said of each organism, by its row in the history: species, population, generation, number of offspring, share from the
 * first parent where there are two, and every trait, where the run's tables have them.
 * @throws {FormatError} for damaged tables
 */
export async function organismTexts(
  history: History,
  names: ReadonlyMap<number, string>,
  tables: RunTables | undefined,
): Promise<(row: number) => CladeText> {
  const { organisms, populations } = history;
  const traits = await organismTraits(organisms, tables);
  return (row) => {
    return {
      ...speciesOf(history, names, row),
      properties: [
        fact('population', 'xsd:string', populations[organisms.population[row]].name),
        fact('generation', 'xsd:integer', organisms.generation[row], 'generations'),
        fact('offspring_count', 'xsd:integer', organisms.offspring[row], 'organisms'),
        ...(organisms.secondParent[row] < 0 ? [] : [fact('first_parent_share', 'xsd:double', organisms.firstShare[row])]),
        // Nine digits distinguish all floats.
        ...traits.map(({ name, unit, values }) => fact(name, 'xsd:double', Number(values[row].toPrecision(9)), unit)),
      ],
    };
  };
}

interface TraitValues {
  readonly name: string;
  readonly unit: string | undefined;
  /** By row of the history; NaN where it is not known. */
  readonly values: Float32Array;
}

/** Traits are those columns of `organisms` that the series of traits names. */
async function organismTraits({ count, id }: History['organisms'], tables: RunTables | undefined): Promise<TraitValues[]> {
  const [series, source] = [tables?.get('trait_series.parquet'), tables?.get('organisms.parquet')];
  if (!series || !source) return [];
  const traits: string[] = [];
  await nameColumn(await ParquetReader.open('trait_series.parquet', series), 'trait', traits);
  const table = await ParquetReader.open('organisms.parquet', source);
  const place = Int32Array.from(await numberColumn(table, 'id', -1), (wanted) => {
    const row = firstPlace(count, (at) => id[at] < wanted);
    return row < count && id[row] === wanted ? row : -1;
  });
  const names = traits.map(columnName).filter((name) => table.has(name));
  const unitOf = traitUnits(names);
  const found: TraitValues[] = [];
  for (const name of names) {
    const column = await numberColumn(table, name, Number.NaN);
    const values = new Float32Array(count).fill(Number.NaN);
    for (let i = 0; i < place.length; i++) if (place[i] >= 0) values[place[i]] = column[i];
    found.push({ name, unit: unitOf(name), values });
  }
  return found;
}

/** Units of traits by the names of their columns; none for those of extensions. */
function traitUnits(columns: readonly string[]): (name: string) => string | undefined {
  const { traits } = worldOfColumns(columns, standardVocabulary.mechanisms);
  const units = new Map(traits.map(({ id, unit }) => [columnName(id), unit]));
  return (name) => units.get(name);
}
