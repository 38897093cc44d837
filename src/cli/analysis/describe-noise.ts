import { powerLaw } from '../../analysis/lab/power-law.ts';
import { tableLines } from '../table-lines.ts';
import type { NoiseAtTick } from './noise-files.ts';
import type { ModelsNoise } from './noise-of-models.ts';

const show = (value: number, digits = 3) =>
  Number.isNaN(value) ? '-' : Number.isFinite(value) ? value.toPrecision(digits) : 'all';

/** Exponent of noise in the gradient, in words. */
function exponentOf(slopes: readonly number[], noises: readonly number[]): string {
  const known = slopes.flatMap((slope, i) => (slope > 0 && noises[i] > 0 ? [i] : []));
  if (known.length < 3) return '-';
  const { exponent, error } = powerLaw(
    known.map((i) => slopes[i]),
    known.map((i) => noises[i]),
  );
  return `${exponent.toFixed(2)} ± ${error.toFixed(2)}`;
}

/** The noise of a world's steps as a table, tick by tick, and below it that of the lab's models on a regression. */
export function describeNoise(
  { population, horizon }: { readonly population: string; readonly horizon: number },
  ticks: readonly NoiseAtTick[],
  models: ModelsNoise,
): string {
  const [{ noise: first }] = ticks;
  const rows = ticks.map(({ tick, noise: n }) => [
    ...[`tick ${tick}`, String(n.organisms), show(n.noise), show(n.noise / n.step), show(n.rank), show(n.fullRank)],
    ...[show(n.alongAcross), show(n.kurtosisAlong), show(n.kurtosisAcross), show(n.overDrift), show(n.overShadow)],
    ...[show(n.effective, 4), show(n.slope)],
  ]);
  const slopes = ticks.map(({ noise: { slope } }) => slope);
  const noises = ticks.map(({ noise: { noise } }) => noise);
  const grows = exponentOf(slopes, noises);
  return `${[
    `noise of the steps of ${population} over ${horizon} ticks: ${first.forks} forks of the world as it is, ${first.perturbed} perturbed for the gradient, ${first.loci} loci in standard deviations of their mutation`,
    ...tableLines([
      [
        '',
        'living',
        'noise',
        'noise/step',
        'rank',
        'full rank',
        'along/across',
        'kurtosis along',
        'across',
        '/drift',
        '/shadow',
        'Ne',
        '|b|',
      ],
      ...rows,
    ]),
    `rank: of ${first.forks} forks; full rank: for an infinite number of forks. Kurtosis: ${show(first.normalKurtosis)} is expected of normal noise. /drift: over G/Ne; /shadow: over the neutral shadow of the same births and deaths.`,
    grows === '-'
      ? 'The exponent of noise in |b| needs a gradient at three ticks or more: --ticks 2000,4000,8000'
      : `The noise grows as |b| to the ${grows} over these ticks.`,
    '',
    ...besideWorld(models),
  ].join('\n')}\n`;
}

/** The same for models of the lab. */
function besideWorld({ dimensions, models }: ModelsNoise): string[] {
  const lines = models.map(({ model, middle, slopes, deviations }) => [
    model,
    ...middle.map((value) => show(value)),
    exponentOf(slopes, deviations),
  ]);
  return [
    `for comparison, single steps on a linear regression of ${dimensions} loci (upslope lab regression --ask noise)`,
    ...tableLines([['', 'noise/step', 'rank', 'along/across', 'kurtosis along', 'across', 'grows as |b| to the'], ...lines]),
  ];
}
