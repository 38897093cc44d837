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
 * The rule of a population, whose connected components are its species. With two parents, organisms are linked if they
 * could have offspring by their distance, which without `mate-distance` any two can. Otherwise a distance over the whole genome.
 */
export function speciesRule({ layout, parameters }: Population, scene: Scene): SpeciesRule {
  const { 'sexual-reproduction': sex, 'mate-distance': mates } = parameters.mechanisms;
  const measure = sex?.on && mates?.on ? (mates.measure as DistanceMeasure) : 'genome';
  const slots = measureSlots(layout, measure);
  if (!sex?.on) return { slots, limit: limitOf(scene.record.species.distance, slots) };
  return { slots, limit: mates?.on ? limitOf(mates.distance as number, slots) : Number.POSITIVE_INFINITY };
}
