import type { Alignment, AssaySummary } from '../analysis/assay/summarise-assay.ts';
import { climbFisher } from '../analysis/climb/climb-over-time.ts';
import type { ClimbReport } from '../worker/protocol.ts';

/** What an assay found, each clause a number of it. */
export function climbSentences({ within, between, reliability }: AssaySummary): string[] {
  const tell = (where: string, { projection, percentile, null: [low, high], neutralPercentile }: Alignment) =>
    `${where} clades ${(100 * projection.share).toFixed(0)} % of selection lay along the gradient, ${projection.cosine >= 0 ? 'up' : 'down'} it; ` +
    `its cosine of ${projection.cosine.toFixed(2)} beats ${(100 * percentile).toFixed(0)} % of random directions (95 % of them lie from ${low.toFixed(2)} to ${high.toFixed(2)})${Number.isNaN(neutralPercentile) ? '' : ` and ${(100 * neutralPercentile).toFixed(0)} % of neutral shadows`}.`;
  const known = (part: Alignment) => !Number.isNaN(part.projection.cosine);
  return [
    ...(known(within) ? [tell('Within', within)] : ['Every clade has one member: nothing varies within them yet.']),
    ...(known(between) ? [tell('Between', between)] : []),
    Number.isNaN(reliability)
      ? 'The two halves of the forks do not agree on the gradient: more forks are needed before it says anything.'
      : `Reliability of the gradient, from its halves: ${reliability.toFixed(2)} of 1.`,
  ];
}

/** A row a locus. */
export function climbCsv({ gradient, error, within, between }: AssaySummary, loci: readonly string[]): string {
  const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = loci.map((locus, l) => [quote(locus), gradient[l], error[l], within.selection[l], between.selection[l]].join(','));
  return `${['locus,gradient,error,selection_within,selection_between', ...rows].join('\n')}\n`;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);

/** The climb over time in a sentence, each clause a mean over windows; undefined before there is a gradient. */
export function climbSeriesSentence({ windows, momentum }: ClimbReport): string | undefined {
  const known = windows.filter(({ selection }) => !Number.isNaN(selection.cosine));
  if (known.length === 0) return undefined;
  const beaten = known.filter(({ selection }) => selection.percentile > 0.975).length;
  const steps = windows.flatMap((window) => window.steps.filter(({ species }) => species === undefined));
  const angles = steps.map(({ step }) => step.cosine).filter((cosine) => !Number.isNaN(cosine));
  return (
    `Selection on one half of the clades had a mean cosine of ${mean(known.map((w) => w.selection.cosine)).toFixed(2)} to the gradient that the other half shows, ` +
    `beyond 97.5 % of random directions in ${beaten} of ${known.length} windows` +
    (angles.length > 0 ? `; the change of the mean one of ${mean(angles).toFixed(2)} to the gradient of the window before` : '') +
    (momentum ? `; momentum ${momentum.momentum.toFixed(2)} (${momentum.low.toFixed(2)} to ${momentum.high.toFixed(2)})` : '') +
    '. This gradient is observed, not assayed: shared places count as fitness.'
  );
}

/** A row a window and lineage. */
export function climbSeriesCsv({ windows, population }: ClimbReport): string {
  const fisher = climbFisher(windows);
  const rows = windows.flatMap(({ from, to, selection, steps, growth }, w) => {
    const { gain, change, deterioration } = fisher[w];
    const told = [
      ['selection', selection] as const,
      ...steps.map(({ species, step }) => [species === undefined ? 'population' : `species:${species}`, step] as const),
    ];
    return told.map(([lineage, step]) =>
      [
        ...[`"${population.replaceAll('"', '""')}"`, from, to, lineage],
        ...[step.along, step.across, step.cosine, step.gain, step.percentile, step.low, step.high],
        ...[gain, growth, change, deterioration],
      ]
        .map((cell) => (typeof cell === 'number' && Number.isNaN(cell) ? '' : cell))
        .join(','),
    );
  });
  const head =
    'population,from,to,lineage,along,across,cosine,predicted_gain,percentile,null_low,null_high,additive_variance,growth,change,deterioration';
  return `${[head, ...rows].join('\n')}\n`;
}
