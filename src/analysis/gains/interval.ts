import type { CopyChannel } from '../../population/copy-counts.ts';

/**
 * The copies of the assayed loci of all living organisms at one tick, in the order of ids, haplotypes of an organism one behind the other:
 * `loci` numbers a copy.
 * @experimental
 */
export interface CopiesAt {
  readonly tick: number;
  readonly loci: number;
  readonly ploidy: number;
  /** Ids of the organisms, ascending. */
  readonly ids: Float64Array;
  /** Locus units. */
  readonly values: Float32Array;
  /** Mean number of generations since the founders. */
  readonly generation: number;
  /**
   * What each organism has acquired beyond its genes, `loci` numbers an organism, where epigenetic marks pass a share of it on; locus units. It is
   * not in genomes.
   */
  readonly acquired: Float32Array | undefined;
  /** Species of each organism, if they are followed. */
  readonly species: Int32Array | undefined;
}

/** A species that split from another one. @experimental */
export interface Split {
  /** Numbers of the species that was there before, and of the new one. */
  readonly mother: number;
  readonly daughter: number;
}

/** An interval of a world: the copies at both ends and what joins them. @experimental */
export interface Interval {
  readonly opened: CopiesAt;
  readonly closed: CopiesAt;
  /** Origin of each copy at the close: 1 + number of a copy at the opening, 0 for copies from outside. Laid out like `values`. */
  readonly origins: Uint32Array;
  /** What each writer changed along the line of each copy since the opening; locus units, laid out like `values`. */
  readonly written: ReadonlyMap<string, Float64Array>;
  /** Copies that each channel added until the close, by copy at the opening. Missing channels added nothing. */
  readonly added: ReadonlyMap<CopyChannel, ArrayLike<number>>;
  /** Of each organism at the close, the id of its ancestor at the opening along first parents; its own id if it came from outside. */
  readonly ancestors: Float64Array;
  /** Clade of each copy at the opening: the copy at the opening before that it descends from; undefined in the first interval. */
  readonly clades: Uint32Array | undefined;
  /** Species of this population that split in the interval, in the order of time. */
  readonly splits: readonly Split[];
}
