import type { NamedStream } from '../../math/streams.ts';
import { reliabilityOfMean } from '../gradient/reliability.ts';
import { dot } from '../lab/direction.ts';
import { type Alignment, align, halvesOf, meanOf, nullOf, responseTo } from './align.ts';
import { cladeDeviations } from './clade-deviations.ts';
import { type EffectCoordinates, type EffectMetric, effectCoordinates } from './effect-metric.ts';
import type { LocusSegment } from './locus-segments.ts';
import type { AssayForkResult, AssayKind } from './perform-assay-fork.ts';

export type { Alignment } from './align.ts';

/** Parts of selection: all of it, within clades and between them. */
export const assayParts = ['whole', 'within', 'between'] as const;

export type AssayPart = (typeof assayParts)[number];

/** Results of an assay for some loci. */
export interface SegmentSummary extends LocusSegment {
  /** Length of the gradient here, and the share of the square of the whole that is its signal: the noise of the forks is subtracted. */
  readonly steepness: number;
  readonly share: number;
  /** Reliability of the gradient here (`reliabilityOfMean`); NaN if there is only noise. */
  readonly reliability: number;
  /** Number of perturbed forks at which that would be 0.8; NaN if it is unknown. */
  readonly forksWanted: number;
  readonly alignments: SegmentAlignments;
  /** The same in the metric of effects on actions; absent if the segment is not part of a policy. */
  readonly effects?: { readonly reliability: number; readonly alignments: SegmentAlignments };
}

/** By kind of fork, and by part; a kind that was not run is absent. */
export type SegmentAlignments = Readonly<Partial<Record<AssayKind, Readonly<Record<AssayPart, Alignment>>>>>;

/** What the forks of an assay say together. @experimental */
export interface AssaySummary {
  /** Forks of each kind. */
  readonly forks: Readonly<Record<AssayKind, number>>;
  readonly organisms: number;
  /** Number of clades, on average over loci. */
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

/** Reliability that is required. */
const reliable = 0.8;

/**
 * Joins the forks of an assay. Forks of one seed are averaged first: their draws are the same, so their errors are not independent.
 * @param forks of all kinds, in any order; perturbed ones of two seeds at least
 * @param genomes copies of the organisms that lived when the forks began, from `assayedGenomes`
 * @param clades of organisms, or of copies from `assayedClades`
 * @param metric of effects on actions, if the population has a policy
 * @throws {RangeError} for perturbed forks of fewer than two seeds
 * @experimental
 */
export function summariseAssay(
  forks: readonly AssayForkResult[],
  genomes: Float64Array,
  clades: ArrayLike<number>,
  segments: readonly LocusSegment[],
  stream: NamedStream,
  metric?: EffectMetric,
): AssaySummary {
  const ofKind = (kind: AssayKind) => forks.filter((fork) => fork.kind === kind);
  const perturbed = averageSeeds(ofKind('perturbed'));
  if (perturbed.length < 2) {
    throw new RangeError(`perturbed forks of ${perturbed.length} seeds are too few for an error; give two or more`);
  }
  const loci = perturbed[0].gradient.length;
  const ploidy = genomes.length / loci / perturbed[0].organisms;
  const { gradients, gradient, error } = gradientOfForks(perturbed, ploidy);
  const { numberOf, ...deviations } = cladeDeviations(genomes, clades, loci);
  const kinds = (['realised', 'reshuffled', 'perturbed'] as const).filter((kind) => ofKind(kind).length > 0);
  const parts = Object.fromEntries(kinds.map((kind) => [kind, partsOf(averageSeeds(ofKind(kind)))])) as Record<
    AssayKind,
    KindParts
  >;
  const signal = (at: readonly number[]) => at.reduce((sum, l) => sum + gradient[l] * gradient[l] - error[l] * error[l], 0);
  const wholeSignal = signal(segments[0].loci);
  /** Alignments at some loci, in coordinates: by default the loci themselves. */
  const alignmentsIn = (own: readonly number[], coordinates?: EffectCoordinates) => {
    const pick = (vector: Float64Array) => Float64Array.from(own, (l) => vector[l]);
    const step = (vector: Float64Array) => coordinates?.ofSteps(pick(vector)) ?? pick(vector);
    const picked = gradients.map((vector) => coordinates?.ofGradient(pick(vector)) ?? pick(vector));
    const b = meanOf(picked);
    const drawn = Object.fromEntries(
      assayParts.map((part) => {
        const rows = pickColumns(deviations[part], loci, own);
        return [part, nullOf(coordinates?.ofSteps(rows) ?? rows, b, stream)];
      }),
    ) as Record<AssayPart, ReturnType<typeof nullOf>>;
    const alignments: SegmentAlignments = Object.fromEntries(
      kinds.map((kind) => {
        const selections = (part: AssayPart) => parts[kind].selection[part].map(step);
        const all = meanOf(selections('whole'));
        const negligible = rounding * Math.sqrt(dot(all, all));
        const of = (part: AssayPart) =>
          align(selections(part), parts[kind].neutral[part].map(step), picked, kind === 'perturbed', drawn[part], negligible);
        return [kind, { whole: of('whole'), within: of('within'), between: of('between') }];
      }),
    );
    return { steepness: Math.sqrt(dot(b, b)), reliability: reliabilityOfMean(picked), alignments };
  };
  const summaries = segments.map(({ name, loci: own }): SegmentSummary => {
    const { steepness, reliability, alignments } = alignmentsIn(own);
    const coordinates = metric && effectCoordinates(metric, own);
    const inEffects = coordinates && alignmentsIn(own, coordinates);
    return {
      name,
      loci: own,
      steepness,
      share: wholeSignal > 0 ? signal(own) / wholeSignal : Number.NaN,
      reliability,
      forksWanted: (reliable / (1 - reliable)) * ofKind('perturbed').length * ((1 - reliability) / reliability),
      alignments,
      ...(inEffects ? { effects: { reliability: inEffects.reliability, alignments: inEffects.alignments } } : {}),
    };
  });
  const [firstHalf, secondHalf] = halvesOf(gradients);
  const means = (kind: AssayKind) =>
    Object.fromEntries(assayParts.map((part) => [part, meanOf(parts[kind].selection[part])])) as Record<AssayPart, Float64Array>;
  return {
    forks: {
      realised: ofKind('realised').length,
      reshuffled: ofKind('reshuffled').length,
      perturbed: ofKind('perturbed').length,
    },
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

/**
 * The gradient with respect to expressed values: of each seed, their mean, and its standard error over seeds; 1/locus unit.
 * @param perturbed one a seed (`averageSeeds`); the error is NaN for fewer than two
 * @param ploidy in diploids, which express the mean of two copies, it is twice that of a copy
 */
export function gradientOfForks(perturbed: readonly AssayForkResult[], ploidy: number) {
  const gradients = perturbed.map((fork) => fork.gradient.map((b) => ploidy * b));
  const gradient = meanOf(gradients);
  const error = gradient.map((b, l) => {
    let sum = 0;
    for (const own of gradients) sum += (own[l] - b) * (own[l] - b);
    return Math.sqrt(sum / (gradients.length * (gradients.length - 1)));
  });
  return { gradients, gradient, error };
}

/** One result a seed, the mean of its forks, in the order in which seeds occur. */
export function averageSeeds(forks: readonly AssayForkResult[]): readonly AssayForkResult[] {
  const bySeed = new Map<string, AssayForkResult[]>();
  for (const fork of forks) bySeed.set(fork.seed, [...(bySeed.get(fork.seed) ?? []), fork]);
  return [...bySeed.values()].map((own) => {
    const average = (of: (fork: AssayForkResult) => Float64Array) => meanOf(own.map(of));
    return {
      ...own[0],
      gradient: average(({ gradient }) => gradient),
      between: average(({ between }) => between),
      within: average(({ within }) => within),
      neutralBetween: average(({ neutralBetween }) => neutralBetween),
      neutralWithin: average(({ neutralWithin }) => neutralWithin),
      fitnessVariance: own.reduce((sum, fork) => sum + fork.fitnessVariance / own.length, 0),
    };
  });
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

const pickColumns = (rows: Float64Array, width: number, own: readonly number[]): Float64Array => {
  if (own.length === width) return rows;
  const picked = new Float64Array((rows.length / width) * own.length);
  for (let at = 0, to = 0; at < rows.length; at += width) for (let l = 0; l < own.length; l++) picked[to++] = rows[at + own[l]];
  return picked;
};
