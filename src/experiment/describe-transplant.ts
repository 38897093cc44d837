import { integerColumn, realColumn, textColumn } from '../export/columns.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';
import { showMargin } from './describe-tournament.ts';
import { fewestForInterval, type MeanInterval, meanInterval } from './mean-interval.ts';

/** A fossil of a transplant. */
export interface TransplantFossil {
  readonly fossil: number;
  readonly tick: number;
}

/** One contest of a transplant. */
export interface TransplantOutcome {
  /** Place of the pair. */
  readonly pair: number;
  readonly replicate: number;
  /** Name of the segment, or '' for whole genomes. */
  readonly segment: string;
  readonly background: 'earlier' | 'later' | undefined;
  readonly margin: number;
  readonly generations: number;
}

/** A transplant between earlier and later fossils of a population, for a report. */
export interface TransplantReport {
  readonly population: string;
  readonly ticks: number;
  readonly replicates: number;
  readonly pairs: readonly { readonly earlier: TransplantFossil; readonly later: TransplantFossil }[];
  /** Loci of whole genomes. */
  readonly loci: number;
  readonly segments: readonly { readonly name: string; readonly loci: number }[];
  readonly outcomes: readonly TransplantOutcome[];
}

/** What a segment adds, or whole genomes, in one of the genomes, in both, or the difference between them: over pairs of fossils. */
export interface TransplantEffect {
  /** '' for whole genomes. */
  readonly segment: string;
  readonly loci: number;
  readonly effect: 'whole' | 'earlier' | 'later' | 'mean' | 'interaction';
  readonly interval: MeanInterval;
  /** Mean generations of these contests. */
  readonly generations: number;
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Contests of pairs of genomes, of which later loci are put into earlier ones: what effects are computed from. */
export type TransplantContests = Pick<TransplantReport, 'loci' | 'segments' | 'outcomes'> & {
  readonly pairs: readonly unknown[];
};

/** Effects with their intervals. The values of an interval are pairs of genomes: replicates are averaged first. */
export function transplantEffects({ pairs, loci, segments, outcomes }: TransplantContests): readonly TransplantEffect[] {
  const of = (segment: string, background: TransplantOutcome['background']) => {
    const own = outcomes.filter((one) => one.segment === segment && one.background === background);
    const margins = pairs.map((_, pair) => average(own.filter((one) => one.pair === pair).map(({ margin }) => margin)));
    return { margins, generations: average(own.map(({ generations }) => generations).filter((one) => !Number.isNaN(one))) };
  };
  const whole = of('', undefined);
  return [
    { segment: '', loci, effect: 'whole', interval: meanInterval(whole.margins), generations: whole.generations },
    ...segments.flatMap(({ name, loci: count }): TransplantEffect[] => {
      const [earlier, later] = [of(name, 'earlier'), of(name, 'later')];
      const generations = (earlier.generations + later.generations) / 2;
      const effect = (kind: TransplantEffect['effect'], values: readonly number[], over = generations): TransplantEffect => ({
        segment: name,
        loci: count,
        effect: kind,
        interval: meanInterval(values),
        generations: over,
      });
      const both = (combine: (a: number, b: number) => number) => earlier.margins.map((one, k) => combine(one, later.margins[k]));
      return [
        effect('earlier', earlier.margins, earlier.generations),
        effect('later', later.margins, later.generations),
        effect(
          'mean',
          both((a, b) => (a + b) / 2),
        ),
        effect(
          'interaction',
          both((a, b) => b - a),
        ),
      ];
    }),
  ];
}

/** What each segment adds, an effect a row. */
export const transplantTable: ExportTable = {
  name: 'transplant',
  title: 'Transplant',
  row: 'What later loci of a segment add to fitness, in one kind of genome.',
  columns: [
    textColumn('segment', 'Name of the segment; empty for whole genomes.'),
    integerColumn('loci', '', 'Loci of the segment.'),
    textColumn(
      'effect',
      'whole: later against earlier genomes; earlier, later: later loci against earlier ones in that genome; mean of the two; interaction: later less earlier.',
    ),
    realColumn('margin', 'log ratio of descendants', 'Mean over pairs of fossils, replicates averaged first.'),
    realColumn('low', 'log ratio of descendants', 'Its 95 % Student interval over pairs; null for fewer than five pairs.'),
    realColumn('high', 'log ratio of descendants', 'Upper bound.'),
    integerColumn('pairs', '', 'Pairs of fossils.'),
    realColumn('generations', 'generations', 'Mean generation of the living at the end of these contests.'),
    realColumn(
      'margin_per_generation',
      'log fitness a generation',
      'Margin divided by these generations, as gains of a climb are.',
    ),
  ],
};

/** Rows of `transplantTable`. */
export function* transplantRows(report: TransplantReport): Iterable<readonly Cell[]> {
  for (const { segment, loci, effect, interval, generations } of transplantEffects(report)) {
    const { mean, low, high } = interval;
    yield [segment, loci, effect, mean, low, high, report.pairs.length, generations, mean / generations];
  }
}

/** Every contest, a row each. */
export const transplantContestTable: ExportTable = {
  name: 'transplant_contests',
  title: 'Contests of a transplant',
  row: 'One contest in a fresh world.',
  columns: [
    textColumn('segment', 'Name of the segment; empty for whole genomes.'),
    textColumn('background', 'Genome in which later loci compete with earlier ones: earlier or later; empty for whole genomes.'),
    integerColumn('pair', '', 'Number of the pair, from 0.'),
    integerColumn('replicate', '', 'Number of the world, from 0: the same world in all contests of a pair.'),
    integerColumn('earlier_fossil', '', 'Number of the earlier fossil.'),
    integerColumn('earlier_tick', 'ticks', 'When it was kept.'),
    integerColumn('later_fossil', '', 'Number of the later fossil.'),
    integerColumn('later_tick', 'ticks', 'When it was kept.'),
    realColumn('margin', 'log ratio of descendants', 'Later loci against earlier ones; 0 after extinction.'),
    realColumn('generations', 'generations', 'Mean generation of the living at the end; null after extinction.'),
  ],
};

/** Rows of `transplantContestTable`. */
export function* transplantContestRows({ pairs, outcomes }: TransplantReport): Iterable<readonly Cell[]> {
  for (const { segment, background = '', pair, replicate, margin, generations } of outcomes) {
    const { earlier, later } = pairs[pair];
    const fossils = [earlier.fossil, earlier.tick, later.fossil, later.tick];
    yield [segment, background, pair, replicate, ...fossils, margin, generations];
  }
}

/** A margin with its interval, if it has one. */
export const showEffect = ({ mean, low, high }: MeanInterval): string =>
  Number.isNaN(low) ? showMargin(mean) : `${showMargin(mean)} (${showMargin(low)} to ${showMargin(high)})`;

/** What the transplant says, a sentence each: gains first, then how they depend on each other, then what they do not say. */
export function transplantSentences(report: TransplantReport): readonly string[] {
  const { pairs, segments, outcomes } = report;
  const effects = transplantEffects(report);
  const of = (segment: string, effect: TransplantEffect['effect']) =>
    effects.find((one) => one.segment === segment && one.effect === effect) as TransplantEffect;
  const whole = of('', 'whole');
  const means = segments.map(({ name }) => of(name, 'mean'));
  const isSure = ({ interval }: TransplantEffect) => interval.low > 0 || interval.high < 0;
  const depending = segments.map(({ name }) => of(name, 'interaction')).filter(isSure);
  const extinct = outcomes.filter(({ generations }) => Number.isNaN(generations)).length;
  return [
    `later genomes leave ${showEffect(whole.interval)} in log descendants over ${whole.generations.toFixed(1)} generations against earlier ones, ${showMargin(whole.interval.mean / whole.generations)} a generation; of that ${means
      .map(({ segment, interval }) => `${segment} ${showEffect(interval)}`)
      .join(', ')} by transplants, as the mean of both directions`,
    pairs.length < fewestForInterval
      ? `too few pairs for intervals: give ${fewestForInterval} or more`
      : depending.length === 0
        ? 'no segment is known to add more, or less, in later genomes than in earlier ones'
        : depending
            .map(
              ({ segment, interval }) =>
                `${segment} adds ${interval.mean > 0 ? 'more' : 'less'} in later genomes than in earlier ones`,
            )
            .join('; '),
    ...(extinct > 0 ? [`${extinct} of ${outcomes.length} contests ended in extinction and count as 0`] : []),
    'intervals are over pairs of fossils of this run, which may be relatives; other runs may differ',
  ];
}
