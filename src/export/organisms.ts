import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Packable } from '../record/pack.ts';
import type { Individual } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { type BirthChange, BirthChanges } from './birth-changes.ts';
import type { Cell } from './export-table.ts';
import { gameteEntries, locusValues } from './gamete-entries.ts';
import { placesIn } from './places.ts';
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
  const take = (simulation: Simulation) => {
    for (const population of simulation.populations) {
      noteGametes(gametes, simulation, population);
      changes?.note(simulation, population);
      appendDead(writer, placesAt, gametes, changes, simulation, population, record);
    }
  };
  return {
    writer,
    afterTick: take,
    afterAct: take,
    sample() {},
    finish(simulation) {
      for (const population of simulation.populations) {
        appendLiving(writer, placesAt, gametes, changes, population, record, genomes !== 'none');
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

interface Row {
  kin: Individual;
  gametes: readonly (readonly number[])[] | undefined;
  deathTick: number | null;
  cause: string | null;
  offspring: number;
  x: number;
  y: number;
  traits: ArrayLike<number>;
  genome: ArrayLike<number> | null;
  change: BirthChange | undefined;
}

function append(writer: TableWriter, placesAt: PlacesAt, population: Population, row: Row): void {
  const { kin } = row;
  const cells: Cell[] = [
    kin.id,
    kin.parents,
    kin.shares,
    kin.birthTick,
    row.deathTick,
    row.cause,
    kin.species,
    kin.generation,
    row.x,
    row.y,
    ...placesAt(row.x, row.y),
    row.offspring,
    population.name,
    kin.founder,
    kin.birthX,
    kin.birthY,
    ...placesAt(kin.birthX, kin.birthY),
    row.gametes?.[0] ?? null,
    row.gametes?.[1] ?? null,
  ];
  for (let i = 0; i < row.traits.length; i++) cells.push(row.traits[i]);
  cells.push(row.genome, row.change?.loci ?? null, row.change?.values ?? null);
  writer.append(cells);
}

/** What the record holds on an organism of this tick; the dead of the tick are still in it. */
function kinOf(record: LifeRecord, id: number): Individual {
  const kin = record.individual(id);
  if (!kin) throw new Error(`organism ${id} is missing in the record`);
  return kin;
}

function appendDead(
  writer: TableWriter,
  placesAt: PlacesAt,
  gametes: Gametes,
  changes: BirthChanges | undefined,
  simulation: Simulation,
  population: Population,
  record: LifeRecord,
): void {
  const { traits, deathCauses } = population;
  const deaths = simulation.deaths(population);
  for (let row = 0; row < deaths.count; row++) {
    const id = deaths.id[row];
    append(writer, placesAt, population, {
      kin: kinOf(record, id),
      gametes: gametes.get(id),
      deathTick: simulation.tick,
      cause: deathCauses[deaths.cause[row]],
      offspring: deaths.offspring[row],
      x: deaths.x[row],
      y: deaths.y[row],
      traits: deaths.traits.subarray(row * traits.length, (row + 1) * traits.length),
      genome: null,
      change: changes?.take(id),
    });
    gametes.delete(id);
  }
}

function appendLiving(
  writer: TableWriter,
  placesAt: PlacesAt,
  gametes: Gametes,
  changes: BirthChanges | undefined,
  population: Population,
  record: LifeRecord,
  withGenomes: boolean,
): void {
  const { table, layout, traits } = population;
  const id = table.f64('id');
  const offspring = table.u32('offspring');
  const x = table.f32('x');
  const y = table.f32('y');
  const values = traits.map((trait) => table.f32(floatsNamed(trait.id)));
  for (let row = 0; row < table.count; row++) {
    append(writer, placesAt, population, {
      kin: kinOf(record, id[row]),
      gametes: gametes.get(id[row]),
      deathTick: null,
      cause: null,
      offspring: offspring[row],
      x: x[row],
      y: y[row],
      traits: values.map((column) => column[row]),
      genome: withGenomes ? locusValues(layout, population.genomeOf(row)) : null,
      change: changes?.take(id[row]),
    });
  }
}
