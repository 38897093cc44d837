import { floatsNamed } from '../ecs/table.ts';
import { fitGenome, type NamedGenome, nameGenome } from '../genome/fit-genome.ts';
import type { Population } from '../population/population.ts';
import { SceneError } from '../scene/error.ts';
import type { Simulation } from '../simulation/types.ts';

/** An organism in the freezer: its properties and its genome. */
export interface FrozenText {
  readonly organism: number;
  /** Title of its population and of the scene. */
  readonly population: string;
  readonly scene: string;
  readonly seed: string;
  readonly tick: number;
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string; readonly value: number }[];
  readonly genome: NamedGenome;
}

/** @throws {SceneError} if the organism is dead */
export function freezeOrganism({ scene, seed, tick }: Simulation, population: Population, id: number): FrozenText {
  const row = population.rowOf(id);
  if (row < 0) throw new SceneError(`organism ${id} is not alive; pick another`);
  const { table, traits, layout, ploidy, parameters, name } = population;
  return {
    organism: id,
    population: parameters.title || name,
    scene: scene.title,
    seed,
    tick,
    traits: traits.map((trait) => ({
      id: trait.id,
      title: trait.title,
      unit: trait.unit,
      value: table.f32(floatsNamed(trait.id))[row],
    })),
    genome: nameGenome(layout, ploidy, population.genomeOf(row)),
  };
}

/** A genome in the layout of a population, for placing; missing loci have the mean of the living. */
export function fitInto(population: Population, genome: NamedGenome): ReturnType<typeof fitGenome> {
  const { table, layout, ploidy, count } = population;
  const genomes = table.f32('genome');
  const meanOf = (slot: number) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += genomes[row * layout.stride + slot];
    return Math.fround(count > 0 ? sum / count : 0);
  };
  return fitGenome(genome, layout, ploidy, meanOf);
}
