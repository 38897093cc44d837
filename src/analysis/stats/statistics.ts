import { demographyStatistics } from './statistics-of-demography.ts';
import { geneticsStatistics } from './statistics-of-genetics.ts';
import { quantitativeStatistics } from './statistics-of-quantitative.ts';
import { sweepsStatistics } from './statistics-of-sweeps.ts';
import { treesStatistics } from './statistics-of-trees.ts';

export type { Statistic, StatisticsGroup } from './statistic.ts';

/** The statistics of `upslope stats`, in the order of its output. @experimental */
export const statistics = [
  ...geneticsStatistics,
  ...demographyStatistics,
  ...sweepsStatistics,
  ...quantitativeStatistics,
  ...treesStatistics,
] as const;

/** Id of a statistic. @experimental */
export type StatisticId = (typeof statistics)[number]['id'];
