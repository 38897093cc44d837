import type { LocusSegment } from '../analysis/assay/locus-segments.ts';
import type { ChanceDisplacement } from '../analysis/rivals/chance-displacement.ts';
import type { Rival } from '../analysis/rivals/choose-rivals.ts';
import type { RivalEstimate, RivalRate } from '../analysis/rivals/rival-rates.ts';
import type { RivalDifference, SegmentWorth } from '../analysis/rivals/rival-worth.ts';
import { percent, show, signed } from './assay-sentence.ts';
import { mainSegments } from './describe-gains.ts';
import { type TransplantContests, type TransplantEffect, transplantEffects } from './describe-transplant.ts';
import { fewestForInterval } from './mean-interval.ts';

/** Contests of living organisms of two rivals: the winner's genome is the later one, the loser's the earlier one. */
export interface RivalContests extends TransplantContests {
  readonly pairs: readonly { readonly winner: number; readonly loser: number }[];
  readonly ticks: number;
}

/** Genomes of two rivals at one tick, and what their difference is worth on the gradient of the opening. */
export interface ValuedDifference {
  /** By assayed locus. */
  readonly loci: readonly RivalDifference[];
  /** By segment, everything first. */
  readonly worth: readonly SegmentWorth[];
}

/** Why one clade, or species, took over from another. */
export interface RivalsReport {
  readonly population: string;
  readonly kind: Rival['kind'];
  readonly from: number;
  readonly to: number;
  /** Age of the clades at `from`. */
  readonly age: number;
  readonly winner: Pick<Rival, 'id' | 'before' | 'after'>;
  readonly loser: Pick<Rival, 'id' | 'before' | 'after'>;
  readonly totals: { readonly before: number; readonly after: number };
  /** How many there were to choose from, and whether either was chosen by its gains. */
  readonly rivals: number;
  readonly chosen: boolean;
  /** By how much the mean generation of the living rose, and generations in one horizon at that rate. */
  readonly generations: number;
  readonly horizon: number;
  readonly horizonGenerations: number;
  /** Share of the offspring in the interval that had a second parent. */
  readonly mated: number;
  readonly chance: ChanceDisplacement;
  readonly rates: readonly RivalRate[];
  readonly traits: readonly (RivalDifference & { readonly id: string; readonly unit: string })[];
  /** Names of the assayed loci, the gradient at `from` and its standard error; 1/locus unit. */
  readonly loci: readonly string[];
  readonly gradient: ArrayLike<number>;
  readonly gradientError: ArrayLike<number>;
  readonly forks: number;
  readonly segments: readonly LocusSegment[];
  readonly opening: ValuedDifference;
  /** At `to`; undefined if one of them is extinct. */
  readonly close: ValuedDifference | undefined;
  /** Undefined where none were held. */
  readonly contests: RivalContests | undefined;
}

/** A number with its error, of which two digits are enough. */
const withError = ({ value, error }: RivalEstimate, showValue = show) =>
  Number.isNaN(value)
    ? 'unknown'
    : Number.isNaN(error)
      ? `${showValue(value)} (error unknown)`
      : `${showValue(value)} ± ${error.toPrecision(2)}`;
const timesThousand = ({ value, error }: RivalEstimate) => ({ value: 1000 * value, error: 1000 * error });
const perThousand = (one: RivalEstimate, showValue = show) => withError(timesThousand(one), showValue);

/** Whether the 95 % interval of a difference is on one side of 0. */
const isSure = ({ low, high }: { readonly low: number; readonly high: number }) => low > 0 || high < 0;

/** What a difference is worth, log fitness a generation. */
export const worthPerGeneration = ({ horizonGenerations }: RivalsReport, { worth, error }: SegmentWorth): RivalEstimate => ({
  value: worth / horizonGenerations,
  error: error / horizonGenerations,
});

const signedPlain = (one: RivalEstimate) => withError(one, signed);

/** Neutral loci: what they are worth is noise. */
const isMarker = (name: string) => name.startsWith('marker.');

/** Segments of one locus, or of several beside everything, none within another where both are listed. */
const listed = (worth: readonly SegmentWorth[]): readonly SegmentWorth[] => {
  const single = worth.filter(({ name, loci }) => loci.length === 1 && !isMarker(name));
  return single.length > 0 ? [...worth.filter(({ name }) => name === 'policy'), ...single] : worth.slice(1);
};

/** The three segments whose difference is worth most, for better or worse. */
export const steepest = (worth: readonly SegmentWorth[]): readonly SegmentWorth[] =>
  [...listed(worth)].sort((a, b) => Math.abs(b.worth) - Math.abs(a.worth)).slice(0, 3);

/** Effects of contests a generation, with their intervals; margins are divided by the generations of the contests. */
export const contestEffects = (contests: RivalContests): readonly TransplantEffect[] =>
  transplantEffects(contests).map((one) => {
    const { mean, low, high, deviation } = one.interval;
    const over = one.generations;
    return {
      ...one,
      interval: { ...one.interval, mean: mean / over, low: low / over, high: high / over, deviation: deviation / over },
    };
  });

const showInterval = ({ interval: { mean, low, high } }: TransplantEffect) =>
  Number.isNaN(low) ? signed(mean) : `${signed(mean)} (${signed(low)} to ${signed(high)})`;

/** Why one of them won, a sentence each: numbers side by side, what genomes differ by and what that is worth, what contests say, what is not known. */
export function rivalSentences(report: RivalsReport): readonly string[] {
  const { population, kind, from, to, winner, loser, chance, generations, rates, opening, close, contests } = report;
  const rate = (measure: string) => rates.find((one) => one.measure === measure) as RivalRate;
  const each = (of: RivalRate, how: (one: RivalEstimate) => string = perThousand) => `${how(of.winner)} against ${how(of.loser)}`;
  const [growth, births, deaths, food] = ['growth', 'births', 'deaths', 'food'].map(rate);
  const causes = rates.filter(
    ({ measure, winner: one, loser: two }) => measure.startsWith('deaths.') && one.value + two.value > 0,
  );
  const [median, mean] = [rate('first_offspring_median'), rate('first_offspring_mean')];
  const [everything] = opening.worth;
  const main = mainSegments(report.segments).map(({ name }) => opening.worth.find((one) => one.name === name) as SegmentWorth);
  const value = (one: SegmentWorth) => signedPlain(worthPerGeneration(report, one));
  const traits = report.traits
    .filter(({ id, spread, difference }) => !isMarker(id) && spread > 0 && difference !== 0)
    .sort((a, b) => Math.abs(b.difference / b.spread) - Math.abs(a.difference / a.spread))
    .slice(0, 3);
  const total = chance.displacement / generations;
  const effects = contests && contestEffects(contests);
  const whole = effects?.find(({ effect }) => effect === 'whole');
  return [
    `${population}, ticks ${from} to ${to} (${generations.toFixed(1)} generations): ${kind} ${winner.id} went from ${winner.before} organisms to ${winner.after}, ${kind} ${loser.id} from ${loser.before} to ${loser.after}; the log of their ratio rose by ${show(chance.displacement)}, ${signed(total)} a generation`,
    `with random parents ${report.chosen ? 'and rivals chosen in the same way ' : ''}it would rise by ${signed(chance.low)} to ${signed(chance.high)} (95 % of neutral shadows), and by less than it did in ${percent(chance.percentile)} of them`,
    `per 1,000 organism-ticks the winner grew by ${perThousand(growth.winner, signed)} and the loser by ${perThousand(growth.loser, signed)}: of the difference of ${perThousand(growth.difference, signed)}, births make ${perThousand(births.difference, signed)} and deaths ${perThousand({ ...deaths.difference, value: -deaths.difference.value }, signed)}`,
    `births per 1,000 organism-ticks: ${each(births)}; deaths: ${each(deaths)}${causes.length > 1 ? ` (${causes.map((one) => `${one.measure.slice(7)} ${each(one)}`).join(', ')})` : ''}`,
    ...(food ? [`energy taken in per 1,000 organism-ticks: ${each(food)}`] : []),
    `mean age at first offspring, of those that had any: ${each(mean, withError)} ticks; half have offspring by an age of ${each(median, (one) => (Number.isNaN(one.value) ? 'none (fewer than half do)' : withError(one)))}, if those that die or are still without count as not observed any longer`,
    ...(traits.length > 0
      ? [
          `traits that differ most at tick ${from}: ${traits.map(({ id, winner: one, loser: two, difference, spread }) => `${id} ${show(one)} against ${show(two)} (${signed(difference / spread)} standard deviations)`).join(', ')}`,
        ]
      : []),
    `on the gradient of tick ${from} the difference of their genomes is worth ${value(everything)} log fitness a generation${main.length > 1 ? `: ${main.map((one) => `${one.name} ${value(one)}`).join(', ')}` : ''}${
      listed(opening.worth).length > 1
        ? `; most in ${steepest(opening.worth)
            .map((one) => `${one.name} ${value(one)}`)
            .join(', ')}`
        : ''
    }`,
    ...(close ? [`at tick ${to} it is worth ${value(close.worth[0])} on the same gradient`] : []),
    ...(whole && effects
      ? [
          `in fresh worlds, half and half, winner genomes of tick ${from} gain ${showInterval(whole)} log fitness a generation against loser genomes${effects
            .filter(({ effect }) => effect === 'mean')
            .map((one) => `; loci of ${one.segment} alone ${showInterval(one)}`)
            .join('')}`,
        ]
      : []),
    `± is a standard error, of rates over the descendants of each organism of tick ${from}, of worth over ${report.forks} forks${whole && !Number.isNaN(whole.interval.low) ? '; in brackets 95 % over pairs of organisms' : ''}`,
    `What we cannot tell: ${unknowns(report, total).join('; ')}`,
  ];
}

/** Why one of them won, in two short sentences. */
export function shortRivals({
  kind,
  from,
  to,
  winner,
  loser,
  rates,
}: Pick<RivalsReport, 'kind' | 'from' | 'to' | 'winner' | 'loser' | 'rates'>): string {
  const [growth, births, deaths] = ['growth', 'births', 'deaths'].map(
    (measure) => 1000 * (rates.find((one) => one.measure === measure) as RivalRate).difference.value,
  );
  const count = ({ id, before, after }: Pick<Rival, 'id' | 'before' | 'after'>) => `${kind} ${id}: ${before} to ${after}`;
  return `Ticks ${from} to ${to}. ${count(winner)}; ${count(loser)}. Growth differs by ${signed(growth)}: births ${signed(births)}, deaths ${signed(-deaths)}.`;
}

/** Whether chance alone parts rivals as far in more than 2.5 % of neutral shadows. */
const isByChance = ({ percentile }: ChanceDisplacement) => percentile < 0.975;

/** How a clade fared that was asked about. */
export type Fared = 'won' | 'lost' | 'undecided';

/** How the clade fared that was asked about: undecided where chance alone may part them as far; undefined if none was asked about. */
export const faredOf = ({
  asked,
  chance,
}: {
  readonly asked: 'winner' | 'loser' | undefined;
  readonly chance: ChanceDisplacement;
}): Fared | undefined => asked && (isByChance(chance) ? 'undecided' : asked === 'winner' ? 'won' : 'lost');

/** What the numbers leave open, a clause each. */
function unknowns(report: RivalsReport, total: number): readonly string[] {
  const { chance, rates, opening, contests, segments, chosen, mated } = report;
  const [everything] = opening.worth;
  const value = worthPerGeneration(report, everything);
  const growth = rates.find(({ measure }) => measure === 'growth') as RivalRate;
  const parted = (growth.difference.error * (report.to - report.from)) / report.generations;
  const rest = { value: total - value.value, error: Math.sqrt(value.error * value.error + parted * parted) };
  const named: readonly (readonly [string, string])[] = [
    ['births', 'births'],
    ['deaths', 'deaths'],
    ['food', 'food'],
    ['first_offspring_median', 'age at first offspring'],
  ];
  const open = named.filter(([measure]) => {
    const found = rates.find((one) => one.measure === measure);
    return found && !isSure(found.difference);
  });
  const vague = listed(opening.worth).filter(({ worth, error }) => !(Math.abs(worth) > 2 * error));
  const effects = contests && contestEffects(contests);
  const whole = effects?.find(({ effect }) => effect === 'whole');
  return [
    ...(isByChance(chance) ? ['whether the winner won by more than chance'] : []),
    ...(chosen ? ['how much the rates differ because these two were chosen for how they fared'] : []),
    ...(open.length > 0
      ? [
          `whether they differ in ${open.map(([, name]) => name).join(', ')}: the 95 % intervals of the differences hold 0 or are not known`,
        ]
      : []),
    `why they parted by ${signed(total)} a generation instead of the ${signed(value.value)} that the gradient gives (${signedPlain(rest)}): places, luck, curvature, other competitors`,
    ...(vague.length > 0
      ? [`what ${vague.length} of ${listed(opening.worth).length} segments are worth: within two standard errors of 0`]
      : []),
    ...(mated > 0
      ? [`what second parents brought: clades follow first parents, and ${percent(mated)} of the offspring had two`]
      : segments[0].loci.length > 1
        ? ['which loci of a segment matter: loci of one clade are inherited together']
        : []),
    ...(!contests
      ? ['what a contest says: none was held']
      : contests.pairs.length < fewestForInterval
        ? [`how sure contests are: ${contests.pairs.length} pairs are too few`]
        : whole && !isSure(whole.interval)
          ? ['whether winner genomes beat loser genomes in a fresh world: the interval holds 0']
          : []),
    'whether the advantage depends on how common each is',
    'whether another world would have had the same winner',
  ];
}

/** Cells of a table to print: a measure a row, both rivals and their difference. */
export const rateLines = ({
  rates,
  winner,
  loser,
  kind,
}: Pick<RivalsReport, 'rates' | 'winner' | 'loser' | 'kind'>): readonly (readonly string[])[] => [
  ['', `winner (${kind} ${winner.id})`, `loser (${kind} ${loser.id})`, 'difference', '95 % interval'],
  ...rates
    .filter((one) => !(one.measure.startsWith('deaths.') && one.winner.value + one.loser.value === 0))
    .map((one) => {
      const scale = isPerTick(one) ? 1000 : 1;
      const cell = ({ value, error }: RivalEstimate) => withError({ value: scale * value, error: scale * error });
      const { low, high } = one.difference;
      return [
        nameRate(one),
        cell(one.winner),
        cell(one.loser),
        cell(one.difference),
        Number.isNaN(low) ? '-' : `${signed(scale * low)} to ${signed(scale * high)}`,
      ];
    }),
];

const isPerTick = ({ unit }: RivalRate) => unit.endsWith('organism-tick');

const rateNames: Readonly<Record<string, string>> = {
  growth: 'growth',
  births: 'births',
  deaths: 'deaths',
  food: 'energy taken in',
  first_offspring_median: 'age at first offspring, median',
  first_offspring_mean: 'age at first offspring, mean',
};

/** A measure as a person reads it. */
export const nameRate = (rate: RivalRate): string =>
  `${rateNames[rate.measure] ?? `deaths: ${rate.measure.slice(7)}`}${isPerTick(rate) ? ' (per 1,000 organism-ticks)' : ' (ticks)'}`;

/** The same for worth: a segment a row, at both ends of the interval. */
export const worthLines = (report: RivalsReport): readonly (readonly string[])[] => [
  ['worth, log fitness a generation', 'loci', `tick ${report.from}`, `tick ${report.to}`, 'reliability'],
  ...report.opening.worth.map((one, s) => [
    one.name,
    String(one.loci.length),
    signedPlain(worthPerGeneration(report, one)),
    report.close ? signedPlain(worthPerGeneration(report, report.close.worth[s])) : '-',
    Number.isNaN(one.reliability) ? '-' : one.reliability.toFixed(2),
  ]),
];
