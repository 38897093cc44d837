import { effectRidge } from '../../analysis/assay/effect-metric.ts';
import type { AssayKind } from '../../analysis/assay/perform-assay-fork.ts';
import type { AssayPart, AssaySummary, SegmentAlignments, SegmentSummary } from '../../analysis/assay/summarise-assay.ts';
import { assaySentence, fewestClades, gainOf, percent, range, show, signed } from '../../experiment/assay-sentence.ts';

interface Described {
  readonly population: string;
  readonly tick: number;
  readonly age: number;
  readonly horizon: number;
  readonly size: number;
  readonly policySize: number;
  readonly loci: readonly string[];
}

const allKinds: readonly AssayKind[] = ['realised', 'reshuffled', 'perturbed'];

/** Loci that are listed individually: those with the largest gradient relative to its error. */
const mostLoci = 8;

/** An assay in words and tables: how much fitness selection gained and at which loci, then the angle. */
export function describeAssay(described: Described, summary: AssaySummary): string {
  const { population, tick, age, horizon, size, policySize, loci } = described;
  const { forks, organisms, clades, segments, additiveVariance, fitnessVariance } = summary;
  const steep = loci
    .map((locus, l) => ({ locus, b: summary.gradient[l], z: summary.gradient[l] / summary.error[l] }))
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, mostLoci);
  const kinds = allKinds.filter((kind) => forks[kind] > 0);
  const isSplit = clades >= fewestClades;
  const parts: readonly AssayPart[] = isSplit ? ['whole', 'within', 'between'] : ['whole'];
  const lines = [
    `assay of ${population} at tick ${tick}: ${forks.perturbed} perturbed forks, ${forks.reshuffled} reshuffled, ${forks.realised} realised, of ${organisms} organisms over ${horizon} ticks; ${clades.toFixed(0)} clades of ${age} ticks a locus`,
    `realised: bodies as they are. reshuffled: bodies shuffled among genomes. perturbed: also every copy moved at random, which gives the gradient, by ${size} standard deviations of its mutation, policy weights by ${policySize}.`,
    'Copies of loci are counted, however they spread. ± is a standard error over forks.',
    '',
    `gradient, 1/locus unit; b G b ${show(additiveVariance)} of a variance in relative fitness of ${show(fitnessVariance)}`,
    [
      'segment'.padEnd(26),
      'loci'.padStart(5),
      'length'.padStart(9),
      'share'.padStart(8),
      'reliability'.padStart(12),
      'in effects'.padStart(11),
      'forks for 0.8'.padStart(14),
    ].join(' '),
    ...segments.map(segmentLine),
    '',
    isSplit
      ? 'gain in relative fitness by selection over the horizon, by segment (whole, and within clades)'
      : `gain in relative fitness by selection over the horizon, by segment; clades are fewer than ${fewestClades}, so selection is not split`,
    ['segment'.padEnd(26), ...kinds.flatMap((kind) => [kind.padStart(24), ...(isSplit ? ['within'.padStart(24)] : [])])].join(
      ' ',
    ),
    ...segments.map(({ name, alignments }) =>
      [
        name.padEnd(26),
        ...kinds.flatMap((kind) => parts.slice(0, 2).map((part) => gainOf(alignments[kind]?.[part]).padStart(24))),
      ].join(' '),
    ),
    '',
    'cosine of selection to the gradient (null: middle 95 % of random directions with the same covariance). Metrics: locus units; effects on actions of',
    `a policy, the Fisher information of its actions with ${100 * effectRidge} % of its mean diagonal added`,
    ['segment'.padEnd(26), 'metric'.padEnd(8), 'forks'.padEnd(10), 'clades'.padEnd(7), header].join(' '),
    ...segments
      .filter(({ loci: own }) => own.length > 1)
      .flatMap(({ name, alignments, effects }) => [
        ...angleLines(name, 'loci', alignments, parts),
        ...(effects ? angleLines(name, 'effects', effects.alignments, parts) : []),
      ]),
    '',
    'steepest loci (gradient, z):',
    ...steep.map(({ locus, b, z }) => `  ${locus.padEnd(24)} ${signed(b)}  ${z.toFixed(1)}`),
    '',
    assaySentence(summary),
  ];
  return `${lines.join('\n')}\n`;
}

const trust = (reliability: number | undefined) =>
  reliability === undefined ? '-' : Number.isNaN(reliability) ? 'none' : reliability.toFixed(2);

function segmentLine({ name, loci, steepness, share, reliability, effects, forksWanted }: SegmentSummary): string {
  return [
    name.padEnd(26),
    String(loci.length).padStart(5),
    show(steepness).padStart(9),
    percent(share).padStart(8),
    trust(reliability).padStart(12),
    trust(effects?.reliability).padStart(11),
    (Number.isNaN(forksWanted) ? '-' : String(Math.ceil(forksWanted))).padStart(14),
  ].join(' ');
}

const header = ['cosine', 'one fork', 'null', 'beats', 'to G b', 'null', 'beats', 'shadows', 'corrected']
  .map((word, i) => word.padStart([15, 9, 16, 6, 7, 16, 6, 16, 10][i]))
  .join(' ');

function angleLines(
  name: string,
  metric: 'loci' | 'effects',
  alignments: SegmentAlignments,
  parts: readonly AssayPart[],
): string[] {
  return allKinds.flatMap((kind) =>
    parts.flatMap((part) => {
      const a = alignments[kind]?.[part];
      if (!a || Number.isNaN(a.cosine)) return [];
      const cells = [
        `${signed(a.cosine)} ± ${show(a.cosineError)}`,
        signed(a.replayCosine),
        range(a.null),
        percent(a.percentile),
        signed(a.throughG),
        range(a.nullThroughG),
        percent(a.percentileThroughG),
        range(a.neutral),
        show(a.corrected),
      ];
      const widths = [15, 9, 16, 6, 7, 16, 6, 16, 10];
      const names = [name.padEnd(26), metric.padEnd(8), kind.padEnd(10), part.padEnd(7)];
      return [[...names, ...cells.map((cell, i) => cell.padStart(widths[i]))].join(' ')];
    }),
  );
}
