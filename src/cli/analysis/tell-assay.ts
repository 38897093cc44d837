import type { Alignment, AssaySummary } from '../../analysis/assay/summarise-assay.ts';

interface Told {
  readonly population: string;
  readonly tick: number;
  readonly age: number;
  readonly horizon: number;
  readonly loci: readonly string[];
}

/** Loci that are told one by one: those whose gradient stands out most against its error. */
const mostTold = 8;

/** An assay in a table and in sentences. */
export function tellAssay({ population, tick, age, horizon, loci }: Told, summaries: readonly AssaySummary[]): string {
  const [main, realised] = summaries;
  const strong = loci
    .map((locus, l) => ({ locus, b: main.gradient[l], z: main.gradient[l] / main.error[l] }))
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, mostTold);
  const lines = [
    `assay of ${population} at tick ${tick}: ${main.forks} forks of ${main.organisms} organisms over ${horizon} ticks, bodies dealt anew; ${main.clades} clades of ${age} ticks`,
    `reliability of the gradient (split halves): ${show(main.reliability)}; b G b ${show(main.additiveVariance)} of a variance in relative fitness of ${show(main.fitnessVariance)}`,
    'selection      along   across   cosine  to G b    random directions  beats       neutral shadow  beats   reliability  corrected',
    ...(['within', 'between', 'whole'] as const).map((part) => line(part, main[part])),
    'steepest loci (gradient, z): ',
    ...strong.map(({ locus, b, z }) => `  ${locus.padEnd(24)} ${signed(b)}  ${z.toFixed(1)}`),
    inWords(main),
  ];
  if (realised) {
    lines.push(
      'with bodies as they were (realised), and what circumstance adds:',
      ...(['within', 'between', 'whole'] as const).map((part) => line(part, realised[part])),
      `  along the gradient within clades: ${signed(realised.within.projection.along)} realised, ${signed(main.within.projection.along)} by genomes, ${signed(realised.within.projection.along - main.within.projection.along)} by circumstance`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const show = (value: number) => (Number.isNaN(value) ? '-' : value.toPrecision(3));
const signed = (value: number) => `${value >= 0 ? '+' : ''}${show(value)}`;

function line(
  part: string,
  { projection, throughG, null: bounds, percentile, neutral, neutralPercentile, reliability, corrected }: Alignment,
): string {
  const range = ([low, high]: readonly [number, number]) => (Number.isNaN(low) ? '-' : `${low.toFixed(2)} to ${high.toFixed(2)}`);
  const share = (value: number) => (Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)} %`);
  return [
    part.padEnd(8),
    signed(projection.along).padStart(11),
    show(projection.across).padStart(8),
    signed(projection.cosine).padStart(8),
    signed(throughG).padStart(7),
    range(bounds).padStart(20),
    share(percentile).padStart(7),
    range(neutral).padStart(20),
    share(neutralPercentile).padStart(7),
    show(reliability).padStart(12),
    show(corrected).padStart(10),
  ].join(' ');
}

/** What was found, clause by clause a number of the table. */
function inWords({ within, between, reliability }: AssaySummary): string {
  const part = (name: string, { projection, percentile, null: [low, high], neutralPercentile }: Alignment) =>
    `${name} clades ${(100 * projection.share).toFixed(0)} % of selection lay along the assayed gradient (${projection.cosine >= 0 ? 'up' : 'down'} it, cosine ${projection.cosine.toFixed(2)}), where random directions of the same covariance have cosines of ${low.toFixed(2)} to ${high.toFixed(2)}; it beats ${(100 * percentile).toFixed(0)} % of them and ${(100 * neutralPercentile).toFixed(0)} % of neutral shadows`;
  const trust = Number.isNaN(reliability) ? ' The halves of the assay do not agree: more forks are needed.' : '';
  return `Within: ${part('within', within)}. Between: ${part('between', between)}.${trust}`;
}
