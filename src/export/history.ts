import type { Provenance } from './provenance.ts';

/**
 * The descent in a run, as columns: the one source of all phylogeny formats, either from the record in memory
 * (`historyOfRecord`) or from the tables of a finished run (`readHistory`).
 */
export interface History {
  /** Tick at which the run ended or the history was taken. */
  readonly endTick: number;
  readonly populations: readonly HistoryPopulation[];
  readonly organisms: OrganismHistory;
  readonly transfers: TransferHistory;
  readonly species: SpeciesHistory;
  /** What births changed; undefined where this was not recorded for all organisms. */
  readonly changes?: ChangeHistory;
  /** False when lines without living descendants have been dropped. */
  readonly complete: boolean;
  readonly provenance: Provenance;
}

export interface HistoryPopulation {
  readonly name: string;
  /** Loci of one haplotype: genetic formats have positions 0 to loci - 1. */
  readonly loci: number;
  readonly ploidy: 1 | 2;
  /** As the parameter; 0.5 where it is missing: diploids express the mean of two copies. */
  readonly dominance?: number;
  /** Names of the loci and of their segments, in the order of their positions; undefined where they are not known. */
  readonly names?: readonly { readonly segment: string; readonly name: string }[];
}

/** Organisms in the order of their ids, which is that of births: parents come before their children. */
export interface OrganismHistory {
  readonly count: number;
  readonly id: Float64Array;
  /** Rows of the parents in these columns, -1 for none (a founder's, or a parent that the record has dropped). */
  readonly firstParent: Int32Array;
  readonly secondParent: Int32Array;
  /** Share of the loci from the first parent. */
  readonly firstShare: Float64Array;
  /** Ticks; founders have 0 or less. */
  readonly birthTick: Float64Array;
  /** Tick at which the line of this row began: its birth, or that of the earliest ancestor that the record joined to it. */
  readonly lineTick: Float64Array;
  /** NaN while it is alive. */
  readonly deathTick: Float64Array;
  /** Index into `populations`. */
  readonly population: Uint8Array;
  /** -1 where the species is unknown. */
  readonly species: Float64Array;
  readonly generation: Uint32Array;
  readonly offspring: Uint32Array;
  /** Place of birth, as in the table `organisms`; undefined where it is not known. */
  readonly birthX?: Float32Array;
  readonly birthY?: Float32Array;
  /**
   * How each gamete was put together: gamete g of organism i has the entries `gameteStarts[i * 2 + g]` to
   * `gameteStarts[i * 2 + g + 1] - 1` of `gametes`. The first entry is the source of locus 0 (0 or 1), the others are the
   * loci at which the source changes, ascending. Haploid (gamete 0 only): source 0 is the first parent, 1 the second.
   * Diploid: gamete 0 comes from the first parent, gamete 1 from the second (or the first where there is none), the
   * source is that parent's haplotype. No entries: source 0 throughout (haploid clone), or haplotype g (diploid clone).
   */
  readonly gameteStarts: Uint32Array;
  readonly gametes: Uint32Array;
}

/** Loci at which births changed what came from the parents; of founders, all loci. */
export interface ChangeHistory {
  /** Organism i has the changes `starts[i]` to `starts[i + 1] - 1`. */
  readonly starts: Uint32Array;
  /** Locus l of haplotype h is `h * loci + l`; ascending. */
  readonly loci: Uint32Array;
  /** The value at birth. */
  readonly values: Float32Array;
}

/** Genes transferred within life, in the order of ticks; transfers of one tick replace no locus of a haplotype twice. */
export interface TransferHistory {
  readonly count: number;
  readonly tick: Float64Array;
  /** Rows of organisms; -1 where the record has dropped the donor. */
  readonly recipient: Int32Array;
  readonly donor: Int32Array;
  readonly donorId: Float64Array;
  readonly recipientHaplotype: Uint8Array;
  readonly donorHaplotype: Uint8Array;
  /** Loci `start` to `end - 1`. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** Species in the order of their ids: parents come before their children. */
export interface SpeciesHistory {
  readonly count: number;
  readonly id: Float64Array;
  /** Row of the species it split from, -1 for a first species. */
  readonly parent: Int32Array;
  readonly population: Uint8Array;
  readonly originTick: Float64Array;
  /** NaN while it is alive. */
  readonly endTick: Float64Array;
  /** living, extinct, merged */
  readonly fate: readonly string[];
  /** Row of the species that it merged into, -1 where it did not merge. */
  readonly mergedInto: Int32Array;
  readonly representative: Float64Array;
  readonly peak: Uint32Array;
}
