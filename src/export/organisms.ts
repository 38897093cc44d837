import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Packable } from '../record/pack.ts';
import { chunkBits, chunkMask } from '../record/row-chunk.ts';
import type { Simulation } from '../simulation/types.ts';
import { BirthChanges } from './birth-changes.ts';
import { gameteEntries, locusValues } from './gamete-entries.ts';
import { placesIn } from './places.ts';
import type { RowBuffer } from './row-buffer.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/**
 * Whose genomes are written. living: those of organisms alive at the end, in `organisms`. kept: these and, in `genomes`, the
 * ancestors of the living and of fossils. all: those of the living and, for all organisms, what their births changed, so that
 * all genomes can be reconstructed. none: those of fossils only.
 * @public
 */
export const genomeChoices = ['living', 'kept', 'all', 'none'] as const;
/** Whose genomes the table of organisms holds. @public */
export type GenomeChoice = (typeof genomeChoices)[number];

/** Fills `organisms`: a row at each death, and a row for each organism that lives at the end. */
export function organismsSource(writer: TableWriter, genomes: GenomeChoice, record: LifeRecord, world: Simulation): TableSource {
  /** Gametes of the living organisms with two parents, by id. */
  const gametes = new Map<number, readonly (readonly number[])[]>();
  const placesAt = placesIn(world.initialScene);
  const changes = genomes === 'all' ? new BirthChanges(world) : undefined;
  const rows = new OrganismRows(writer, placesAt, gametes, changes, record);
  const take = (simulation: Simulation) => {
    for (const population of simulation.populations) {
      noteGametes(gametes, simulation, population);
      changes?.note(simulation, population);
      appendDead(rows, gametes, simulation, population);
    }
  };
  return {
    writer,
    afterTick: take,
    afterAct: take,
    sample() {},
    finish(simulation) {
      for (const population of simulation.populations) {
        appendLiving(rows, population, genomes !== 'none');
      }
    },
    state: (): Packable => ({
      gametes: [...gametes].map(([id, lists]) => [id, lists]),
      changes: changes === undefined ? null : changes.state(),
    }),
    restore(state) {
      const saved = state as { gametes: [number, number[][]][]; changes: Packable };
      for (const [id, lists] of saved.gametes) gametes.set(id, lists);
      changes?.restore(saved.changes);
    },
  };
}

type PlacesAt = ReturnType<typeof placesIn>;
type Gametes = Map<number, readonly (readonly number[])[]>;

function noteGametes(gametes: Gametes, simulation: Simulation, population: Population): void {
  const { ploidy, layout } = population;
  const births = simulation.births(population);
  for (let k = 0; k < births.count; k++) {
    if (births.mate[k] < 0 || !births.trace) continue;
    const { masks, maskWords } = births.trace;
    const lists: number[][] = [];
    for (let g = 0; g < ploidy; g++) lists.push(gameteEntries(layout, masks, (k * ploidy + g) * maskWords));
    gametes.set(births.id[k], lists);
  }
}

/** Values of a row that the record does not have. */
interface RowValues {
  id: number;
  /** NaN and null while it lives. */
  deathTick: number;
  cause: string | null;
  offspring: number;
  x: number;
  y: number;
  /** Its traits are `traitCount` values from `traitsFrom` on. */
  traits: ArrayLike<number>;
  traitsFrom: number;
  traitCount: number;
  genome: ArrayLike<number> | null;
}

/** Writes rows of organisms from the columns of the record: of a dead organism nothing is allocated, except for places that a habitat names. */
class OrganismRows {
  private readonly parents = new Float64Array(2);
  private readonly shares = new Float64Array(2);

  constructor(
    private readonly writer: TableWriter,
    private readonly placesAt: PlacesAt,
    private readonly gametes: Gametes,
    private readonly changes: BirthChanges | undefined,
    private readonly record: LifeRecord,
  ) {}

  /** A row; the dead of the tick are still in the record. */
  write(population: Population, values: Readonly<RowValues>): void {
    const { individuals } = this.record;
    const { id } = values;
    const row = individuals.rowOf(id);
    if (row < 0) throw new Error(`organism ${id} is missing in the record`);
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const cells = this.writer.beginRow();
    cells.number(id);
    this.writeParents(cells, row);
    cells.number(chunk.birthTick[at]);
    cells.number(values.deathTick);
    cells.cell(values.cause);
    cells.number(chunk.species[at]);
    cells.number(chunk.generation[at]);
    cells.number(values.x);
    cells.number(values.y);
    for (const place of this.placesAt(values.x, values.y)) cells.number(place);
    cells.number(values.offspring);
    cells.text(population.name);
    cells.number(chunk.founder[at]);
    cells.number(chunk.x[at]);
    cells.number(chunk.y[at]);
    for (const place of this.placesAt(chunk.x[at], chunk.y[at])) cells.number(place);
    const lists = this.gametes.get(id);
    cells.cell(lists?.[0] ?? null);
    cells.cell(lists?.[1] ?? null);
    for (let i = 0; i < values.traitCount; i++) cells.number(values.traits[values.traitsFrom + i]);
    cells.cell(values.genome);
    const change = this.changes?.take(id);
    cells.cell(change?.loci ?? null);
    cells.cell(change?.values ?? null);
    this.writer.endRow();
  }

  private writeParents(cells: RowBuffer, row: number): void {
    const { individuals } = this.record;
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    const first = chunk.firstRow[at];
    let count = 0;
    if (first >= 0) {
      this.parents[count] = individuals.idOf(first);
      this.shares[count++] = chunk.share[at];
    }
    if (chunk.second[at] >= 0) {
      this.parents[count] = chunk.second[at];
      this.shares[count++] = 1 - chunk.share[at];
    }
    cells.list(this.parents, count);
    cells.list(this.shares, count);
  }
}

function appendDead(rows: OrganismRows, gametes: Gametes, simulation: Simulation, population: Population): void {
  const { traits, deathCauses } = population;
  const deaths = simulation.deaths(population);
  const values: RowValues = {
    ...{ id: 0, deathTick: simulation.tick, cause: null, offspring: 0, x: 0, y: 0 },
    ...{ traits: deaths.traits, traitsFrom: 0, traitCount: traits.length, genome: null },
  };
  for (let row = 0; row < deaths.count; row++) {
    values.id = deaths.id[row];
    values.cause = deathCauses[deaths.cause[row]];
    values.offspring = deaths.offspring[row];
    values.x = deaths.x[row];
    values.y = deaths.y[row];
    values.traitsFrom = row * traits.length;
    rows.write(population, values);
    gametes.delete(values.id);
  }
}

function appendLiving(rows: OrganismRows, population: Population, withGenomes: boolean): void {
  const { table, layout, traits } = population;
  const id = table.f64('id');
  const offspring = table.u32('offspring');
  const x = table.f32('x');
  const y = table.f32('y');
  const values = traits.map((trait) => table.f32(floatsNamed(trait.id)));
  for (let row = 0; row < table.count; row++) {
    rows.write(population, {
      id: id[row],
      deathTick: Number.NaN,
      cause: null,
      offspring: offspring[row],
      x: x[row],
      y: y[row],
      traits: values.map((column) => column[row]),
      traitsFrom: 0,
      traitCount: traits.length,
      genome: withGenomes ? locusValues(layout, population.genomeOf(row)) : null,
    });
  }
}
