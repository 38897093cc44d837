// The files that `upslope assay` writes: tables of the gradient, of segments and of alignments, and their provenance.

import type { AssayKind } from '../../analysis/assay/perform-assay-fork.ts';
import { type AssaySummary, assayParts } from '../../analysis/assay/summarise-assay.ts';
import { integerColumn, realColumn, reliabilityColumns, textColumn } from '../../export/columns.ts';
import { type ExportTable, software } from '../../export/index.ts';
import { extensionsPart } from '../../export/run-identity.ts';
import type { Io } from '../io.ts';
import { parquetOf, type ResultFiles } from '../result-files.ts';

const kindText =
  'realised (bodies as they are), reshuffled (bodies shuffled among genomes) or perturbed (the same, and every copy moved at random).';

const partText = { whole: 'all of it', within: 'within clades', between: 'between clades' } as const;

export const gradientTable: ExportTable = {
  name: 'assay',
  title: 'Assay',
  row: 'A locus of an assay.',
  columns: [
    textColumn('locus', 'Name of the locus.'),
    realColumn(
      'gradient',
      '1/locus unit',
      'Assayed gradient of the log relative number of copies over the horizon, with respect to the expressed value.',
    ),
    realColumn('error', '1/locus unit', 'Its standard error, over forks.'),
    ...(['realised', 'reshuffled', 'perturbed'] as const).flatMap((kind) =>
      assayParts.map((part) =>
        realColumn(`selection_${kind}_${part}`, 'locus units', `Selection differential, ${partText[part]}; ${kindText}`),
      ),
    ),
  ],
};

export const segmentTable: ExportTable = {
  name: 'segments',
  title: 'Segments',
  row: 'A segment of the genome in an assay.',
  columns: [
    textColumn('segment', 'everything; policy and its layers; traits and each trait.'),
    integerColumn('loci', 'loci', 'Number of its loci.'),
    realColumn('steepness', '1/locus unit', 'Length of the gradient at these loci.'),
    realColumn('share', '', 'Share of the square of the whole gradient, corrected for the noise of the forks.'),
    ...reliabilityColumns,
    realColumn('forks_wanted', 'forks', 'Number of perturbed forks for a reliability of 0.8.'),
  ],
};

export const alignmentTable: ExportTable = {
  name: 'alignment',
  title: 'Alignment',
  row: 'A part of selection compared with the assayed gradient, at the loci of a segment.',
  columns: [
    textColumn('segment', 'Segment of the genome.'),
    textColumn(
      'metric',
      'loci (locus units) or effects (of a policy on actions: the Fisher information of their distribution, with 5 % of its mean diagonal added). Gains are the same in both.',
    ),
    textColumn('bodies', kindText),
    textColumn('part', 'whole, or within or between clades; each copy of each locus has its own clades.'),
    realColumn(
      'length',
      'locus units',
      'Length of selection; effects have no unit, and the square of their length is twice the divergence of actions.',
    ),
    realColumn('gain', 'relative fitness', 'Selection times gradient, over the horizon.'),
    realColumn('gain_error', 'relative fitness', 'Its standard error, by a jackknife over forks.'),
    realColumn('along', 'locus units', 'Length along the gradient, below 0 downhill.'),
    realColumn('across', 'locus units', 'Length of the rest.'),
    realColumn('cosine', '', 'Cosine to the gradient, of selection averaged over forks; null for a single locus.'),
    realColumn('cosine_error', '', 'Its standard error, by a jackknife over forks.'),
    realColumn('replay_cosine', '', 'Mean cosine of the selection of single forks.'),
    realColumn('null_low', '', '2.5 % quantile of the cosines of random directions with the covariance of this part.'),
    realColumn('null_high', '', '97.5 % quantile.'),
    realColumn('percentile', '', 'Share of random directions whose cosine is lower.'),
    realColumn('through_g', '', 'Cosine to G b, G the covariance of this part.'),
    realColumn('through_g_null_low', '', '2.5 % quantile of the cosines of random directions to G b.'),
    realColumn('through_g_null_high', '', '97.5 % quantile.'),
    realColumn('through_g_percentile', '', 'Share of random directions whose cosine to G b is lower.'),
    realColumn(
      'neutral_low',
      '',
      '2.5 % quantile of the cosines of neutral shadows: births and deaths of a fork with random parents.',
    ),
    realColumn('neutral_high', '', '97.5 % quantile.'),
    realColumn('neutral_percentile', '', 'Share of shadows whose cosine is lower.'),
    realColumn('reliability', '', 'Reliability of this selection, over forks.'),
    realColumn('corrected', '', 'Cosine corrected for the noise of both.'),
  ],
};

/** Files of an assay by name. */
export function assayFiles(
  io: Io,
  loci: readonly string[],
  { gradient, error, selection, segments }: AssaySummary,
  question: Readonly<Record<string, unknown>>,
): ResultFiles {
  const kinds: readonly AssayKind[] = ['realised', 'reshuffled', 'perturbed'];
  const gradients = loci.map((locus, l) => [
    locus,
    gradient[l],
    error[l],
    ...kinds.flatMap((kind) => assayParts.map((part) => selection[kind]?.[part][l] ?? null)),
  ]);
  const metrics = segments.flatMap(({ name, alignments: own, effects }) => [
    { name, metric: 'loci', own },
    ...(effects ? [{ name, metric: 'effects', own: effects.alignments }] : []),
  ]);
  const alignments = metrics.flatMap(({ name, metric, own }) =>
    kinds.flatMap((kind) =>
      assayParts.flatMap((part) => {
        const a = own[kind]?.[part];
        if (!a) return [];
        const angle = [a.cosine, a.cosineError, a.replayCosine, ...a.null, a.percentile];
        const through = [a.throughG, ...a.nullThroughG, a.percentileThroughG];
        const drift = [...a.neutral, a.neutralPercentile];
        const size = [a.length, a.gain, a.gainError, a.along, a.across];
        return [[name, metric, kind, part, ...size, ...angle, ...through, ...drift, a.reliability, a.corrected]];
      }),
    ),
  );
  const rows = segments.map(({ name, loci: own, steepness, share, reliability, effects, forksWanted }) => [
    name,
    own.length,
    steepness,
    share,
    reliability,
    effects?.reliability ?? null,
    forksWanted,
  ]);
  return {
    'assay.parquet': parquetOf(gradientTable, gradients),
    'segments.parquet': parquetOf(segmentTable, rows),
    'alignment.parquet': parquetOf(alignmentTable, alignments),
    'provenance.json': `${JSON.stringify({ software, ...extensionsPart(io.catalogue.extensions), command: 'assay', ...question, environment: io.environment }, null, 2)}\n`,
  };
}
