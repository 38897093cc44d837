import type { NamedStream } from '../../math/streams.ts';
import { splitHalfReliability } from '../gradient/reliability.ts';
import { dot } from '../lab/direction.ts';
import { type Alignment, align, halvesOf, meanOf, nullOf, responseTo } from './align.ts';
import type { LocusSegment } from './locus-segments.ts';
import type { AssayForkResult, AssayKind } from './perform-assay-fork.ts';
import { group } from './selection-by-locus.ts';

export type { Alignment } from './align.ts';

/** Parts of selection: all of it, within clades and between them. */
export const assayParts = ['whole', 'within', 'between'] as const;

export type AssayPart = (typeof assayParts)[number];

/** What an assay says of some loci. */
export interface SegmentSummary extends LocusSegment {
  /** Length of the gradient here, and share of the square of the whole that is its signal: noise of the forks is taken off. */
  readonly steepness: number;
  readonly share: number;
  /** Split-half reliability of the gradient here; NaN where halves point apart. */
  readonly reliability: number;
  /** Perturbed forks at which that would be 0.8; NaN where it is not known. */
  readonly forksWanted: number;
  /** By what was done to the forks, and by part; a kind that was not run is absent. */
  readonly alignments: Readonly<Partial<Record<AssayKind, Readonly<Record<AssayPart, Alignment>>>>>;
}

export interface AssaySummary {
  /** Forks of each kind. */
  readonly forks: Readonly<Record<AssayKind, number>>;
  readonly organisms: number;
  /** How many there are, on average over loci. */
  readonly clades: number;
  /** With respect to the expressed value: in diploids, which express the mean of two copies, twice that of a copy. 1/locus unit. */
  readonly gradient: Float64Array;
  /** Standard error of each entry, over forks; NaN for fewer than two. */
  readonly error: Float64Array;
  /** Mean selection differential of each kind that was run, locus by locus; locus units. */
  readonly selection: Readonly<Partial<Record<AssayKind, Readonly<Record<AssayPart, Float64Array>>>>>;
  /** The first is everything. */
  readonly segments: readonly SegmentSummary[];
  /** b_1 G b_2 from halves: additive variance in relative fitness over the horizon. */
  readonly additiveVariance: number;
  readonly fitnessVariance: number;
}

/** Share of the length of whole selection below which a part of it is rounding. */
const rounding = 1e-9;

/** Reliability that is asked for. */
const reliable = 0.8;

/**
 * Joins the forks of an assay.
 * @param forks of all kinds, in any order; two perturbed ones at least
 * @param genomes copies of those who lived when the forks began, as `assayedGenomes` gives them
 * @param clades of organisms, or of copies as `assayedClades` gives them
 * @throws {RangeError} for fewer than two perturbed forks
 */
export function summariseAssay(
  forks: readonly AssayForkResult[],
  genomes: Float64Array,
  clades: ArrayLike<number>,
  segments: readonly LocusSegment[],
  stream: NamedStream,
): AssaySummary {
  const ofKind = (kind: AssayKind) => forks.filter((fork) => fork.kind === kind);
  const perturbed = ofKind('perturbed');
  if (perturbed.length < 2) {
    throw new RangeError(`${perturbed.length} perturbed forks are too few to tell an error; give two or more`);
  }
  const loci = perturbed[0].gradient.length;
  const ploidy = genomes.length / loci / perturbed[0].organisms;
  const gradients = perturbed.map((fork) => fork.gradient.map((b) => ploidy * b));
  const gradient = meanOf(gradients);
  const error = gradient.map((b, l) => {
    let sum = 0;
    for (const own of gradients) sum += (own[l] - b) * (own[l] - b);
    return Math.sqrt(sum / (gradients.length * (gradients.length - 1)));
  });
  const { numberOf, ...deviations } = deviationsOf(genomes, clades, loci);
  const kinds = (['realised', 'reshuffled', 'perturbed'] as const).filter((kind) => ofKind(kind).length > 0);
  const parts = Object.fromEntries(kinds.map((kind) => [kind, partsOf(ofKind(kind))])) as Record<AssayKind, KindParts>;
  const signal = (at: readonly number[]) => at.reduce((sum, l) => sum + gradient[l] * gradient[l] - error[l] * error[l], 0);
  const wholeSignal = signal(segments[0].loci);
  const summaries = segments.map(({ name, loci: own }): SegmentSummary => {
    const pick = (vector: Float64Array) => Float64Array.from(own, (l) => vector[l]);
    const picked = gradients.map(pick);
    const b = meanOf(picked);
    const [first, second] = halvesOf(picked);
    const { whole: reliability } = own.length > 1 ? splitHalfReliability(first, second) : { whole: reliabilityOfOne(picked) };
    const drawn = Object.fromEntries(
      assayParts.map((part) => [part, nullOf(pickColumns(deviations[part], loci, own), b, stream)]),
    ) as Record<AssayPart, ReturnType<typeof nullOf>>;
    const alignments = Object.fromEntries(
      kinds.map((kind) => {
        const all = parts[kind].selection.whole.map(pick);
        const size = Math.sqrt(dot(meanOf(all), meanOf(all)));
        const of = (part: AssayPart) =>
          align(
            parts[kind].selection[part].map(pick),
            parts[kind].neutral[part].map(pick),
            picked,
            kind === 'perturbed',
            drawn[part],
            rounding * size,
          );
        return [kind, { whole: of('whole'), within: of('within'), between: of('between') }];
      }),
    );
    return {
      name,
      loci: own,
      steepness: Math.sqrt(dot(b, b)),
      share: wholeSignal > 0 ? signal(own) / wholeSignal : Number.NaN,
      reliability,
      forksWanted: (reliable / (1 - reliable)) * perturbed.length * ((1 - reliability) / reliability),
      alignments,
    };
  });
  const [firstHalf, secondHalf] = halvesOf(gradients);
  const means = (kind: AssayKind) =>
    Object.fromEntries(assayParts.map((part) => [part, meanOf(parts[kind].selection[part])])) as Record<AssayPart, Float64Array>;
  return {
    forks: { realised: ofKind('realised').length, reshuffled: ofKind('reshuffled').length, perturbed: perturbed.length },
    organisms: perturbed[0].organisms,
    clades: numberOf,
    gradient,
    error,
    selection: Object.fromEntries(kinds.map((kind) => [kind, means(kind)])),
    segments: summaries,
    additiveVariance: dot(firstHalf, responseTo(deviations.whole, loci, secondHalf)),
    fitnessVariance: perturbed.reduce((sum, fork) => sum + fork.fitnessVariance / perturbed.length, 0),
  };
}

interface KindParts {
  readonly selection: Readonly<Record<AssayPart, readonly Float64Array[]>>;
  readonly neutral: Readonly<Record<AssayPart, readonly Float64Array[]>>;
}

/** Selection and its shadow, part by part, a vector a fork. */
function partsOf(forks: readonly AssayForkResult[]): KindParts {
  const sum = (a: Float64Array, b: Float64Array) => a.map((entry, l) => entry + b[l]);
  return {
    selection: {
      whole: forks.map(({ within, between }) => sum(within, between)),
      within: forks.map(({ within }) => within),
      between: forks.map(({ between }) => between),
    },
    neutral: {
      whole: forks.map(({ neutralWithin, neutralBetween }) => sum(neutralWithin, neutralBetween)),
      within: forks.map(({ neutralWithin }) => neutralWithin),
      between: forks.map(({ neutralBetween }) => neutralBetween),
    },
  };
}

/** Reliability of the estimate of one number: signal over signal and noise, by its variance over forks. */
function reliabilityOfOne(values: readonly Float64Array[]): number {
  const [mean] = meanOf(values);
  const n = values.length;
  const noise = values.reduce((sum, [value]) => sum + (value - mean) * (value - mean), 0) / (n * (n - 1));
  const signal = mean * mean - noise;
  return signal > 0 ? signal / (mean * mean) : Number.NaN;
}

const pickColumns = (rows: Float64Array, width: number, own: readonly number[]): Float64Array => {
  if (own.length === width) return rows;
  const picked = new Float64Array((rows.length / width) * own.length);
  for (let at = 0, to = 0; at < rows.length; at += width) for (let l = 0; l < own.length; l++) picked[to++] = rows[at + own[l]];
  return picked;
};

/**
 * Deviations of copies from the mean of all, of copies from their clade's, and of clades' from that of all, a row a copy; and the mean over
 * loci of the number of clades.
 */
function deviationsOf(genomes: Float64Array, clades: ArrayLike<number>, loci: number) {
  const copies = genomes.length / loci;
  const local = clades.length === genomes.length;
  const perClade = local ? 1 : copies / clades.length;
  const groups = new Int32Array(copies);
  const [within, between, whole] = [0, 1, 2].map(() => new Float64Array(copies * loci));
  let count = local ? 0 : group(groups, (c) => clades[Math.floor(c / perClade)]);
  let numberOf = 0;
  for (let l = 0; l < loci; l++) {
    if (local) count = group(groups, (c) => clades[c * loci + l]);
    numberOf += count / loci;
    const [sizes, sums] = [new Float64Array(count), new Float64Array(count)];
    let grand = 0;
    for (let c = 0; c < copies; c++) {
      const value = genomes[c * loci + l];
      sizes[groups[c]]++;
      sums[groups[c]] += value;
      grand += value / copies;
    }
    for (let c = 0; c < copies; c++) {
      const own = sums[groups[c]] / sizes[groups[c]];
      const at = c * loci + l;
      within[at] = genomes[at] - own;
      between[at] = own - grand;
      whole[at] = genomes[at] - grand;
    }
  }
  return { within, between, whole, numberOf };
}
