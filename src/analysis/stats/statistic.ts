/** What a statistic needs to be worked out. @experimental */
export type StatisticsGroup = 'genetics' | 'demography' | 'sweeps' | 'quantitative' | 'trees';

/** A statistic of `upslope stats`: terminal, tables and docs/statistics.md are written from this description. @experimental */
export interface Statistic {
  readonly id: string;
  readonly group: StatisticsGroup;
  /** The field's term. */
  readonly title: string;
  readonly symbol: string;
  readonly unit: string;
  /** One plain line. */
  readonly meaning: string;
  readonly formula: string;
  readonly source: string;
  /** When it is not defined. */
  readonly undefinedWhen: string;
  /** What it is about here, where generations overlap and a locus holds a number. */
  readonly here: string;
}
