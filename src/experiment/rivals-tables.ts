import { integerColumn, realColumn, reliabilityColumns, textColumn } from '../export/columns.ts';
import type { Cell, ExportColumn, ExportTable } from '../export/export-table.ts';
import { contestEffects, type RivalsReport, worthPerGeneration } from './describe-rivals.ts';

/** The first columns of every row: which rivals, and when. */
const rivalColumns: readonly ExportColumn[] = [
  textColumn('population', 'Name of the population.'),
  integerColumn('from', 'ticks', 'Start of the interval.'),
  integerColumn('to', 'ticks', 'Its end.'),
  textColumn('kind', 'clade (organisms that descend from one that lived the age of clades before the interval) or species.'),
  integerColumn('winner', '', 'Id of the organism from which the winner descends, or number of the species.'),
  integerColumn('loser', '', 'The same of the loser.'),
];

const rivalCells = ({ population, from, to, kind, winner, loser }: RivalsReport): readonly Cell[] => [
  ...[population, from, to, kind, winner.id, loser.id],
];

/** Rates of two rivals, side by side. */
export const ratesTable: ExportTable = {
  name: 'rates',
  title: 'Rates of rivals',
  row: 'A rate of two rivals over an interval.',
  columns: [
    ...rivalColumns,
    textColumn(
      'measure',
      'growth (births less deaths); births; deaths; deaths.CAUSE; food (energy taken in, by organisms that survived the tick); first_offspring_median (age by which half have offspring, product-limit estimate); first_offspring_mean (of those that had any in the interval).',
    ),
    textColumn('unit', 'Its unit.'),
    realColumn('winner_value', '', 'Of the winner.'),
    realColumn('winner_error', '', 'Its standard error over subclades, by a block bootstrap.'),
    realColumn('loser_value', '', 'Of the loser.'),
    realColumn('loser_error', '', 'Its standard error.'),
    realColumn('difference', '', 'Winner less loser.'),
    realColumn('difference_error', '', 'Its standard error.'),
    realColumn('difference_low', '', 'Its 95 % Student interval; null where subclades are too few.'),
    realColumn('difference_high', '', 'Upper bound.'),
  ],
};

/** Rows of `ratesTable`. */
export function* ratesRows(report: RivalsReport): Iterable<readonly Cell[]> {
  for (const { measure, unit, winner, loser, difference } of report.rates) {
    yield [
      ...[...rivalCells(report), measure, unit, winner.value, winner.error, loser.value, loser.error],
      ...[difference.value, difference.error, difference.low, difference.high],
    ];
  }
}

/** What the difference of genomes is worth, by segment. */
export const worthTable: ExportTable = {
  name: 'worth',
  title: 'Worth of differences',
  row: 'The difference of the genomes of two rivals at the loci of a segment, on the gradient of the start of the interval.',
  columns: [
    ...rivalColumns,
    integerColumn('tick', 'ticks', 'Tick of the genomes.'),
    textColumn('segment', 'everything; policy and its layers; traits and each trait.'),
    integerColumn('loci', 'loci', 'Number of its loci.'),
    realColumn('worth', 'log ratio of copies', 'Difference times gradient, over the horizon.'),
    realColumn('worth_error', 'log ratio of copies', 'Its standard error, over forks.'),
    realColumn('worth_per_generation', 'log fitness a generation', 'Worth divided by the generations of the horizon.'),
    realColumn('worth_per_generation_error', 'log fitness a generation', 'Its standard error, over forks.'),
    reliabilityColumns[0],
  ],
};

/** Rows of `worthTable`. */
export function* worthRows(report: RivalsReport): Iterable<readonly Cell[]> {
  for (const [tick, valued] of [
    [report.from, report.opening],
    [report.to, report.close],
  ] as const) {
    for (const one of valued?.worth ?? []) {
      const { value, error } = worthPerGeneration(report, one);
      yield [...[...rivalCells(report), tick, one.name, one.loci.length, one.worth, one.error, value, error], one.reliability];
    }
  }
}

/** Loci of two rivals, side by side. */
export const rivalLociTable: ExportTable = {
  name: 'rival_loci',
  title: 'Loci of rivals',
  row: 'A locus, or an expressed trait, of two rivals.',
  columns: [
    ...rivalColumns,
    integerColumn('tick', 'ticks', 'Tick of the genomes.'),
    textColumn('what', 'locus or trait (as expressed, at the start only).'),
    textColumn('name', 'Name of the locus, or id of the trait.'),
    textColumn('unit', 'Its unit.'),
    realColumn('winner_mean', '', 'Mean of the copies of the winner.'),
    realColumn('loser_mean', '', 'The same of the loser.'),
    realColumn('difference', '', 'Winner less loser.'),
    realColumn('spread', '', 'Standard deviation of all copies of the population.'),
    realColumn('gradient', '1/locus unit', 'Assayed gradient at the start; null for a trait.'),
    realColumn('gradient_error', '1/locus unit', 'Its standard error, over forks.'),
  ],
};

/** Rows of `rivalLociTable`. */
export function* rivalLociRows(report: RivalsReport): Iterable<readonly Cell[]> {
  const { from, to, opening, close, loci, traits, gradient, gradientError } = report;
  for (const [tick, valued] of [
    [from, opening],
    [to, close],
  ] as const) {
    for (const [l, { winner, loser, difference, spread }] of (valued?.loci ?? []).entries()) {
      const means = [winner, loser, difference, spread];
      yield [...rivalCells(report), tick, 'locus', loci[l], 'locus units', ...means, gradient[l], gradientError[l]];
    }
  }
  for (const { id, unit, winner, loser, difference, spread } of traits)
    yield [...rivalCells(report), from, 'trait', id, unit, winner, loser, difference, spread, null, null];
}

/** What contests between organisms of two rivals say. */
export const rivalContestsTable: ExportTable = {
  name: 'rival_contests',
  title: 'Contests of rivals',
  row: 'What loci of the winner add to fitness against those of the loser, in fresh worlds.',
  columns: [
    ...rivalColumns,
    textColumn('segment', 'Name of the segment; empty for whole genomes.'),
    integerColumn('loci', 'loci', 'Loci of the segment.'),
    textColumn(
      'genomes',
      'whole: winner against loser genomes; loser, winner: loci of the winner against those of the loser in genomes of that rival; mean of the two; interaction: winner less loser.',
    ),
    realColumn(
      'margin',
      'log fitness a generation',
      'Log ratio of descendants divided by the generations of the contests, mean over pairs.',
    ),
    realColumn('low', 'log fitness a generation', 'Its 95 % Student interval over pairs; null for fewer than five pairs.'),
    realColumn('high', 'log fitness a generation', 'Upper bound.'),
    integerColumn('pairs', '', 'Pairs of organisms.'),
    realColumn('generations', 'generations', 'Mean generation of the living at the end of these contests.'),
  ],
};

const genomesOf = { whole: 'whole', earlier: 'loser', later: 'winner', mean: 'mean', interaction: 'interaction' } as const;

/** Rows of `rivalContestsTable`. */
export function* rivalContestsRows(report: RivalsReport): Iterable<readonly Cell[]> {
  if (!report.contests) return;
  for (const { segment, loci, effect, interval, generations } of contestEffects(report.contests)) {
    const { mean, low, high } = interval;
    yield [
      ...[...rivalCells(report), segment, loci, genomesOf[effect], mean, low, high],
      ...[report.contests.pairs.length, generations],
    ];
  }
}
