// What the record of lives hands out: individuals, censuses, and how species came and went.

import type { CopyChannel } from '../population/copy-counts.ts';
import type { SpeciesEntry, SpeciesEvent } from './species/types.ts';

export type { SpeciesEntry, SpeciesEvent };

/** A row of the record: one organism that lives, or lived and is still needed. @experimental */
export interface Individual {
  readonly id: number;
  /** Index of its population. */
  readonly population: number;
  /** Ids of its parents, the first one first; empty for a founder. */
  readonly parents: readonly number[];
  /** Share of its loci that comes from each parent. */
  readonly shares: readonly number[];
  /** Ids of the donors of genes within its life, in order, with the tick and the slots. */
  readonly transfers: readonly RecordedTransfer[];
  readonly founder: number;
  readonly generation: number;
  readonly birthTick: number;
  /**
   * Start of the line that it represents: its birth, or that of the earliest ancestor joined to it. Then its first parent
   * here is the ancestor before these; the difference of generations shows how many were between.
   */
  readonly lineTick: number;
  /** null while it lives. */
  readonly deathTick: number | null;
  /** Index into `deathCauses`, null while it lives. */
  readonly cause: number | null;
  readonly species: number;
  readonly birthX: number;
  readonly birthY: number;
  /** Births that it gave as first parent while it lived. */
  readonly offspring: number;
  readonly fossil: boolean;
}

/** A transfer of genes that the record has kept. @experimental */
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
 * The part of the record that finds relatives: rows are places in it, valid until the next tick. Every living organism has a
 * row, and so has every first parent of a row, back to the founders.
 * @experimental
 */
export interface Descent {
  /** -1 if it is not kept. */
  rowOf(id: number): number;
  idOf(row: number): number;
  /** -1 for a founder. */
  firstParentOf(row: number): number;
  speciesOf(row: number): number;
  setSpecies(row: number, species: number): void;
}

/** A genome that the record has kept, with the organism that had it. @experimental */
export interface Fossil {
  /** Counts from 0. */
  readonly id: number;
  readonly organism: number;
  readonly population: number;
  /** Tick at which it was kept. */
  readonly tick: number;
  readonly species: number;
  readonly generation: number;
  /** 'sample': drawn at intervals; 'request': kept on request. */
  readonly reason: 'sample' | 'request';
  readonly x: number;
  readonly y: number;
  /** Expressed traits, in the order of `traits`. */
  readonly traits: Float32Array;
  /** `ploidy * stride` floats, as it was at `tick`. */
  readonly genome: Float32Array;
}

/** One census of one population; columns aligned, `count` rows. @experimental */
export interface Census {
  readonly tick: number;
  readonly population: number;
  readonly count: number;
  readonly id: Float64Array;
  /** Id of its ancestor along first parents at the census before: its clade; its founder at the first census. */
  readonly clade: Float64Array;
  /** Id of the clade's own ancestor at the census before that; the clade at the first two censuses. Absent from records of earlier versions. */
  readonly elder?: Float64Array;
  readonly species: Float64Array;
  /** `traits.length` a row. */
  readonly traits: Float32Array;
  /** `mechanisms * traits` a row: what each mechanism of inheritance has changed along its descent, cumulative. */
  readonly ledgers: Float64Array;
  readonly mechanisms: readonly string[];
  /** Whole genomes, `ploidy * stride` values a row; undefined if `record.census.genomes` was off. */
  readonly genomes: Float32Array | undefined;
  /** Shares of descendants (including itself) among the organisms that live at the next census; undefined until then. */
  readonly descendants: Float64Array | undefined;
  /** Copies of loci; undefined if `record.census.loci` is `none`, and in records of earlier versions. */
  readonly locus?: LocusCensus | undefined;
}

/** Copies of loci of one census. The loci of traits come first, in the order of the traits. @experimental */
export interface LocusCensus {
  /** Traced loci: at least those of the traits. */
  readonly loci: number;
  readonly ploidy: number;
  /** Mechanisms that write values into genomes at birth, each with a ledger. */
  readonly writers: readonly string[];
  /**
   * What each copy of the locus of a trait would express if both haplotypes had it, units of the trait, `[(k * traits + t) * ploidy + h]`; undefined
   * for haploids, whose traits these are.
   */
  readonly alleles: Float32Array | undefined;
  /**
   * What each writer has changed along the line of each copy, cumulative, units of the trait, `[((k * writers + m) * traits + t) * ploidy + h]`;
   * undefined if they are the ledgers of the organisms.
   */
  readonly ledgers: Float64Array | undefined;
  /**
   * founders: it is the first census. clades: every copy comes from the same haplotype of its clade's ancestor. loci: given by `origins`. unknown: not
   * followed since the census before.
   */
  readonly descent: 'founders' | 'clades' | 'loci' | 'unknown';
  /** 0 for a copy from outside, otherwise 1 + place * ploidy + haplotype of its ancestor among the copies at the census before, `[(k * loci + l) * ploidy + h]`. */
  readonly origins: Int32Array | undefined;
  /** Numbers of their ancestors among the copies at the census before that, laid out alike: for errors only. */
  readonly elders: Float64Array | undefined;
  /** Copies gained and lost by each channel until the next census, by their ancestor among the copies of this one, laid out alike. Undefined until then, and if clades are enough. */
  readonly added: AddedCopies | undefined;
}

/** By channel; channels that added nothing are missing. @experimental */
export type AddedCopies = Readonly<Partial<Record<CopyChannel, Float32Array>>>;
