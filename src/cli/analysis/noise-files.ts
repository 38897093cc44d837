import type { WorldNoise } from '../../analysis/lab/world-noise.ts';
import { integerColumn, realColumn, textColumn } from '../../export/columns.ts';
import { type ExportTable, software } from '../../export/index.ts';
import { extensionsPart } from '../../export/run-identity.ts';
import { at, figureColours, SvgChart } from '../../runs/svg-chart.ts';
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
  row: 'A tick at which a world was forked.',
  columns: [
    integerColumn('tick', 'ticks', 'Tick of the forks.'),
    integerColumn('organisms', 'organisms', 'Organisms that lived then.'),
    integerColumn('loci', 'loci', 'Loci that were followed: all that mutate.'),
    integerColumn('forks', 'forks', 'Forks left as they are.'),
    integerColumn('perturbed', 'forks', 'Perturbed forks, which give the gradient.'),
    realColumn('step', unit, 'Length of the mean step of the mean genome over the horizon, noise of the forks taken off.'),
    realColumn('noise', unit, 'Root of the trace of the covariance C of steps over forks.'),
    realColumn('rank', '', 'Effective rank of C as so many forks show it.'),
    realColumn('full_rank', '', 'The same as if normal forks were without end; null where the forks show no end of it.'),
    realColumn('along_across', '', 'Variance along the gradient over the mean of those across.'),
    realColumn('kurtosis_along', '', 'Kurtosis along the gradient.'),
    realColumn('kurtosis_across', '', 'Mean kurtosis across it.'),
    realColumn('kurtosis_normal', '', 'Kurtosis expected of so many normal numbers.'),
    realColumn('effective_size', 'organisms', 'Ne by the variance of organisms’ copies over the horizon.'),
    realColumn('over_drift', '', 'Trace of C over that of G/Ne.'),
    realColumn('over_shadow', '', 'Trace of C over that of the neutral shadow of the same births and deaths.'),
    realColumn('slope', `1/${unit}`, 'Length of the gradient, noise of the forks taken off; null where the halves point apart.'),
  ],
};

export const noiseByLocusTable: ExportTable = {
  name: 'world_noise_by_locus',
  title: 'Noise of a world’s steps, by locus',
  row: 'A locus at a tick at which a world was forked.',
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

/** Variance of steps against drift, locus by locus: on the line where the noise is drift. */
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
