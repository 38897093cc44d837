import type { NamedStream } from '../../math/streams.ts';
import type { EffectMetric } from '../assay/effect-metric.ts';
import type { LocusSegment } from '../assay/locus-segments.ts';
import type { AssayForkResult } from '../assay/perform-assay-fork.ts';
import { averageSeeds, gradientOfForks } from '../assay/summarise-assay.ts';
import { type Evolvability, evolvability } from './evolvability.ts';
import { gainsOfStep, type MutationNulls, type SegmentGains } from './gains-of-step.ts';
import type { CopiesAt, Interval, Split } from './interval.ts';
import { splitSelectionStep } from './split-selection-step.ts';
import { learningStep, splitStep } from './split-step.ts';
import { fromOutside, otherWrites, ownLine, type StepPart, segregation } from './step-part.ts';
import { covariancesOfCopies } from './subject-copies.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** The gains of one subject in an interval. @experimental */
export interface SubjectGains {
  readonly kind: Subject['kind'] | 'line';
  /** Number of a species (of a mother or daughter too), id of the ancestor of a clade, or of the organism at the end of a line; -1 for the population. */
  readonly id: number;
  /** The split of which it is one side. */
  readonly split?: Split;
  /** Organisms at the opening and at the close. */
  readonly before: number;
  readonly after: number;
  readonly segments: readonly SegmentGains[];
}

/** An interval of a climb: a gradient and what moved along it. @experimental */
export interface ClimbInterval {
  readonly from: number;
  readonly to: number;
  readonly organisms: number;
  /** Mean number over loci of the clades of copies at the opening; NaN in the first interval. */
  readonly clades: number;
  /** By how much the mean generation of the living rose, and generations in one horizon at that rate; NaN if it did not rise. */
  readonly generations: number;
  readonly horizonGenerations: number;
  /** Mean gradient and its standard error over seeds of forks; 1/locus unit. */
  readonly gradient: Float64Array;
  readonly error: Float64Array;
  readonly forks: number;
  /** Parts of the step of the population, locus by locus. */
  readonly parts: readonly StepPart[];
  /** Along the gradient, by segment of more than one locus; in mutation variances. */
  readonly evolvability: ReadonlyMap<string, Evolvability>;
  /** The population first. */
  readonly subjects: readonly SubjectGains[];
}

/** A line of descent in an interval. @experimental */
export interface LineStep {
  readonly from: number;
  readonly to: number;
  readonly gains: SubjectGains;
  /** Assayed loci of the line's organism at the opening and at the close, haplotypes one behind the other; locus units. */
  readonly opened: Float32Array;
  readonly closed: Float32Array;
}

/** What a climb is measured with. @experimental */
export interface ClimbQuestion {
  readonly horizon: number;
  readonly segments: readonly LocusSegment[];
  /** Root mean square of a mutation of each assayed locus; locus units. */
  readonly scales: Float64Array;
  /** Whether mutation favours one sign: then what it adds up to has a direction of its own, which random steps do not have. */
  readonly directed?: boolean;
  /** Whether lines of descent will be requested: then the genomes of every opening and what was written are kept, 5 bytes a locus and copy and 8 a writer. */
  readonly lines: boolean;
  /** Whether angles are compared with random steps, by default so: drawing these takes most of the time. */
  readonly nulls?: boolean;
}

interface KeptInterval {
  readonly opened: CopiesAt;
  readonly closed: CopiesAt;
  readonly ancestors: Float64Array;
  /** For each copy and locus at the close: 1 + the haplotype of the first-parent ancestor of its organism from which it descends; 0 if from none. */
  readonly inLine: Uint8Array;
  /** As in an interval, of mechanisms that wrote anything. */
  readonly written: Interval['written'];
  readonly gradients: readonly Float64Array[];
  readonly metric: EffectMetric | undefined;
}

/**
 * Collects the intervals of a climb: each with the forks that began when it opened. Subjects are followed by what joins the two ends of each interval.
 * @experimental
 */
export class GainsLog {
  readonly intervals: ClimbInterval[] = [];
  private readonly kept: KeptInterval[] = [];
  /** Ids of the ancestors, at the opening before, of the organisms of the current opening. */
  private former: Float64Array | undefined;
  /** Splits of species so far. */
  private readonly splits: Split[] = [];

  constructor(private readonly question: ClimbQuestion) {}

  /** Covariance of mutations, which move all loci independently; undefined where they have a direction. */
  private get mutations(): Float64Array | undefined {
    const { scales, directed = false } = this.question;
    if (directed) return undefined;
    const loci = scales.length;
    return Float64Array.from({ length: loci * loci }, (_, at) =>
      at % (loci + 1) === 0 ? scales[at % loci] * scales[at % loci] : 0,
    );
  }

  /** Whether lines of descent can be requested. */
  get keepsLines(): boolean {
    return this.question.lines;
  }

  /**
   * @param forks perturbed ones that began with the interval, of two seeds at least
   * @param metric at its opening
   * @param followed what is followed; by default all of `subjectsOf`. The population first
   * @returns the interval, which is also kept; undefined if none lives at its close
   * @throws {RangeError} for forks of fewer than two seeds
   */
  add(
    interval: Interval,
    forks: readonly AssayForkResult[],
    metric: EffectMetric | undefined,
    stream: NamedStream,
    followed?: readonly Subject[],
  ): ClimbInterval | undefined {
    const { horizon, segments, scales, lines, nulls } = this.question;
    const { opened, closed } = interval;
    if (closed.ids.length === 0) return undefined;
    const seeds = averageSeeds(forks);
    if (seeds.length < 2) throw new RangeError(`forks of ${seeds.length} seeds are too few for an error; give two or more`);
    const { gradients, gradient, error } = gradientOfForks(seeds, opened.ploidy);
    let clades = Number.NaN;
    let parts: readonly StepPart[] = [];
    const along = new Map<string, Evolvability>();
    this.splits.push(...interval.splits);
    const subjects: SubjectGains[] = [];
    const mutationNulls: MutationNulls = new Map();
    for (const subject of followed ?? subjectsOf(interval, this.former, this.splits)) {
      const { kind, id, before, after, split } = subject;
      const whole = kind === 'population';
      // After the interval of its split a side is the species.
      const same = subjects.find(
        (one) => one.kind === 'species' && split && one.id === id && isWithin(before, opened.species, id),
      );
      if (same) {
        subjects.push({ ...same, kind, ...(split ? { split } : {}) });
        continue;
      }
      const own = [...splitStep(interval, before, after), ...splitSelectionStep(interval, before, after)];
      const covariances = {
        ...covariancesOfCopies(opened, before, whole ? interval.clades : undefined),
        mutation: this.mutations,
      };
      if (whole) {
        parts = own;
        clades = covariances.clades ?? Number.NaN;
        for (const { name, loci } of segments) {
          if (loci.length > 1) along.set(name, evolvabilityAt(covariances.whole, gradient, scales, loci));
        }
      }
      subjects.push({
        kind,
        id,
        ...(split ? { split } : {}),
        before: before.length,
        after: after.length,
        segments: gainsOfStep(own, { gradients, scales, segments, covariances, metric, mutationNulls, nulls }, stream),
      });
    }
    const ticks = closed.tick - opened.tick;
    const generations = closed.generation - opened.generation;
    const found: ClimbInterval = {
      from: opened.tick,
      to: closed.tick,
      organisms: opened.ids.length,
      clades,
      generations,
      horizonGenerations: generations > 0 ? (horizon * generations) / ticks : Number.NaN,
      gradient,
      error,
      forks: forks.length,
      parts,
      evolvability: along,
      subjects,
    };
    this.intervals.push(found);
    this.former = interval.ancestors;
    if (lines) {
      const written = new Map([...interval.written].filter(([, sums]) => sums.some((value) => value !== 0)));
      this.kept.push({ opened, closed, ancestors: interval.ancestors, inLine: markLines(interval), written, gradients, metric });
    }
    return found;
  }

  /**
   * The line of descent of an organism of the last close, along first parents, as far back as the intervals go. Each step is split into what changed
   * along the line itself, by mechanism, and what came from outside it (another parent, or transfer).
   * @returns one an interval, in order; undefined for an organism that does not live at the last close
   * @throws {Error} if lines were not kept
   */
  line(organism: number, stream: NamedStream): readonly LineStep[] | undefined {
    const { segments, scales, lines, nulls } = this.question;
    if (!lines) throw new Error('the lines of this climb were not kept');
    const steps: LineStep[] = [];
    let id = organism;
    for (const { opened, closed, ancestors, inLine, written, gradients, metric } of [...this.kept].reverse()) {
      const place = closed.ids.indexOf(id);
      if (place < 0) return steps.length === 0 ? undefined : steps;
      const ancestor = ancestors[place];
      const start = opened.ids.indexOf(ancestor);
      if (start < 0) break;
      // A line does not sort the copies that are there. In diploids segregation adds to what was written: then nothing is known of the whole.
      const covariances = {
        whole: covariancesOfCopies(
          opened,
          Array.from(opened.ids, (_, k) => k),
          undefined,
        ).whole,
        mutation: this.mutations,
        line: opened.ploidy === 1 ? this.mutations : undefined,
      };
      steps.unshift({
        from: opened.tick,
        to: closed.tick,
        opened: copiesOf(opened, start),
        closed: copiesOf(closed, place),
        gains: {
          kind: 'line',
          id: organism,
          before: 1,
          after: 1,
          segments: gainsOfStep(
            stepOfLine({ opened, closed, inLine, written }, start, place),
            { gradients, scales, segments, covariances, metric, nulls },
            stream,
          ),
        },
      });
      id = ancestor;
    }
    return steps;
  }
}

function copiesOf({ values, loci, ploidy }: CopiesAt, place: number): Float32Array {
  return values.slice(place * ploidy * loci, (place + 1) * ploidy * loci);
}

function evolvabilityAt(covariance: Float64Array, b: Float64Array, scales: Float64Array, loci: readonly number[]): Evolvability {
  const width = b.length;
  const own = Float64Array.from({ length: loci.length * loci.length }, (_, at) => {
    const [i, j] = [loci[Math.floor(at / loci.length)], loci[at % loci.length]];
    return covariance[i * width + j] / (scales[i] * scales[j]);
  });
  return evolvability(
    own,
    Float64Array.from(loci, (l) => b[l] * scales[l]),
  );
}

/** Whether all of some organisms at the opening are of a species. */
const isWithin = (places: readonly number[], species: Int32Array | undefined, id: number) =>
  species !== undefined && places.every((k) => species[k] === id);

function markLines({ opened, closed, origins, ancestors }: Interval): Uint8Array {
  const { loci, ploidy } = opened;
  const placeOf = new Map(Array.from(opened.ids, (id, k): [number, number] => [id, k]));
  const inLine = new Uint8Array(origins.length);
  for (let k = 0; k < closed.ids.length; k++) {
    const place = placeOf.get(ancestors[k]);
    if (place === undefined) continue;
    for (let at = k * ploidy * loci, to = at + ploidy * loci; at < to; at++) {
      const copy = origins[at] - 1;
      if (copy >= 0 && Math.floor(copy / ploidy) === place) inLine[at] = 1 + (copy % ploidy);
    }
  }
  return inLine;
}

/** The step of a line: of the mean of its haplotypes. A copy from its ancestor is compared with the mean of that ancestor's. */
function stepOfLine(
  { opened, closed, inLine, written }: Pick<KeptInterval, 'opened' | 'closed' | 'inLine' | 'written'>,
  start: number,
  place: number,
): readonly StepPart[] {
  const { loci, ploidy } = opened;
  const [own, outside, sorted, other] = Array.from({ length: 4 }, () => new Float64Array(loci));
  const writes = new Map([...written.keys()].map((writer) => [writer, new Float64Array(loci)]));
  for (let l = 0; l < loci; l++) {
    let before = 0;
    for (let h = 0; h < ploidy; h++) before += opened.values[(start * ploidy + h) * loci + l] / ploidy;
    for (let h = 0; h < ploidy; h++) {
      const at = (place * ploidy + h) * loci + l;
      if (inLine[at] === 0) {
        outside[l] += (closed.values[at] - before) / ploidy;
        continue;
      }
      const copied = opened.values[(start * ploidy + inLine[at] - 1) * loci + l];
      own[l] += (closed.values[at] - before) / ploidy;
      sorted[l] += (copied - before) / ploidy;
      other[l] += (closed.values[at] - copied) / ploidy;
      for (const [writer, sums] of writes) {
        const value = (written.get(writer) as Float64Array)[at] / ploidy;
        sums[l] += value;
        other[l] -= value;
      }
    }
  }
  return [
    { account: 'line', part: 'change', step: own.map((value, l) => value + outside[l]) },
    { account: 'line', part: ownLine, step: own },
    { account: 'line', part: fromOutside, step: outside },
    ...[...writes].map(([part, step]): StepPart => ({ account: ownLine, part, step })),
    ...(ploidy > 1 ? [{ account: ownLine, part: segregation, step: sorted } as const] : []),
    { account: ownLine, part: otherWrites, step: other },
    ...learningStep({ opened, closed }, [start], [place]),
  ];
}
