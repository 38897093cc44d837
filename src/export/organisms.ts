import { deathCauses } from '../population/death-causes.ts';
import type { Population } from '../population/population.ts';
import { traits } from '../population/traits.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Cell } from './export-table.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Whose genomes the organisms table holds: those of the living at the end, or nobody's. */
export const genomeChoices = ['living', 'none'] as const;
export type GenomeChoice = (typeof genomeChoices)[number];

/** Fills `organisms`: a row at each death, and a row for each organism that lives at the end. */
export function organismsSource(writer: TableWriter, genomes: GenomeChoice): TableSource {
  return {
    writer,
    afterTick(simulation) {
      for (const population of simulation.populations) appendDead(writer, simulation, population);
    },
    sample() {},
    finish(simulation) {
      for (const population of simulation.populations) appendLiving(writer, population, genomes === 'living');
    },
    state: () => null,
    restore() {},
  };
}

interface Row {
  id: number;
  parent: number;
  founder: number;
  birthTick: number;
  deathTick: number | null;
  cause: string | null;
  generation: number;
  offspring: number;
  x: number;
  y: number;
  traits: ArrayLike<number>;
  genome: ArrayLike<number> | null;
}

const noParents: readonly number[] = [];
const wholeShare: readonly number[] = [1];

function append(writer: TableWriter, population: Population, row: Row): void {
  const cells: Cell[] = [
    row.id,
    row.parent < 0 ? noParents : [row.parent],
    row.parent < 0 ? noParents : wholeShare,
    row.birthTick,
    row.deathTick,
    row.cause,
    null,
    row.generation,
    row.x,
    row.y,
    row.offspring,
    population.name,
    row.founder,
  ];
  for (let i = 0; i < row.traits.length; i++) cells.push(row.traits[i]);
  cells.push(row.genome);
  writer.append(cells);
}

function appendDead(writer: TableWriter, simulation: Simulation, population: Population): void {
  const deaths = simulation.deaths(population);
  for (let row = 0; row < deaths.count; row++) {
    append(writer, population, {
      id: deaths.id[row],
      parent: deaths.parent[row],
      founder: deaths.founder[row],
      birthTick: deaths.birthTick[row],
      deathTick: simulation.tick,
      cause: deathCauses[deaths.cause[row]],
      generation: deaths.generation[row],
      offspring: deaths.offspring[row],
      x: deaths.x[row],
      y: deaths.y[row],
      traits: deaths.traits.subarray(row * traits.length, (row + 1) * traits.length),
      genome: null,
    });
  }
}

function appendLiving(writer: TableWriter, population: Population, withGenomes: boolean): void {
  const { table, layout } = population;
  const id = table.f64('id');
  const parent = table.f64('parent');
  const founder = table.f64('founder');
  const birthTick = table.i32('birthTick');
  const generation = table.u32('generation');
  const offspring = table.u32('offspring');
  const x = table.f32('x');
  const y = table.f32('y');
  const values = traits.map((trait) => table.f32(trait.id));
  const genome = table.f32('genome');
  const stride = table.stride('genome');
  for (let row = 0; row < table.count; row++) {
    append(writer, population, {
      id: id[row],
      parent: parent[row],
      founder: founder[row],
      birthTick: birthTick[row],
      deathTick: null,
      cause: null,
      generation: generation[row],
      offspring: offspring[row],
      x: x[row],
      y: y[row],
      traits: values.map((column) => column[row]),
      genome: withGenomes ? layout.loci.map(({ slot }) => genome[row * stride + slot]) : null,
    });
  }
}
