import type { SubjectGains } from '../analysis/gains/gains-log.ts';
import { integerColumn, realColumn, reliabilityColumns, textColumn } from '../export/columns.ts';
import type { Cell, ExportColumn, ExportTable } from '../export/export-table.ts';
import type { GainsReport } from './describe-gains.ts';

const partText =
  'change; of causes: selection, mechanisms that wrote into copies, outside (migrants, mates of others, transfer from others), other (edits by hand); of a line: own line (what was written; in diploids also which haplotype was passed on), outside; of own line: mechanisms, segregation (which haplotype was passed on), other; of clades: within, between; of levels: between species, clades of a species, within clades of a species; of channels: births, gametes, drive, transfer, transposition, to others (taken back: copies that are outside the subject at the end); of expressed: learning (the mean of what was acquired beyond genes, where marks pass a share of it on; its gain is as if it were inherited whole).';

const accountText =
  'change; causes, which sum to the change; clades and levels (of the population only; levels where there are two species or more) and channels, each of which sum to selection; line, whose parts own line and outside sum to its change; own line, which sum to the part of that name; expressed, what is added to the change of genomes.';

const angleColumns = (prefix: string, of: string) => [
  realColumn(`${prefix}cosine`, '', `Cosine to the gradient${of}; null for a single locus.`),
  realColumn(`${prefix}null_low`, '', '2.5 % quantile of the cosines of random directions with the covariance of the copies.'),
  realColumn(`${prefix}null_high`, '', '97.5 % quantile.'),
  realColumn(`${prefix}percentile`, '', 'Share of random directions whose cosine is lower.'),
];

/** The first columns of every row about an interval. */
const intervalColumns: readonly ExportColumn[] = [
  textColumn('population', 'Name of the population.'),
  integerColumn('from', 'ticks', 'Start of the interval: tick of the assay.'),
  integerColumn('to', 'ticks', 'Its end.'),
];

/** What each subject gained in each interval. */
export const gainsTable: ExportTable = {
  name: 'gains',
  title: 'Gains along the gradient',
  row: 'A part of the displacement of a subject in an interval, projected on the assayed gradient of its start, at the loci of a segment.',
  columns: [
    ...intervalColumns,
    textColumn(
      'subject',
      'population, species, clade (organisms that descend from one of the interval before), line, or a side of a split: mother or daughter.',
    ),
    integerColumn(
      'subject_id',
      '',
      'Number of the species (of a side too), id of the ancestor of a clade or of the organism at the end of a line; -1 of the population.',
    ),
    textColumn(
      'pair',
      'Of a side of a split: numbers of the mother species and the daughter species, such as 0/3, the same for both sides; empty for other subjects.',
    ),
    integerColumn('organisms_before', 'organisms', 'Its organisms at the start.'),
    integerColumn('organisms_after', 'organisms', 'Its organisms at the end.'),
    textColumn('segment', 'everything; policy and its layers; traits and each trait.'),
    integerColumn('loci', 'loci', 'Number of its loci.'),
    textColumn('account', accountText),
    textColumn('part', partText),
    realColumn('gain', 'log relative copies', 'Displacement times gradient, over the horizon.'),
    realColumn('gain_error', 'log relative copies', 'Its standard error, over forks.'),
    realColumn('gain_per_generation', 'log fitness a generation', 'Gain divided by the generations of the horizon.'),
    realColumn('gain_per_generation_error', 'log fitness a generation', 'Its standard error, over forks.'),
    realColumn('length', 'standard deviations of mutations', 'Length of the displacement.'),
    realColumn('along', 'standard deviations of mutations', 'Length along the gradient, below 0 downhill.'),
    realColumn('across', 'standard deviations of mutations', 'Length of the rest.'),
    ...angleColumns('', ', loci in standard deviations of their mutations'),
    realColumn('through_g', '', 'Cosine to G b, G the covariance of the copies of the subject.'),
    realColumn('through_g_percentile', '', 'Share of random directions whose cosine to G b is lower.'),
    ...angleColumns('effects_', ' in the metric of effects on actions; null without loci of a policy'),
  ],
};

/** Rows of `gainsTable`. */
export function* gainsRows({ population, intervals, line }: GainsReport): Iterable<readonly Cell[]> {
  const rates = new Map(intervals.map(({ from, horizonGenerations }) => [from, horizonGenerations]));
  for (const { from, to, subjects, horizonGenerations } of intervals) {
    for (const gains of subjects) yield* rowsOf([population, from, to], gains, horizonGenerations);
  }
  for (const { from, to, gains } of line ?? []) yield* rowsOf([population, from, to], gains, rates.get(from) as number);
}

function* rowsOf(window: readonly Cell[], gains: SubjectGains, generations: number): Iterable<readonly Cell[]> {
  const { kind, id, split, before, after, segments } = gains;
  const pair = split ? `${split.mother}/${split.daughter}` : '';
  for (const { name, loci, parts } of segments) {
    for (const one of parts) {
      const { account, part, gain, gainError, length, along, across, effects } = one;
      yield [
        ...[...window, kind, id, pair, before, after, name, loci.length, account, part],
        ...[gain, gainError, gain / generations, gainError / generations, length, along, across],
        ...[one.cosine, one.low, one.high, one.percentile, one.throughG, one.percentileThroughG],
        ...(effects ? [effects.cosine, effects.low, effects.high, effects.percentile] : [null, null, null, null]),
      ];
    }
  }
}

/** The assay at the start of each interval. */
export const assaysTable: ExportTable = {
  name: 'assays',
  title: 'Assays of a climb',
  row: 'The gradient at the start of an interval, at the loci of a segment.',
  columns: [
    ...intervalColumns,
    integerColumn('organisms', 'organisms', 'Living at the start.'),
    realColumn('clades', 'clades', 'Clades of copies at the start, mean over loci; null in the first interval.'),
    realColumn('generations', 'generations', 'By how much the mean generation of the living rose in the interval.'),
    realColumn('horizon_generations', 'generations', 'Generations in the horizon of the gradient, at that rate.'),
    integerColumn('forks', 'forks', 'Perturbed forks, in mirrored pairs.'),
    textColumn('segment', 'everything; policy and its layers; traits and each trait.'),
    integerColumn('loci', 'loci', 'Number of its loci.'),
    ...reliabilityColumns,
    realColumn(
      'predicted',
      'log fitness a generation',
      'What a linear response G b would gain in the interval, from halves of the forks.',
    ),
    realColumn(
      'evolvability',
      'mutation variances',
      'Variance along the gradient (Hansen and Houle 2008); null for a single locus.',
    ),
    realColumn(
      'conditional_evolvability',
      'mutation variances',
      'The same with all other directions held fixed, in the space of the eigenvectors that hold 99 % of the variance.',
    ),
    realColumn('dimensions', '', 'Number of these eigenvectors.'),
  ],
};

/** Rows of `assaysTable`. */
export function* assaysRows({ population, horizon, intervals }: GainsReport): Iterable<readonly Cell[]> {
  for (const interval of intervals) {
    const { from, to, organisms, clades, generations, horizonGenerations, forks } = interval;
    for (const { name, loci, reliability, reliabilityInEffects, predicted } of interval.subjects[0].segments) {
      const along = interval.evolvability.get(name);
      yield [
        ...[population, from, to, organisms, clades, generations, horizonGenerations, forks, name, loci.length],
        ...[reliability, reliabilityInEffects, (predicted * (to - from)) / horizon / horizonGenerations],
        ...(along ? [along.evolvability, along.conditional, along.dimensions] : [null, null, null]),
      ];
    }
  }
}

/** The population's steps, locus by locus. */
export const stepsTable: ExportTable = {
  name: 'steps',
  title: 'Steps of a climb',
  row: 'A part of the displacement of the mean of the population at one locus.',
  columns: [
    ...intervalColumns,
    textColumn('locus', 'Name of the locus.'),
    realColumn(
      'gradient',
      '1/locus unit',
      'Assayed gradient of the log relative number of copies over the horizon, with respect to the expressed value.',
    ),
    realColumn('error', '1/locus unit', 'Its standard error, over forks.'),
    textColumn('account', accountText),
    textColumn('part', partText),
    realColumn('step', 'locus units', 'Displacement.'),
  ],
};

/** Rows of `stepsTable`. */
export function* stepsRows({ population, loci, intervals }: GainsReport): Iterable<readonly Cell[]> {
  for (const { from, to, gradient, error, parts } of intervals) {
    for (const [l, locus] of loci.entries()) {
      for (const { account, part, step } of parts)
        yield [population, from, to, locus, gradient[l], error[l], account, part, step[l]];
    }
  }
}
