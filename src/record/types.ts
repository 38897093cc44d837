import type { SpeciesEntry, SpeciesEvent } from './species/types.ts';

export type { SpeciesEntry, SpeciesEvent };

/** A row of the record: one organism that lives, or lived and still matters. */
export interface Individual {
  readonly id: number;
  /** Index of its population. */
  readonly population: number;
  /** Ids of its parents, the first one first; empty for a founder. */
  readonly parents: readonly number[];
  /** Share of its loci that comes from each parent. */
  readonly shares: readonly number[];
  /** Ids of those who handed genes to it within its life, in order, with the tick and the slots. */
  readonly transfers: readonly RecordedTransfer[];
  readonly founder: number;
  readonly generation: number;
  readonly birthTick: number;
  /**
   * When the line began that it stands for: its birth, or that of the earliest ancestor joined to it. Then its first parent
   * here is the ancestor before these; generations tell how many were between.
   */
  readonly lineTick: number;
  /** null while it lives. */
  readonly deathTick: number | null;
  /** Index into `deathCauses`, null while it lives. */
  readonly cause: number | null;
  readonly species: number;
  readonly birthX: number;
  readonly birthY: number;
  /** Births that it gave as first parent. */
  readonly offspring: number;
  readonly fossil: boolean;
}

export interface RecordedTransfer {
  readonly tick: number;
  readonly donor: number;
  readonly recipientHaplotype: number;
  readonly donorHaplotype: number;
  /** Slots of the haplotype. */
  readonly start: number;
  readonly end: number;
}

/**
 * The part of the record that finds kin: rows are places in it, valid until the next tick. Every living organism has a
 * row, and so has every first parent of a row, back to the founders.
 */
export interface Descent {
  /** -1 when it is not kept. */
  rowOf(id: number): number;
  idOf(row: number): number;
  /** -1 for a founder. */
  firstParentOf(row: number): number;
  speciesOf(row: number): number;
  setSpecies(row: number, species: number): void;
}

export interface Fossil {
  /** Counts from 0. */
  readonly id: number;
  readonly organism: number;
  readonly population: number;
  /** When it was kept. */
  readonly tick: number;
  readonly species: number;
  readonly generation: number;
  /** 'sample': drawn every so often; 'request': somebody asked for it. */
  readonly reason: 'sample' | 'request';
  readonly x: number;
  readonly y: number;
  /** Expressed traits, in the order of `traits`. */
  readonly traits: Float32Array;
  /** `ploidy * stride` floats, as it was at `tick`. */
  readonly genome: Float32Array;
}

/** One census of one population; columns aligned, `count` rows. */
export interface Census {
  readonly tick: number;
  readonly population: number;
  readonly count: number;
  readonly id: Float64Array;
  /** Id of its ancestor along first parents at the census before: the clade it belongs to; its founder at the first. */
  readonly clade: Float64Array;
  /** Id of the clade's own ancestor at the census before that; the clade at the first two censuses. Absent from records of earlier versions. */
  readonly elder?: Float64Array;
  readonly species: Float64Array;
  /** `traits.length` a row. */
  readonly traits: Float32Array;
  /** `mechanisms * traits` a row: what each mechanism of inheritance has changed along its descent, cumulative. */
  readonly ledgers: Float64Array;
  readonly mechanisms: readonly string[];
  /** Whole genomes, `ploidy * stride` values a row; undefined where `record.census.genomes` was off. */
  readonly genomes: Float32Array | undefined;
  /** Shares of descendants (itself included) among those that live at the next census; undefined until then. */
  readonly descendants: Float64Array | undefined;
}
