import type { WorldNoise } from '../../analysis/lab/world-noise.ts';
import { at, figureColours, SvgChart } from '../../experiment/svg-chart.ts';
import { integerColumn, realColumn, textColumn } from '../../export/columns.ts';
import { type ExportTable, software } from '../../export/index.ts';
import { extensionsPart } from '../../export/run-identity.ts';
import type { Io } from '../io.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';

/** The noise of a world's steps at a tick. */
export interface NoiseAtTick {
  readonly tick: number;
  readonly noise: WorldNoise;
}

const unit = 'mutation s.d.';

export const worldNoiseTable: ExportTable = {
  name: 'world_noise',
  title: 'Noise of a world’s steps',
  row: 'One tick at which a world was forked.',
  columns: [
    integerColumn('tick', 'ticks', 'Tick of the forks.'),
    integerColumn('organisms', 'organisms', 'Organisms alive at that tick.'),
    integerColumn('loci', 'loci', 'Number of loci that were followed: all that mutate.'),
    integerColumn('forks', 'forks', 'Number of unperturbed forks.'),
    integerColumn('perturbed', 'forks', 'Number of perturbed forks, which give the gradient.'),
    realColumn(
      'step',
      unit,
      'Length of the mean step of the mean genome over the horizon, corrected for the noise of the forks.',
    ),
    realColumn('noise', unit, 'Root of the trace of the covariance C of steps over forks.'),
    realColumn('rank', '', 'Effective rank of C estimated from this number of forks.'),
    realColumn(
      'full_rank',
      '',
      'The same extrapolated to an infinite number of normal forks; null where the rank keeps growing with the number of forks.',
    ),
    realColumn('along_across', '', 'Variance along the gradient over the mean variance across it.'),
    realColumn('kurtosis_along', '', 'Kurtosis along the gradient.'),
    realColumn('kurtosis_across', '', 'Mean kurtosis across it.'),
    realColumn('kurtosis_normal', '', 'Expected kurtosis of this number of normal variates.'),
    realColumn('effective_size', 'organisms', 'Ne by the variance of organisms’ copies over the horizon.'),
    realColumn('over_drift', '', 'Trace of C over that of G/Ne.'),
    realColumn('over_shadow', '', 'Trace of C over that of the neutral shadow of the same births and deaths.'),
    realColumn(
      'slope',
      `1/${unit}`,
      'Length of the gradient, corrected for the noise of the forks; null where its two halves point in opposite directions.',
    ),
  ],
};

export const noiseByLocusTable: ExportTable = {
  name: 'world_noise_by_locus',
  title: 'Noise of a world’s steps, by locus',
  row: 'One locus at one tick at which a world was forked.',
  columns: [
    integerColumn('tick', 'ticks', 'Tick of the forks.'),
    textColumn('locus', 'Name of the locus.'),
    realColumn('noise', `(${unit})^2`, 'Variance of the step over forks.'),
    realColumn('shadow', `(${unit})^2`, 'Variance of the step of the neutral shadow.'),
    realColumn('drift', `(${unit})^2`, 'G/Ne.'),
    realColumn('gradient', `1/${unit}`, 'Assayed gradient.'),
  ],
};

/** Files of a call by name. */
export function noiseFiles(
  io: Io,
  loci: readonly string[],
  ticks: readonly NoiseAtTick[],
  question: Readonly<Record<string, unknown>>,
): ResultFiles {
  const rows = ticks.map(({ tick, noise: n }) => [
    ...[tick, n.organisms, n.loci, n.forks, n.perturbed, n.step, n.noise, n.rank],
    ...[Number.isFinite(n.fullRank) ? n.fullRank : null, n.alongAcross, n.kurtosisAlong, n.kurtosisAcross, n.normalKurtosis],
    ...[n.effective, n.overDrift, n.overShadow, n.slope],
  ]);
  const byLocus = ticks.flatMap(({ tick, noise: { byLocus: l } }) =>
    loci.map((name, i) => [tick, name, l.noise[i], l.shadow[i], l.drift[i], l.gradient[i]]),
  );
  return {
    'world_noise.parquet': parquetOf(worldNoiseTable, rows),
    'world_noise_by_locus.parquet': parquetOf(noiseByLocusTable, byLocus),
    'world_noise.svg': `${drawNoise(ticks)}\n`,
    'provenance.json': `${JSON.stringify({ software, ...extensionsPart(io.catalogue.extensions), command: 'noise', ...question, environment: io.environment }, null, 2)}\n`,
  };
}

/** Variance of steps against drift, locus by locus: on the line the noise is drift. */
export function drawNoise(ticks: readonly NoiseAtTick[]): string {
  const points = ticks.flatMap(({ noise: { byLocus } }, t) =>
    Array.from(byLocus.noise, (noise, l) => ({ t, drift: byLocus.drift[l], noise })).filter(
      ({ drift, noise }) => drift > 0 && noise > 0,
    ),
  );
  const all = points.flatMap(({ drift, noise }) => [drift, noise]);
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0.1, 1];
  const colourOf = (t: number) => figureColours[t % figureColours.length];
  const chart = new SvgChart(
    'Noise of the mean of each locus',
    { label: 'Drift, G/Ne ((mutation s.d.)^2)', domain: [low, high], log: true },
    { label: 'Variance of the step over forks ((mutation s.d.)^2); on the line it is drift', domain: [low, high], log: true },
    ticks.map(({ tick }, t) => ({ name: `tick ${tick}`, colour: colourOf(t) })),
    { width: 560, height: 420, ink: '#222222', faint: '#88888866' },
  );
  chart.add(
    `<path d="M${at(chart.x(low))} ${at(chart.y(low))}L${at(chart.x(high))} ${at(chart.y(high))}" stroke="#222222" stroke-dasharray="5 3"/>`,
  );
  for (const { t, drift, noise } of points) chart.dot(drift, noise, colourOf(t));
  return String(chart);
}
