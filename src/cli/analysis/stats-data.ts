import { join } from 'node:path';
import type { TraitCensus, TraitColumns } from '../../experiment/stats/quantitative-of-run.ts';
import { columnName } from '../../export/export-table.ts';
import { locusValues } from '../../export/gamete-entries.ts';
import type { History } from '../../export/history.ts';
import { nameColumn, numberColumn } from '../../export/history-columns.ts';
import { type ColumnValues, ParquetReader } from '../../export/parquet-reader.ts';
import { placesIn } from '../../export/places.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { worldOfColumns } from '../../export/validate/world-of-columns.ts';
import { recombinationRates } from '../../genome/genetic-map.ts';
import { firstPlace } from '../../math/first-place.ts';
import { showText } from '../../parameter/show.ts';
import type { Population } from '../../population/population.ts';
import type { Scene } from '../../scene/schema.ts';
import { habitatOf } from '../../scene/vocabulary-of.ts';
import type { Simulation } from '../../simulation/types.ts';
import { checkFiles } from '../check-files.ts';
import type { Io } from '../io.ts';
import { keptTicks, readKeptSnapshot, snapshotName } from '../kept-snapshots.ts';
import { readManifest } from '../manifest.ts';
import { UserError } from '../user-error.ts';

/** A grid of demes over the plane. */
export interface DemeGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Organisms of a population at a tick whose genomes, places or both are known. */
export interface KnownGenomes {
  /** Place in these columns by id. */
  readonly at: ReadonlyMap<number, number>;
  /** `ploidy * loci` values an organism; undefined where the run kept none. */
  readonly values: Float32Array | undefined;
  /** Number of the deme; undefined where there are none. */
  readonly demes: Int32Array | undefined;
}

/** Finds the deme of a place: the patch where the habitat has such places, or the cell of a grid over a plane. */
export function demeFinder(scene: Scene, grid: DemeGrid | undefined): ((x: number, y: number) => number) | undefined {
  if (grid) {
    const { gives, places, view } = habitatOf(scene);
    if (!gives.includes('place') || places !== undefined)
      throw new UserError('--grid is for runs in which organisms move over a surface, as in a plane; leave it out');
    const cell = (at: number, side: number, cells: number) => Math.min(cells - 1, Math.max(0, Math.floor((at * cells) / side)));
    const { width, height } = view(scene);
    return (x, y) => cell(y, height, grid.rows) * grid.columns + cell(x, width, grid.columns);
  }
  const finder = placesIn(scene);
  return finder(0, 0).length === 0 ? undefined : (x, y) => finder(x, y)[0];
}

/** Genomes and places of a population of a world. */
export function genomesOfWorld(simulation: Simulation, name: string, deme: ReturnType<typeof demeFinder>): KnownGenomes {
  const population = simulation.populations.find((one) => one.name === name) as Population;
  const { table, layout, count, ploidy } = population;
  const size = ploidy * layout.loci.length;
  const [ids, x, y] = [table.f64('id'), table.f32('x'), table.f32('y')];
  const values = new Float32Array(count * size);
  for (let row = 0; row < count; row++) values.set(locusValues(layout, population.genomeOf(row)), row * size);
  return {
    at: new Map(Array.from({ length: count }, (_, row) => [ids[row], row])),
    values,
    demes: deme && Int32Array.from({ length: count }, (_, row) => deme(x[row], y[row])),
  };
}

/** Genomes and places of the organisms of a population that live at the end of a run, from its table of organisms. */
export async function genomesOfEnd(
  organisms: ParquetReader,
  name: string,
  size: number,
  deme: ReturnType<typeof demeFinder>,
): Promise<KnownGenomes> {
  const names: string[] = [];
  const population = await nameColumn(organisms, 'population', names);
  const [id, death] = [await numberColumn(organisms, 'id', -1), await numberColumn(organisms, 'death_tick', Number.NaN)];
  const own = names.indexOf(name);
  const living: number[] = [];
  for (let row = 0; row < id.length; row++) if (population[row] === own && Number.isNaN(death[row])) living.push(row);
  const lists = await cellsOf(organisms, 'genome', living);
  const known = lists.length > 0 && lists.every((list) => list !== null && list !== undefined);
  const values = known ? new Float32Array(living.length * size) : undefined;
  for (const [i, list] of known ? lists.entries() : []) {
    const genome = list as ColumnValues;
    if (genome.length !== size) {
      throw new FormatError('organisms.parquet', `organism ${id[living[i]]} has ${genome.length} values of loci, not ${size}`);
    }
    for (let l = 0; l < size; l++) (values as Float32Array)[i * size + l] = Number(genome[l]);
  }
  const [x, y] = [await cellsOf(organisms, 'x', living), await cellsOf(organisms, 'y', living)];
  return {
    at: new Map(living.map((row, i) => [id[row], i])),
    values,
    demes: deme && Int32Array.from(living, (_, i) => deme(Number(x[i]), Number(y[i]))),
  };
}

/** Cells of a column in rows that ascend. */
async function cellsOf(table: ParquetReader, column: string, rows: readonly number[]): Promise<unknown[]> {
  if (!table.has(column)) return [];
  const cells: unknown[] = [];
  for (const group of table.groups) {
    if (cells.length === rows.length) break;
    if (rows[cells.length] >= group.rowEnd) continue;
    const values = await table.read(column, group);
    for (; cells.length < rows.length && rows[cells.length] < group.rowEnd; )
      cells.push(values[rows[cells.length] - group.rowStart]);
  }
  return cells;
}

/** The world of a kept snapshot of a run; undefined where it kept none at the tick. @throws {UserError} for a damaged one */
export function keptWorld(io: Io, directory: string, tick: number): Simulation | undefined {
  if (!keptTicks(io.files, directory).includes(tick)) return undefined;
  const manifest = readManifest(io.files, directory);
  if (manifest) checkFiles(io.files, directory, manifest, [snapshotName(tick)]);
  return io.catalogue.simulationFromSnapshot(readKeptSnapshot(io.files, directory, tick).slice().buffer as ArrayBuffer);
}

/** Recombination rate of each locus of a population with the one before it, by the scene at tick 0; 0 where nothing recombines. */
export function ratesOf(io: Io, scene: Scene, name: string): Float32Array {
  const simulation = io.catalogue.createSimulation(scene, 'layout');
  try {
    const population = simulation.populations.find((one) => one.name === name) as Population;
    const { recombination } = population.parameters.mechanisms;
    const { loci } = population.layout;
    if (!recombination?.on) return new Float32Array(loci.length);
    const rates = recombinationRates(population.layout, recombination as unknown as Parameters<typeof recombinationRates>[1]);
    return Float32Array.from(loci, ({ slot }) => rates[slot]);
  } finally {
    simulation.dispose();
  }
}

/** Ids of the traits that a table has columns of, in their order. */
export function traitIdsOf(io: Io, table: ParquetReader): readonly string[] {
  const { traits } = worldOfColumns(
    table.columns.map(({ name }) => name),
    io.catalogue.mechanisms,
  );
  return traits.map(({ id }) => id).filter((id) => table.has(columnName(id)));
}

/** Traits of all organisms, aligned with the rows of a history. */
export async function readTraits(
  io: Io,
  organisms: ParquetReader,
  history: History,
  wanted: readonly string[] | undefined,
): Promise<TraitColumns> {
  const known = traitIdsOf(io, organisms);
  const unknown = wanted?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UserError(`there is no trait '${showText(unknown)}'; the run has ${known.join(', ')}`);
  const ids = wanted ?? known;
  const rows = await historyRows(organisms, history);
  const columns: Float32Array[] = [];
  for (const id of ids) {
    const column = new Float32Array(history.organisms.count);
    for (const group of organisms.groups) {
      const values = await organisms.readNumbers(columnName(id), group, Number.NaN);
      for (let i = 0; i < values.length; i++) column[rows[group.rowStart + i]] = values[i];
    }
    columns.push(column);
  }
  return { ids, columns };
}

/** Row of the history of each row of the table of organisms. */
async function historyRows(organisms: ParquetReader, { organisms: { id, count } }: History): Promise<Int32Array> {
  const ids = await numberColumn(organisms, 'id', -1);
  return Int32Array.from(ids, (one) => {
    // Ids of a whole run have no gaps.
    const guess = one - id[0];
    if (id[guess] === one) return guess;
    return Math.min(
      count - 1,
      firstPlace(count, (place) => id[place] < one),
    );
  });
}

/** Breeding values of traits at the censuses of a population: means of the two alleles of diploids, traits of haploids. */
export async function readTraitCensuses(
  census: ParquetReader,
  name: string,
  { ids }: TraitColumns,
  allIds: readonly string[],
): Promise<TraitCensus[]> {
  const names: string[] = [];
  const population = await nameColumn(census, 'population', names);
  const own = names.indexOf(name);
  const tick = await numberColumn(census, 'tick', -1);
  const descendants = await numberColumn(census, 'descendants', Number.NaN);
  const places = new Map<number, number[]>();
  for (let row = 0; row < tick.length; row++) {
    if (population[row] !== own) continue;
    const known = places.get(tick[row]);
    if (known) known.push(row);
    else places.set(tick[row], [row]);
  }
  const columns: Float64Array[] = [];
  for (const id of ids) columns.push(await numberColumn(census, columnName(id), Number.NaN));
  const found: TraitCensus[] = [];
  for (const [at, rows] of [...places].sort(([a], [b]) => a - b)) {
    const values = new Float64Array(rows.length * ids.length);
    for (const [i, row] of rows.entries()) for (let t = 0; t < ids.length; t++) values[i * ids.length + t] = columns[t][row];
    const lists = (await cellsOf(census, 'alleles', rows)) as (ColumnValues | null | undefined)[];
    if (lists[0]?.length === 2 * allIds.length) {
      for (const [i, list] of lists.entries()) {
        for (const [t, id] of ids.entries()) {
          const from = 2 * allIds.indexOf(id);
          const alleles = list as ColumnValues;
          values[i * ids.length + t] = (Number(alleles[from]) + Number(alleles[from + 1])) / 2;
        }
      }
    }
    const left = Float64Array.from(rows, (row) => descendants[row]);
    found.push({ tick: at, count: rows.length, values, descendants: left.some(Number.isNaN) ? undefined : left });
  }
  return found;
}

/** Segments of the genome of a population, or windows of equal numbers of loci, from the table of loci. */
export async function genomeParts(loci: ParquetReader, name: string, windows: number | 'segments') {
  const [names, segments]: [string[], string[]] = [[], []];
  const population = await nameColumn(loci, 'population', names);
  const segment = await nameColumn(loci, 'segment', segments);
  const own = names.indexOf(name);
  const parts = new Map<string, number[]>();
  // Rows come in the order of positions.
  let position = 0;
  const total = population.reduce((sum, one) => sum + (one === own ? 1 : 0), 0);
  for (let row = 0; row < population.length; row++) {
    if (population[row] !== own) continue;
    const window = windows === 'segments' ? -1 : Math.floor((position * windows) / total);
    const part = window < 0 ? segments[segment[row]] : partName(window, windows as number, total);
    const known = parts.get(part);
    if (known) known.push(position);
    else parts.set(part, [position]);
    position++;
  }
  return [...parts].map(([part, places]) => ({ name: part, loci: Int32Array.from(places).sort() }));
}

const partName = (window: number, windows: number, total: number) =>
  `loci ${Math.ceil((window * total) / windows) + 1} to ${Math.ceil(((window + 1) * total) / windows)}`;

/** Path of a table of a run, for messages. */
export const tableOf = async (
  tables: ReadonlyMap<string, Parameters<typeof ParquetReader.open>[1]>,
  name: string,
  directory: string,
) => {
  const file = tables.get(`${name}.parquet`);
  if (!file) throw new UserError(`${showText(join(directory, `${name}.parquet`), 200)} is missing; make the run again`);
  return await ParquetReader.open(`${name}.parquet`, file);
};
