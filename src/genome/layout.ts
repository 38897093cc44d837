import { log, logistic32 } from '../math/elementary.ts';

/** A named stretch of the genome's slots. @public */
export interface Segment {
  readonly name: string;
  readonly description: string;
  /** First slot. */
  readonly start: number;
  /** Slots, padding included. */
  readonly length: number;
}

/** A heritable number: its slot, how founders differ in it, how strongly mutation moves it. @public */
export interface Locus {
  readonly slot: number;
  readonly name: string;
  readonly segment: string;
  /** Multiplies the size of mutations. */
  readonly scale: number;
  /** Standard deviation among founders, locus units. */
  readonly deviation: number;
  /** Chance that a founder carries 1 here, and otherwise 0; where it is given, founders do not vary in any other way. */
  readonly chance?: number;
}

/**
 * How a locus becomes a trait. `logistic`: minimum + (maximum - minimum) logistic(locus + offset), so that locus 0 is the
 * founder median. `identity`: the trait is the locus; the range has no ends and the offset is 0. `exponential`:
 * e^(locus + offset), held within minimum and maximum.
 */
export interface RangeMap {
  readonly slot: number;
  readonly trait: string;
  readonly form: 'logistic' | 'identity' | 'exponential';
  readonly minimum: number;
  readonly maximum: number;
  readonly offset: number;
}

/** Shape of the genomes of one population. `stride` floats a row, a multiple of 8 (the mutation kernel's step). @public */
export interface GenomeLayout {
  readonly stride: number;
  readonly segments: readonly Segment[];
  readonly loci: readonly Locus[];
  readonly ranges: readonly RangeMap[];
  /**
   * Of diploids with dominance, one float a slot: what is expressed is the mean of the two copies plus this share, -0.5 to 0.5, of their
   * distance. Missing where all loci express the mean.
   */
  readonly shifts?: Float32Array;
}

export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

export interface TraitRange {
  readonly id: string;
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly founder: number;
  readonly deviation: number;
  /** As in `RangeMap`; logistic by default. */
  readonly form?: 'logistic' | 'exponential';
}

/** Segment of the loci of which a landscape makes fitness. */
export const coordinates = 'coordinates';

/** Segment of the weights of a policy. */
export const policyWeights = 'policy.weights';

/**
 * Slot of a locus within a haplotype.
 * @param name of the locus, for example `body.size` or `bias>eat`
 * @throws {RangeError} when genomes of this layout do not carry it
 * @public
 */
export function slotOf({ loci }: GenomeLayout, name: string): number {
  const locus = loci.find((one) => one.name === name);
  if (!locus) throw new RangeError(`locus '${name}' is not in these genomes; layout.loci lists those that are`);
  return locus.slot;
}

/** The next multiple of `to`. */
export const up = (n: number, to: number) => Math.ceil(n / to) * to;

/**
 * Lays out a genome: `policy.weights` first, in the order in which the forward kernel reads them (units of a layer
 * padded to four; padding slots are not loci, stay 0 and never mutate), then one locus a trait.
 * @param founderWeights standard deviation of founders' weights, locus units
 */
export function layGenome(
  network: NetworkShape,
  inputLabels: readonly string[],
  outputLabels: readonly string[],
  traits: readonly TraitRange[],
  founderWeights: number,
  further: readonly SegmentPlan[] = [],
): GenomeLayout {
  const hidden4 = up(network.hidden, 4);
  const outputs4 = up(network.outputs, 4);
  const loci: Locus[] = [];
  const weight = (slot: number, name: string) =>
    loci.push({ slot, name, segment: policyWeights, scale: 1, deviation: founderWeights });
  let slot = 0;
  for (let h = 0; h < network.hidden; h++) weight(slot + h, `bias>h${h + 1}`);
  slot += hidden4;
  for (let i = 0; i < network.inputs; i++) {
    for (let h = 0; h < network.hidden; h++) weight(slot + h, `${inputLabels[i]}>h${h + 1}`);
    slot += hidden4;
  }
  for (let o = 0; o < network.outputs; o++) weight(slot + o, `bias>${outputLabels[o]}`);
  slot += outputs4;
  for (let h = 0; h < network.hidden; h++) {
    for (let o = 0; o < network.outputs; o++) weight(slot + o, `h${h + 1}>${outputLabels[o]}`);
    slot += outputs4;
  }
  const segments: Segment[] = [
    { name: policyWeights, description: 'Weights of the small neural network that decides.', start: 0, length: slot },
  ];
  const ranges: RangeMap[] = [];
  slot = layTraits(traits, slot, { loci, segments, ranges });
  slot = laySegments(further, slot, { loci, segments });
  return { stride: up(slot, 8), segments, loci, ranges };
}

/** Appends one locus a trait from `slot` on, each a separate segment; returns the slot after the last. */
export function layTraits(
  traits: readonly TraitRange[],
  slot: number,
  { loci, segments, ranges }: { loci: Locus[]; segments: Segment[]; ranges: RangeMap[] },
): number {
  for (const trait of traits) {
    segments.push({ name: trait.id, description: trait.description, start: slot, length: 1 });
    loci.push({ slot, name: trait.id, segment: trait.id, scale: 1, deviation: trait.deviation });
    ranges.push({
      slot,
      trait: trait.id,
      form: trait.form ?? 'logistic',
      minimum: trait.minimum,
      maximum: trait.maximum,
      offset:
        trait.form === 'exponential'
          ? log(trait.founder)
          : offsetFor((trait.founder - trait.minimum) / (trait.maximum - trait.minimum)),
    });
    slot++;
  }
  return slot;
}

/** Segment of the loci for sites of transposons: 1 a copy, 0 none. */
export const transposonSites = 'transposons';

/** A segment that a mechanism adds: loci that are not traits. */
export interface SegmentPlan {
  readonly name: string;
  readonly description: string;
  readonly loci: readonly Pick<Locus, 'name' | 'scale' | 'deviation' | 'chance'>[];
}

/** Appends segments of mechanisms from `slot` on; returns the slot after the last. */
export function laySegments(
  plans: readonly SegmentPlan[],
  slot: number,
  { loci, segments }: { loci: Locus[]; segments: Segment[] },
): number {
  let at = slot;
  for (const { name, description, loci: own } of plans) {
    segments.push({ name, description, start: at, length: own.length });
    for (const locus of own) loci.push({ ...locus, slot: at++, segment: name });
  }
  return at;
}

/** x with logistic(x) = share, by bisection: the rational logistic has no closed inverse. share in (0, 1). */
function offsetFor(share: number): number {
  let low = -12;
  let high = 12;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (logistic32(middle) < share) low = middle;
    else high = middle;
  }
  return Math.fround((low + high) / 2);
}

/**
 * A layout with dominance in the loci of traits and in those of which a landscape makes fitness.
 * @param dominance 0 where the lesser copy is expressed, 0.5 the mean, 1 the greater
 */
export function withDominance(layout: GenomeLayout, dominance: number): GenomeLayout {
  if (dominance === 0.5) return layout;
  const shifts = new Float32Array(layout.stride);
  for (const { slot } of layout.ranges) shifts[slot] = dominance - 0.5;
  for (const { slot, segment } of layout.loci) if (segment === coordinates) shifts[slot] = dominance - 0.5;
  return { ...layout, shifts };
}

/** One float a slot: `scale` or `deviation` of its locus, 0 where the slot is padding. */
export function perSlot(layout: GenomeLayout, what: 'scale' | 'deviation'): Float32Array {
  const values = new Float32Array(layout.stride);
  for (const locus of layout.loci) values[locus.slot] = locus[what];
  return values;
}
