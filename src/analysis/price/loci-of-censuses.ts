import type { CopyChannel } from '../../population/origin-trace.ts';
import type { Census, LocusCensus } from '../../record/types.ts';
import { type LocusAccount, type LocusEnd, priceOfLoci } from './price-of-loci.ts';

/**
 * Price's equation by copies of loci between a census and the next one of the same population, from the living record.
 * @param trait place of the trait among the census's, @param traits how many there are
 * @returns undefined where copies were not followed between them
 * @throws {RangeError} where the descendants of the first are not known yet
 */
export function lociOfCensuses(opened: Census, closed: Census, trait: number, traits: number): LocusAccount | undefined {
  const { locus } = opened;
  if (!locus || !closed.locus || closed.locus.descent === 'unknown' || closed.locus.descent === 'founders') return undefined;
  if (!opened.descendants || opened.population !== closed.population || opened.tick >= closed.tick) {
    throw new RangeError(`the census of tick ${closed.tick} is not known to follow that of tick ${opened.tick}`);
  }
  const { clades, families } = kinOf(opened, locus, trait);
  return priceOfLoci({
    before: endOf(opened, locus, trait, traits),
    after: endOf(closed, closed.locus, trait, traits),
    added: addedOf(opened, locus, trait),
    clades,
    families,
  });
}

/** The values of one locus, a copy after the other. */
const pick = <Values extends ArrayLike<number>>(values: Values, { loci, ploidy }: LocusCensus, count: number, l: number) =>
  Float64Array.from({ length: count * ploidy }, (_, c) => values[(Math.floor(c / ploidy) * loci + l) * ploidy + (c % ploidy)]);

function endOf(census: Census, locus: LocusCensus, trait: number, traits: number): LocusEnd {
  const { count, mechanisms } = census;
  const { ploidy, writers } = locus;
  const own = Float64Array.from({ length: count }, (_, k) => census.traits[k * traits + trait]);
  const alleles = locus.alleles;
  return {
    traits: own,
    alleles: alleles
      ? Float64Array.from(
          { length: count * ploidy },
          (_, c) => alleles[(Math.floor(c / ploidy) * traits + trait) * ploidy + (c % ploidy)],
        )
      : own,
    ledgers: writers.map((mechanism, m) => {
      const [ofOrganism, width] = [mechanisms.indexOf(mechanism), mechanisms.length * traits];
      return {
        mechanism,
        values: Float64Array.from({ length: count * ploidy }, (_, c) => {
          const k = Math.floor(c / ploidy);
          return locus.ledgers
            ? locus.ledgers[((k * writers.length + m) * traits + trait) * ploidy + (c % ploidy)]
            : census.ledgers[k * width + ofOrganism * traits + trait];
        }),
      };
    }),
  };
}

function addedOf({ count, descendants }: Census, locus: LocusCensus, trait: number): Map<CopyChannel, Float64Array> {
  const { added, ploidy } = locus;
  if (!added) {
    // Every copy goes where its organism's descendants go.
    const births = Float64Array.from(
      { length: count * ploidy },
      (_, c) => (descendants as Float64Array)[Math.floor(c / ploidy)] - 1,
    );
    return new Map([['births', births]]);
  }
  return new Map(
    Object.entries(added).map(([channel, counts]) => [channel as CopyChannel, pick(counts, locus, count, trait)] as const),
  );
}

/** Clade and family of each copy. */
function kinOf({ count, clade, elder = clade }: Census, locus: LocusCensus, trait: number) {
  const { origins, elders, ploidy } = locus;
  const named = (names: Float64Array) =>
    Float64Array.from({ length: count * ploidy }, (_, c) => names[Math.floor(c / ploidy)] * ploidy + (c % ploidy));
  if (!origins) return { clades: named(clade), families: named(elder) };
  // A copy from outside is a clade of its own.
  const clades = pick(origins, locus, count, trait).map((code, c) => code || -1 - c);
  return { clades, families: elders ? pick(elders, locus, count, trait) : clades };
}
