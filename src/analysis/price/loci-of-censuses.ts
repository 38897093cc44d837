import type { CopyChannel } from '../../population/copy-counts.ts';
import { cladesOfCopies, familiesOfCopies, ofLocus, sourcesOf } from '../../record/copies-of-census.ts';
import type { Census } from '../../record/types.ts';
import { type LocusAccount, type LocusEnd, priceOfLoci } from './price-of-loci.ts';

/**
 * The copies of the loci of traits over a window of one census or many, built from its close backwards: W of a copy is 1 plus what each channel added
 * for it until the next census and for the copies there that descend from it.
 */
export class LocusWindow {
  private readonly last: Census;
  private first: Census;
  /** By trait and channel: copies added, by copy of the first census. */
  private added: readonly Map<CopyChannel, Float64Array>[];

  /** @param last the census at which the window closes */
  constructor(
    last: Census,
    private readonly traits: number,
  ) {
    this.last = last;
    this.first = last;
    this.added = Array.from({ length: traits }, () => new Map());
  }

  /**
   * Moves the opening of the window back by one census.
   * @returns false if copies were not followed from it on, or nothing lived: the window cannot open there
   * @throws {RangeError} if its descendants are not known: it is not the one before
   */
  openAt(census: Census): boolean {
    const { first } = this;
    if (!census.locus || census.count === 0 || first.count === 0) return false;
    const sources = Array.from({ length: this.traits }, (_, l) => sourcesOf(first, census, l));
    if (sources.includes(undefined)) return false;
    if (!census.descendants || census.population !== first.population || census.tick >= first.tick) {
      throw new RangeError(`the census of tick ${first.tick} does not directly follow that of tick ${census.tick}`);
    }
    this.added = this.added.map((later, l) => {
      const own = addedOf(census, l);
      for (const [channel, counts] of later) {
        const sums = own.get(channel) ?? new Float64Array(census.count * (census.locus as { ploidy: number }).ploidy);
        for (const [copy, code] of (sources[l] as Float64Array).entries()) {
          if (code > sums.length) throw new RangeError(`a copy of tick ${first.tick} comes from copy ${code} of ${sums.length}`);
          if (code > 0) sums[code - 1] += counts[copy];
        }
        own.set(channel, sums);
      }
      return own;
    });
    this.first = census;
    return true;
  }

  /**
   * Price's equation of the window by copies of the locus of a trait.
   * @param former the census before the one at which it opens, which gives clades their families; by default the census's own are used
   */
  account(trait: number, former?: Census): LocusAccount {
    const { first, last, traits, added } = this;
    const { locus, elder, count } = first;
    // What the record keeps when former censuses are gone.
    const kept = locus?.elders
      ? ofLocus(locus.elders, locus, count, trait)
      : elder && locus && !locus.origins
        ? cladesOfCopies({ ...first, clade: elder }, trait)
        : undefined;
    return priceOfLoci({
      before: endOf(first, trait, traits),
      after: endOf(last, trait, traits),
      added: added[trait],
      clades: cladesOfCopies(first, trait),
      families: former || !kept ? familiesOfCopies(first, former, trait) : kept,
    });
  }
}

/**
 * The window between a census and the next one.
 * @returns undefined if copies were not followed between them
 */
export function lociBetween(opened: Census, closed: Census, traits: number): LocusWindow | undefined {
  const window = new LocusWindow(closed, traits);
  return window.openAt(opened) ? window : undefined;
}

function endOf(census: Census, trait: number, traits: number): LocusEnd {
  const { count, mechanisms, locus, ledgers } = census;
  if (!locus) throw new RangeError('the census has no copies of loci; set record.census.loci');
  const { ploidy, writers, alleles } = locus;
  const own = Float64Array.from({ length: count }, (_, k) => census.traits[k * traits + trait]);
  const ofOrganisms = (of: (k: number) => number) =>
    Float64Array.from({ length: count * ploidy }, (_, c) => of(Math.floor(c / ploidy)));
  return {
    traits: own,
    alleles: alleles ? ofLocus(alleles, { ...locus, loci: traits }, count, trait) : own,
    ledgers: writers.map((mechanism, m) => ({
      mechanism,
      values: locus.ledgers
        ? ofLocus(locus.ledgers, { ...locus, loci: writers.length * traits }, count, m * traits + trait)
        : ofOrganisms((k) => ledgers[(k * mechanisms.length + mechanisms.indexOf(mechanism)) * traits + trait]),
    })),
  };
}

/** Copies that each channel added until the next census. */
function addedOf({ count, descendants, locus }: Census, trait: number): Map<CopyChannel, Float64Array> {
  if (!locus) return new Map();
  const { added, ploidy } = locus;
  if (!added) {
    // Every copy goes where its organism's descendants go.
    const births = Float64Array.from(
      { length: count * ploidy },
      (_, c) => (descendants as ArrayLike<number>)[Math.floor(c / ploidy)] - 1,
    );
    return new Map([['births', births]]);
  }
  return new Map(
    Object.entries(added).map(([channel, counts]) => [channel as CopyChannel, ofLocus(counts, locus, count, trait)]),
  );
}
