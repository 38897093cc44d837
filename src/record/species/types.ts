// What the record keeps of species.

export type SpeciesFate = 'living' | 'extinct' | 'merged';

/** A species: a group of organisms by the stated rule, followed through time by descent. @experimental */
export interface SpeciesEntry {
  /** Counts from 0; each population starts as one species. */
  readonly id: number;
  readonly population: number;
  /** Species that it split from, -1 for a first one. */
  readonly parent: number;
  readonly originTick: number;
  /** null while it lives. */
  readonly endTick: number | null;
  readonly fate: SpeciesFate;
  /** Species that it merged into, -1 if it did not. */
  readonly mergedInto: number;
  /** Its central organism when it began (nearest to the mean of its sampled genomes). */
  readonly representative: number;
  /** That organism's genome, `ploidy * stride` floats. */
  readonly genome: Float32Array;
  /** Living members at the last sample. */
  readonly count: number;
  /** Most members in any sample. */
  readonly peak: number;
}

/** Something that happened to a species. @experimental */
export interface SpeciesEvent {
  readonly tick: number;
  readonly kind: 'origin' | 'split' | 'merge' | 'extinction';
  readonly species: number;
  /** split: the species it came from; merge: the one it merged into; otherwise -1. */
  readonly other: number;
}

/** One sample for the species of one population. */
export interface SpeciesLook {
  readonly tick: number;
  readonly population: number;
  /** Ids of the species that live, ascending. */
  readonly species: readonly number[];
  readonly counts: readonly number[];
  /** Means of the traits, `traits.length` a species. */
  readonly traitMeans: Float64Array;
  readonly traitVariances: Float64Array;
}
