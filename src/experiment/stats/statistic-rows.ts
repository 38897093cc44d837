import type { StatisticId } from '../../analysis/stats/statistics.ts';
import { integerColumn, realColumn, textColumn, windowColumns } from '../../export/columns.ts';
import type { Cell, ExportTable } from '../../export/export-table.ts';

/** What organisms have in common that are described together. */
export const groupKinds = ['population', 'species', 'deme'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** A value of a statistic, or why there is none. */
export interface StatisticRow {
  readonly population: string;
  /** Window of ticks; both the same for a state. */
  readonly from: number;
  readonly to: number;
  readonly kind: GroupKind;
  /** Species or deme; empty for the population, and for all groups of a kind together. */
  readonly group: string;
  /** The other group, of statistics of two. */
  readonly other: string;
  readonly statistic: StatisticId;
  /** Part of the genome, trait or pair of traits; empty for all. */
  readonly about: string;
  /** NaN where it is not defined; then `note` says why. */
  readonly value: number;
  /** Standard error; NaN where none is known. */
  readonly error: number;
  /** Blocks that the error leaves out in turn; NaN without one. */
  readonly blocks: number;
  /** Bounds of the 95 % interval, of a neutral shadow the least and greatest of its runs; NaN where none is known. */
  readonly low: number;
  readonly high: number;
  /** Organisms, offspring or species that it is about; runs of a neutral shadow that have a value. */
  readonly sample: number;
  readonly note: string;
}

/** What rows of neutral shadows are about. */
export const neutralShadow = 'neutral shadow';

/** Where and of which organisms a row is. */
export type RowPlace = Pick<StatisticRow, 'population' | 'from' | 'to' | 'kind' | 'group'>;

/** A row; parts left out are empty. */
export const statisticRow = (
  place: RowPlace,
  statistic: StatisticId,
  value: number,
  sample: number,
  more: Partial<Pick<StatisticRow, 'other' | 'about' | 'error' | 'blocks' | 'low' | 'high' | 'note'>> = {},
): StatisticRow => ({ ...place, ...nothingMore, ...more, statistic, value, sample });

const nothingMore = { other: '', about: '', error: Number.NaN, blocks: Number.NaN, low: Number.NaN, high: Number.NaN, note: '' };

/** The statistics, one a row. */
export const statsTable: ExportTable = {
  name: 'stats',
  title: 'Statistics',
  row: 'A statistic of a group of organisms at a tick or over a window.',
  columns: [
    ...windowColumns.map((column) => {
      if (column.name === 'from') return { ...column, description: 'Tick after which the window begins; of a state its tick.' };
      return column.name === 'to' ? { ...column, description: 'Tick with which the window ends; of a state its tick.' } : column;
    }),
    textColumn('kind', 'population, species or deme.'),
    textColumn('group', 'Number of the species or deme; empty for the population, and for all groups of the kind together.'),
    textColumn('other', 'The other group, of statistics of two groups; otherwise empty.'),
    textColumn('statistic', 'Id of the statistic (docs/statistics.md).'),
    textColumn(
      'about',
      'Part of the genome, trait or pair of traits that it is about; or neutral shadow: the same statistic of the births and deaths with random parents. Empty for all.',
    ),
    realColumn('value', '', 'Its value; null where it is not defined. Infinite values are null too, with a note.'),
    realColumn(
      'standard_error',
      '',
      'Jackknife over blocks: of clades for selection, of families for heritability; null where none is known.',
    ),
    {
      ...integerColumn(
        'blocks',
        '',
        'Blocks that the error leaves out in turn: Student’s t has one degree of freedom less. Null without an error.',
      ),
      nullable: true,
    },
    realColumn(
      'low',
      '',
      'Lower bound of its 95 % interval; of a neutral shadow, whose value is a mean, the least of its runs. Null where none is known.',
    ),
    realColumn('high', '', 'Upper bound; of a neutral shadow the greatest of its runs.'),
    integerColumn(
      'sample',
      '',
      'Organisms, offspring or, of trees, species that it is about; of a neutral shadow its runs that have a value.',
    ),
    textColumn('note', 'Why it is not defined, or what limits it; otherwise empty.'),
  ],
};

/** Cells of a row in `statsTable`. */
export function statisticCells(row: StatisticRow): Cell[] {
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  return [
    ...[row.population, row.from, row.to, row.kind, row.group, row.other, row.statistic, row.about],
    ...[number(row.value), number(row.error), number(row.blocks), number(row.low), number(row.high), row.sample, row.note],
  ];
}

const placeColumns = [textColumn('population', 'Name of the population.'), integerColumn('tick', 'ticks', 'Tick of the state.')];

/** Frequency spectra. */
export const spectrumTable: ExportTable = {
  name: 'spectrum',
  title: 'Frequency spectra',
  row: 'Alleles or mutations with a number of copies, over all loci.',
  columns: [
    ...placeColumns,
    textColumn(
      'of',
      'values: alleles by value. mutations: mutations by origin, derived copies. founders: copies of founders by descent.',
    ),
    integerColumn('copies', '', 'Copies in the sample.'),
    integerColumn('sampled', '', 'Copies sampled.'),
    integerColumn('count', '', 'Alleles or mutations with that many copies.'),
  ],
};

/** Linkage disequilibrium by map distance. */
export const linkageTable: ExportTable = {
  name: 'linkage',
  title: 'Linkage disequilibrium',
  row: 'Pairs of loci at a map distance.',
  columns: [
    ...placeColumns,
    {
      ...realColumn('from', 'Morgans', 'Lower bound of the map distance, included; null for loci on different chromosomes.'),
      nullable: true,
    },
    realColumn('to', 'Morgans', 'Upper bound of the map distance, excluded; null for none.'),
    integerColumn('pairs', '', 'Pairs of loci that both vary.'),
    realColumn('r2', '', 'Mean squared correlation of their values over copies; null without pairs.'),
    realColumn('independent', '', 'Expected of independent loci: 1/(n - 1), n copies.'),
  ],
};

/** Lineages through time. */
export const lineagesTable: ExportTable = {
  name: 'lineages',
  title: 'Lineages through time',
  row: 'A tick at which the number of species, or of lines of the living species, changed.',
  columns: [
    ...placeColumns,
    integerColumn('species', 'species', 'Species that live from this tick on.'),
    integerColumn('ancestral', 'lines', 'Lines at this tick with descendants among the species that live at the end of the run.'),
  ],
};

/** Sweeps. */
export const sweepsTable: ExportTable = {
  name: 'sweeps',
  title: 'Sweeps',
  row: 'An origin that rose faster than drift.',
  columns: [
    ...windowColumns,
    integerColumn('locus', '', 'Position of the locus.'),
    textColumn('name', 'Its segment and name.'),
    integerColumn('linked', '', 'Other origins of the same birth with the same carriers at every tick.'),
    textColumn('kind', 'hard, or soft: another sweep of the locus rose at the same time, neither on the other.'),
    textColumn('extent', 'complete: 95 % of the copies; partial: half; part: a fifth, one of a soft sweep.'),
    textColumn('origin', 'founder or mutation.'),
    integerColumn('organism', '', 'Id of the organism in which it began.'),
    integerColumn('origin_tick', 'ticks', 'Birth of that organism.'),
    integerColumn('tick', 'ticks', 'Tick at which it was judged.'),
    realColumn('frequency', '', 'Its frequency then.'),
    integerColumn('carriers', 'copies', 'Copies that descended from it then.'),
    realColumn('transferred', '', 'Share of these that had the locus by a transfer since its origin.'),
    realColumn('s', 'a generation', 'Selection coefficient: growth of the log odds.'),
    realColumn('low', 'a generation', 'Lower bound of its 95 % interval.'),
    realColumn('high', 'a generation', 'Upper bound.'),
    realColumn('p', '', 'Chance that drift alone rises as fast as far.'),
  ],
};

/** Life tables. */
export const lifeTableTable: ExportTable = {
  name: 'life_table',
  title: 'Life tables',
  row: 'A class of ages of a group in a window.',
  columns: [
    ...windowColumns,
    textColumn('kind', 'population, species or deme.'),
    textColumn('group', 'Number of the species or deme; empty for the population.'),
    integerColumn('age_above', 'ticks', 'Ages of the class are above this.'),
    { ...integerColumn('age_to', 'ticks', 'Greatest age of the class; null for the last, which has no end.'), nullable: true },
    realColumn('exposure', 'ticks', 'Ticks lived in the class within the window, all organisms together.'),
    integerColumn('deaths', '', 'Deaths.'),
    realColumn('births', '', 'Offspring, each shared among its parents.'),
    realColumn('survival', '', 'Chance of a newborn to reach the class, l_x.'),
    realColumn('fecundity', 'a tick', 'Births an organism and tick, m_x.'),
    realColumn('expectation', 'ticks', 'Expected ticks left on reaching it, e_x.'),
  ],
};

/** G and M. */
export const matricesTable: ExportTable = {
  name: 'matrices',
  title: 'G and M matrices',
  row: 'An entry of a matrix of covariances.',
  columns: [
    ...placeColumns,
    textColumn('matrix', 'G: breeding values at a census. M: offspring minus parent, of clones born up to the tick.'),
    textColumn('trait', 'Id of a trait.'),
    textColumn('other', 'Id of the other trait, or the trait itself.'),
    realColumn('value', '', 'Covariance, in standard deviations of the traits at the first census.'),
  ],
};

/** Axes of G and M. */
export const axesTable: ExportTable = {
  name: 'axes',
  title: 'Axes of G and M',
  row: 'An entry of an eigenvector.',
  columns: [
    ...placeColumns,
    textColumn('matrix', 'G or M.'),
    integerColumn('axis', '', 'Place of the eigenvalue, the greatest is 1.'),
    realColumn('eigenvalue', '', 'Variance along the axis.'),
    textColumn('trait', 'Id of the trait.'),
    realColumn('loading', '', 'Entry of the axis, which has length 1.'),
  ],
};
