import { type DistanceMeasure, limitOf, measureSlots } from '../../genome/distance.ts';
import type { Population } from '../../population/population.ts';
import type { Scene } from '../../scene/schema.ts';

/** When two organisms are linked: their genomes differ by at most `limit` over `slots`, as `genomeDistance` sums it. */
export interface SpeciesRule {
  readonly slots: Int32Array;
  /** Locus units squared, summed over the slots. */
  readonly limit: number;
}

/**
 * The rule of a population: whether two could have offspring together where `mate-distance` decides that, else a distance
 * over the whole genome. Species are the connected components of it.
 */
export function speciesRule({ layout, parameters }: Population, scene: Scene): SpeciesRule {
  const mates = parameters.mechanisms['mate-distance'];
  const measure = mates?.on ? (mates.measure as DistanceMeasure) : 'genome';
  const distance = mates?.on ? (mates.distance as number) : scene.record.species.distance;
  const slots = measureSlots(layout, measure);
  return { slots, limit: limitOf(distance, slots) };
}
