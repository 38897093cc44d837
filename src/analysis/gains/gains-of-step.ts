import type { NamedStream } from '../../math/streams.ts';
import { mutation } from '../../mechanisms/mutation.ts';
import { halvesOf, meanOf, nullOf, nullOfCovariance, type PartNull } from '../assay/align.ts';
import { type EffectMetric, effectCoordinates } from '../assay/effect-metric.ts';
import type { LocusSegment } from '../assay/locus-segments.ts';
import { percentileOf } from '../gradient/random-directions.ts';
import { reliabilityOfMean } from '../gradient/reliability.ts';
import { cosine, direction, dot } from '../lab/direction.ts';
import { ownLine, type StepPart } from './step-part.ts';

/** Covariances of the directions that steps of a part would take by chance; parts without one have no null. @experimental */
export interface Covariances {
  /** Of all copies, and within and between clades. */
  readonly whole: Float64Array;
  readonly within?: Float64Array;
  readonly between?: Float64Array;
  /** Of mutations. */
  readonly mutation?: Float64Array;
  /** Of all that changes along a line of descent. */
  readonly line?: Float64Array;
  /** Deviations of all copies from their mean, a row a copy, if these are few: to draw from them costs less than from the covariance. */
  readonly few?: Float64Array;
}

/** Nulls of mutations by segment and metric: the same for all subjects of an interval. */
export type MutationNulls = Map<string, PartNull | undefined>;

/** What steps are compared with. @experimental */
export interface GainQuestion {
  /** Assayed gradients, one a seed of forks, with respect to expressed values; 1/locus unit. Two at least. */
  readonly gradients: readonly Float64Array[];
  /** Root mean square of a mutation of each locus; locus units. Lengths and angles are in these units. */
  readonly scales: Float64Array;
  readonly segments: readonly LocusSegment[];
  /** Locus units squared, a row a locus. */
  readonly covariances: Covariances;
  /** The metric of effects on actions, if the population has a policy. */
  readonly metric: EffectMetric | undefined;
  /** Those of other subjects with the same gradients, scales, metric and covariance of mutations, to which new ones are added. */
  readonly mutationNulls?: MutationNulls;
  /** Whether steps are compared with random ones, by default so; otherwise their angles have no null. */
  readonly nulls?: boolean;
}

/** How a step is directed in one metric. @experimental */
export interface StepAngle {
  /** Cosine to the gradient; NaN for a single locus, or without a step. */
  readonly cosine: number;
  /** Middle 95 % of the cosines of random directions with the covariance of the copies, and the share of them that is lower; NaN for parts without a null. */
  readonly low: number;
  readonly high: number;
  readonly percentile: number;
}

/** A part of a step, projected on the gradient at the loci of a segment. @experimental */
export interface PartGain extends StepAngle, Pick<StepPart, 'account' | 'part'> {
  /** Step times gradient: the gain in log relative number of copies over the horizon of the gradient, and its standard error over forks. */
  readonly gain: number;
  readonly gainError: number;
  /** Length of the step, along the gradient and of the rest; standard deviations of mutations. */
  readonly length: number;
  readonly along: number;
  readonly across: number;
  /** Cosine to G b, through which selection acts: the metric of the population's own variation. NaN for mutations and parts without a null. */
  readonly throughG: number;
  readonly percentileThroughG: number;
  /** In the metric of effects on actions; undefined if the segment is not part of a policy. */
  readonly effects: StepAngle | undefined;
}

/** The parts of a step at the loci of a segment. @experimental */
export interface SegmentGains extends LocusSegment {
  /** Reliability of the gradient at these loci (`reliabilityOfMean`), and in the metric of effects. */
  readonly reliability: number;
  readonly reliabilityInEffects: number;
  /** What a linear response to selection would gain in one horizon, b_1 G b_2 from halves of the forks. */
  readonly predicted: number;
  readonly parts: readonly PartGain[];
}

const unknown: StepAngle = { cosine: Number.NaN, low: Number.NaN, high: Number.NaN, percentile: Number.NaN };

type NullKind = Exclude<keyof Covariances, 'few'>;

/** The null of a part: the copies that were there for steps that sort them, mutations for steps by mutation. */
const nullKind = ({ account, part }: StepPart): NullKind | undefined => {
  if (account === 'change' || account === 'channels' || part === 'selection') return 'whole';
  if (part === mutation.id) return 'mutation';
  if (part === ownLine) return 'line';
  return part === 'within' || part === 'between' ? part : undefined;
};

/**
 * Projects the parts of a step on the assayed gradient, segment by segment. Gains of parts that sum to a step sum to its gain, and gains of
 * segments without common loci to that of both. The step was made by the world and the gradient by forks with draws of their own, so the noise of one is
 * independent of the other and gains are unbiased; cosines are attenuated by the noise of the gradient.
 * @throws {RangeError} for fewer than two gradients
 * @experimental
 */
export function gainsOfStep(
  parts: readonly StepPart[],
  { gradients, scales, segments, covariances, metric, mutationNulls = new Map(), nulls = true }: GainQuestion,
  stream: NamedStream,
): readonly SegmentGains[] {
  if (gradients.length < 2)
    throw new RangeError(`gradients of ${gradients.length} seeds are too few for an error; give two or more`);
  const loci = scales.length;
  const [first, second] = halvesOf(gradients);
  const response = first.map((_, l) => dot(covariances.whole.subarray(l * loci, (l + 1) * loci), second));
  return segments.map((segment): SegmentGains => {
    const own = segment.loci;
    const nullsIn = (unit: string): NullSource => ({ covariances, stream, mutationNulls, name: `${segment.name} ${unit}` });
    const inLoci = coordinatesOf(gradients, nullsIn('loci'), {
      step: (step) => Float64Array.from(own, (l) => step[l] / scales[l]),
      gradient: (b) => Float64Array.from(own, (l) => b[l] * scales[l]),
      covariance: (matrix) => pick(matrix, loci, own, (l) => 1 / scales[l]),
      rows: (rows) => pickRows(rows, loci, own, (l) => 1 / scales[l]),
    });
    const effects = own.length > 1 && metric ? effectCoordinates(metric, own) : undefined;
    const inEffects =
      effects &&
      coordinatesOf(gradients, nullsIn('effects'), {
        step: (step) => effects.ofSteps(Float64Array.from(own, (l) => step[l])),
        gradient: (b) => effects.ofGradient(Float64Array.from(own, (l) => b[l])),
        covariance: (matrix) => effects.ofCovariance(pick(matrix, loci, own, () => 1)),
        rows: (rows) => effects.ofSteps(pickRows(rows, loci, own, () => 1)),
      });
    return {
      ...segment,
      reliability: inLoci.reliability,
      reliabilityInEffects: inEffects?.reliability ?? Number.NaN,
      predicted: own.reduce((sum, l) => sum + first[l] * response[l], 0),
      parts: parts.map((one): PartGain => {
        const { account, part, step } = one;
        const kind = nulls ? nullKind(one) : undefined;
        const moved = inLoci.step(step);
        const { along, across, size } = direction(moved, inLoci.b);
        const each = inLoci.each.map((b) => dot(moved, b));
        const gain = dot(moved, inLoci.b);
        const spread = each.reduce((sum, value) => sum + (value - gain) * (value - gain), 0);
        const drawn = kind && inLoci.null(kind);
        const angled = own.length > 1 && size > 0;
        // Mutations do not come from the population's own variation.
        const through = angled && drawn && kind !== 'mutation' && kind !== 'line' ? cosine(moved, drawn.response) : Number.NaN;
        return {
          account,
          part,
          gain,
          gainError: Math.sqrt(spread / (each.length * (each.length - 1))),
          length: size,
          along,
          across,
          ...(angled ? angleOf(cosine(moved, inLoci.b), drawn) : unknown),
          throughG: through,
          percentileThroughG: drawn && !Number.isNaN(through) ? percentileOf(through, drawn.toResponse) : Number.NaN,
          effects:
            inEffects && (angled ? angleOf(cosine(inEffects.step(step), inEffects.b), kind && inEffects.null(kind)) : unknown),
        };
      }),
    };
  });
}

const angleOf = (angle: number, drawn: PartNull | undefined): StepAngle => {
  if (!drawn || Number.isNaN(angle)) return { ...unknown, cosine: angle };
  const sorted = drawn.toGradient;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { cosine: angle, low: at(0.025), high: at(0.975), percentile: percentileOf(angle, sorted) };
};

/** How steps, gradients and covariances of all loci become those of a segment, in some coordinates. */
interface Coordinates {
  step(step: Float64Array): Float64Array;
  gradient(b: Float64Array): Float64Array;
  covariance(matrix: Float64Array): Float64Array;
  rows(deviations: Float64Array): Float64Array;
}

/** What nulls are drawn from. */
interface NullSource {
  readonly covariances: Covariances;
  readonly stream: NamedStream;
  readonly mutationNulls: MutationNulls;
  /** Of segment and metric. */
  readonly name: string;
}

/** Gradients, steps and nulls at the loci of a segment in some coordinates; nulls are drawn once each, when they are first wanted. */
function coordinatesOf(
  gradients: readonly Float64Array[],
  { covariances, stream, mutationNulls, name }: NullSource,
  { step, gradient, covariance, rows }: Coordinates,
) {
  const each = gradients.map(gradient);
  const b = meanOf(each);
  const nulls = new Map<string, PartNull | undefined>();
  return {
    each,
    b,
    step,
    reliability: reliabilityOfMean(each),
    null(kind: NullKind): PartNull | undefined {
      if (b.length < 2) return undefined;
      const [own, key] = kind === 'mutation' ? [mutationNulls, name] : [nulls, kind];
      if (!own.has(key)) {
        const { few, [kind]: matrix } = covariances;
        own.set(
          key,
          kind === 'whole' && few ? nullOf(rows(few), b, stream) : matrix && nullOfCovariance(covariance(matrix), b, stream),
        );
      }
      return own.get(key);
    },
  };
}

/** The covariance of some loci, each times its factor. */
function pick(matrix: Float64Array, loci: number, own: readonly number[], factor: (locus: number) => number): Float64Array {
  const factors = own.map(factor);
  const picked = new Float64Array(own.length * own.length);
  let to = 0;
  for (const [i, a] of own.entries())
    for (const [j, b] of own.entries()) picked[to++] = matrix[a * loci + b] * factors[i] * factors[j];
  return picked;
}

/** Some loci of rows, each times its factor. */
function pickRows(rows: Float64Array, loci: number, own: readonly number[], factor: (locus: number) => number): Float64Array {
  const factors = own.map(factor);
  const picked = new Float64Array((rows.length / loci) * own.length);
  let to = 0;
  for (let from = 0; from < rows.length; from += loci)
    for (const [i, l] of own.entries()) picked[to++] = rows[from + l] * factors[i];
  return picked;
}
