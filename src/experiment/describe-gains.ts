import type { LocusSegment } from '../analysis/assay/locus-segments.ts';
import type { ClimbInterval, SubjectGains } from '../analysis/gains/gains-log.ts';
import type { PartGain } from '../analysis/gains/gains-of-step.ts';
import type { Split } from '../analysis/gains/interval.ts';
import { fromOutside, learning, ownLine, selectionLevels } from '../analysis/gains/step-part.ts';
import { fewestClades, percent, show, signed } from './assay-sentence.ts';

/** A line of descent along its gradients, a step an interval. */
export type LineOfGains = readonly { readonly from: number; readonly to: number; readonly gains: SubjectGains }[];

/** A climb for a report. */
export interface GainsReport {
  readonly population: string;
  readonly horizon: number;
  /** Names of the assayed loci. */
  readonly loci: readonly string[];
  readonly segments: readonly LocusSegment[];
  readonly intervals: readonly ClimbInterval[];
  readonly line: LineOfGains | undefined;
}

/** A sum of gains, log fitness a generation, with its standard error over forks. */
export interface SummedGain {
  readonly gain: number;
  readonly error: number;
}

/**
 * Gains of a part at a segment, divided by the generations of the horizon and summed over intervals; NaN where it is unknown in one of them. Forks of different
 * intervals are independent, so their variances add.
 */
export function sumGains(
  steps: readonly { readonly gains: SubjectGains; readonly horizonGenerations: number }[],
  segment: string,
  part: string,
): SummedGain {
  let [gain, variance] = [0, 0];
  for (const { gains, horizonGenerations } of steps) {
    const found = partOf(gains, segment, part);
    gain += (found?.gain ?? Number.NaN) / horizonGenerations;
    const error = (found?.gainError ?? Number.NaN) / horizonGenerations;
    variance += error * error;
  }
  return { gain, error: Math.sqrt(variance) };
}

const partOf = ({ segments }: SubjectGains, segment: string, part: string): PartGain | undefined =>
  segments.find(({ name }) => name === segment)?.parts.find((one) => one.part === part);

/** The largest segments without common loci, everything apart: policy and traits where there are both. */
export function mainSegments(segments: readonly LocusSegment[]): readonly LocusSegment[] {
  const taken = new Set<number>();
  return segments
    .slice(1)
    .toSorted((a, b) => b.loci.length - a.loci.length)
    .filter(({ loci }) => {
      const free = loci.every((l) => !taken.has(l));
      if (free) for (const l of loci) taken.add(l);
      return free;
    });
}

/** Steps of the population, as `sumGains` takes them. */
export const populationSteps = ({ intervals }: GainsReport) =>
  intervals.map(({ subjects: [gains], horizonGenerations }) => ({ gains, horizonGenerations }));

const withError = ({ gain, error }: SummedGain) => `${signed(gain)} ± ${show(error)}`;

/** Share of a sum that a segment has, with its standard error; the noise of different segments is taken as independent. */
function shareOf(own: SummedGain, all: SummedGain): string {
  const share = own.gain / all.gain;
  const rest = Math.sqrt(Math.max(0, all.error * all.error - own.error * own.error));
  const [ofOwn, ofRest] = [(1 - share) * own.error, share * rest];
  const error = Math.sqrt(ofOwn * ofOwn + ofRest * ofRest) / Math.abs(all.gain);
  return `${percent(share)} ± ${percent(error)}`;
}

/**
 * What a climb says, a sentence each: how much log fitness selection gained, between clades and within, and by which segments; what other causes did; what a linear
 * response would have given; what is not known.
 */
export function gainSentences(report: GainsReport): readonly string[] {
  const { population, intervals, segments } = report;
  if (intervals.length === 0) return [];
  const steps = populationSteps(report);
  const of = (part: string, segment = 'everything', some = steps) => sumGains(some, segment, part);
  const [first, last] = [intervals[0], intervals[intervals.length - 1]];
  const generations = intervals.reduce((sum, one) => sum + one.generations, 0);
  const selection = of('selection');
  const sure = Math.abs(selection.gain) > 2 * selection.error;
  const main = mainSegments(segments);
  const shares =
    main.length < 2
      ? ''
      : sure
        ? `; by segment ${main.map(({ name }) => `${name} ${shareOf(of('selection', name), selection)}`).join(', ')}`
        : `; by segment ${main.map(({ name }) => `${name} ${withError(of('selection', name))}`).join(', ')}`;
  const sentences = [
    `${population}, ticks ${first.from} to ${last.to} (${generations.toFixed(1)} generations): selection gained ${withError(selection)} log fitness a generation${shares}`,
  ];
  const split = intervals.map(({ clades }) => clades >= fewestClades);
  const cladeSteps = steps.filter((_, k) => split[k]);
  if (cladeSteps.length > 0) {
    const known = intervals.filter((_, k) => split[k]);
    const ages = known.map(({ from }) => from - (intervals[intervals.findIndex((one) => one.from === from) - 1]?.from ?? from));
    sentences.push(
      `of ${withError(of('selection', 'everything', cladeSteps))} by selection in the ${known.length === 1 ? 'interval' : `${known.length} intervals`} with ${fewestClades} clades or more (of ${Math.min(...ages)} ticks${Math.min(...ages) < Math.max(...ages) ? ` to ${Math.max(...ages)}` : ''}), ${withError(of('between', 'everything', cladeSteps))} is sorting of clades and ${withError(of('within', 'everything', cladeSteps))} is within them${main.map(({ name }) => `; within clades ${name} ${withError(of('within', name, cladeSteps))}`).join('')}`,
    );
  } else sentences.push(`no interval has ${fewestClades} clades or more: selection is not split into between and within`);
  sentences.push(...levelSentence(report));
  const causes = [...new Set(first.parts.filter(({ account }) => account === 'causes').map(({ part }) => part))].filter(
    (part) => part !== 'selection' && intervals.some(({ parts }) => parts.some((one) => one.part === part && isMoved(one.step))),
  );
  sentences.push(
    `the mean moved by ${withError(of('change'))} along the gradients: selection${causes.map((part) => `, ${part} ${withError(of(part))}`).join('')}${causes.length === 0 ? ' alone' : ''}`,
  );
  const learned = steps.filter(({ gains }) => partOf(gains, 'everything', learning));
  if (learned.length > 0) {
    sentences.push(
      `beside genomes, what is learned and passed on by marks moved what is expressed by ${withError(sumGains(learned, 'everything', learning))} along the gradients, counted as if it were inherited whole: marks pass on a share, and what is not learned again fades`,
    );
  }
  sentences.push(
    `a response in proportion to the genetic covariance at the start of each interval, G b, would have gained ${signed(predictedGain(intervals, report.horizon))}`,
  );
  sentences.push(
    `reliability of the gradient, mean over intervals: ${[segments[0], ...main.filter(({ loci }) => loci.length > 1)]
      .map(({ name }) => `${name} ${meanReliability(intervals, name).toFixed(2)}`)
      .join(', ')}`,
    '± is a standard error over forks; each interval has a gradient of its own, so the sum is what was climbed, not by how much fitness rose: competitors and food change too',
  );
  return sentences;
}

/** What selection gained between species, between clades of one species and within these; none where no interval has two species. */
function levelSentence(report: GainsReport): readonly string[] {
  const known = report.intervals.map(({ parts }) => parts.some(({ account }) => account === 'levels'));
  const steps = populationSteps(report).filter((_, k) => known[k]);
  if (steps.length === 0) return [];
  const of = (part: string) => withError(sumGains(steps, 'everything', part));
  const [species, clades, within] = selectionLevels.map(of);
  return [
    `of ${of('selection')} by selection in the ${steps.length === 1 ? 'interval' : `${steps.length} intervals`} with two species or more, ${species} is sorting of species, ${clades} sorting of clades within species and ${within} within clades`,
  ];
}

/** What a line of descent climbed, as a sentence; none without a line. */
export function lineSentence({ line, intervals }: GainsReport): readonly string[] {
  if (!line || line.length === 0) return [];
  const steps = line.map(({ from, gains }) => ({
    gains,
    horizonGenerations: intervals.find((one) => one.from === from)?.horizonGenerations ?? Number.NaN,
  }));
  const of = (part: string) => withError(sumGains(steps, 'everything', part));
  // A mechanism that wrote nothing in an interval added 0 there.
  const ofOwn = (part: string) =>
    withError(
      sumGains(
        steps.filter(({ gains }) => gains.segments[0].parts.some((one) => one.account === ownLine && one.part === part)),
        'everything',
        part,
      ),
    );
  const [first, last] = [line[0], line[line.length - 1]];
  const parts = new Set(line.flatMap(({ gains }) => gains.segments[0].parts.filter(({ account }) => account === ownLine)));
  const known = [...new Set([...parts].filter(({ length }) => length > 1e-9).map(({ part }) => part))];
  const own = known.length === 0 ? '' : ` (${known.map((part) => `${part} ${ofOwn(part)}`).join(', ')})`;
  return [
    `the line of descent of organism ${first.gains.id}, ticks ${first.from} to ${last.to}, moved by ${of('change')} along the gradients: ${of(ownLine)} by what changed along it${own}, ${of(fromOutside)} from other parents and by transfer`,
  ];
}

/** Most splits of species that have a sentence each. */
const mostSplits = 3;

/**
 * What both sides of a split of a species climbed, as long as both had members, from the interval of the split on: a sentence for each of those that were followed
 * longest, and one for the number of the others.
 */
export function sideSentences({ intervals }: GainsReport): readonly string[] {
  const pairs = new Map<string, Split>();
  for (const { subjects } of intervals) {
    for (const { split } of subjects) if (split) pairs.set(`${split.mother}/${split.daughter}`, split);
  }
  const sidesOf = ({ subjects }: ClimbInterval, { mother, daughter }: Split, kind: SubjectGains['kind']) =>
    subjects.find((one) => one.kind === kind && one.split?.mother === mother && one.split.daughter === daughter);
  const followed = [...pairs.values()]
    .map((split) => ({ split, common: intervals.filter((interval) => sidesOf(interval, split, 'daughter')) }))
    .sort((a, b) => b.common.length - a.common.length);
  const others = followed.length - mostSplits;
  const sentences = followed.slice(0, mostSplits).map(({ split, common }) => {
    const { mother, daughter } = split;
    const of = (kind: SubjectGains['kind']) => {
      const steps = common.map((interval) => ({
        gains: sidesOf(interval, split, kind) as SubjectGains,
        horizonGenerations: interval.horizonGenerations,
      }));
      return `${withError(sumGains(steps, 'everything', 'selection'))} by selection and ${withError(sumGains(steps, 'everything', 'change'))} in all`;
    };
    return `species ${daughter} split from species ${mother} between ticks ${common[0].from} and ${common[0].to}; from tick ${common[0].from} to ${common[common.length - 1].to} the mother side climbed ${of('mother')}, the daughter side ${of('daughter')}, log fitness a generation, each along the gradient of the whole population`;
  });
  return others > 0
    ? [
        ...sentences,
        `${others} more ${others === 1 ? 'split was' : 'splits were'} followed: see the column pair of the table of gains`,
      ]
    : sentences;
}

const isMoved = (step: Float64Array) => step.some((value) => Math.abs(value) > 1e-9);

/** Mean over intervals of the reliability of the gradient at a segment; 0 where it does not exceed noise. */
export function meanReliability(intervals: readonly ClimbInterval[], segment: string): number {
  const values = intervals.map(({ subjects: [{ segments }] }) => segments.find(({ name }) => name === segment)?.reliability ?? 0);
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value) / values.length, 0);
}

/** What a response in proportion to the genetic covariance at the start of each interval would have gained, log fitness a generation. */
export const predictedGain = (intervals: readonly ClimbInterval[], horizon: number): number =>
  intervals.reduce(
    (sum, { subjects: [{ segments }], from, to, horizonGenerations }) =>
      sum + (segments[0].predicted * (to - from)) / horizon / horizonGenerations,
    0,
  );

/** Cells of a table to print: a row an interval, with what selection gained by segment and what the others did. */
export function gainLines(report: GainsReport): readonly (readonly string[])[] {
  const main = mainSegments(report.segments);
  const steps = populationSteps(report);
  const of = (k: number, part: string, segment = 'everything') => withError(sumGains([steps[k]], segment, part));
  return [
    [
      ...['ticks', 'organisms', 'clades', 'reliability', 'selection'],
      ...main.map(({ name }) => `by ${name}`),
      ...['within clades', 'change'],
    ],
    ...report.intervals.map(({ from, to, organisms, clades, subjects: [{ segments }] }, k) => [
      `${from} to ${to}`,
      String(organisms),
      Number.isNaN(clades) ? '-' : clades.toFixed(0),
      Number.isNaN(segments[0].reliability) ? '-' : segments[0].reliability.toFixed(2),
      of(k, 'selection'),
      ...main.map(({ name }) => of(k, 'selection', name)),
      clades >= fewestClades ? of(k, 'within') : '-',
      of(k, 'change'),
    ]),
  ];
}
