import type { AssayKind } from '../analysis/assay/perform-assay-fork.ts';
import type { Alignment, AssaySummary } from '../analysis/assay/summarise-assay.ts';

// How an assay is described, on the page and on the command line.

/** Three digits, or a dash if unknown. */
export const show = (value: number) => (Number.isNaN(value) ? '-' : value.toPrecision(3));
export const signed = (value: number) => (Number.isNaN(value) ? '-' : `${value >= 0 ? '+' : ''}${value.toPrecision(3)}`);
export const percent = (value: number) => (Number.isNaN(value) ? '-' : `${(100 * value).toFixed(0)} %`);
export const range = ([low, high]: readonly [number, number]) =>
  Number.isNaN(low) ? '-' : `${low.toFixed(2)} to ${high.toFixed(2)}`;

/** A gain with its standard error. */
export const gainOf = (part: Alignment | undefined) =>
  part && !Number.isNaN(part.gainError) ? `${signed(part.gain)} ± ${show(part.gainError)}` : 'nothing';

/** Fewest clades of which a sentence says what selection does between and within them. */
export const fewestClades = 8;

/**
 * The assay in sentences: how much fitness selection gained and by which segments, within clades where there are enough of them, then the angle of the policy, or of
 * all loci if there is no policy. It says what the forks cannot show, and omits parts that are only rounding.
 */
export function assaySentence({ segments, forks, clades }: AssaySummary): string {
  const kind: AssayKind = forks.reshuffled > 0 ? 'reshuffled' : 'perturbed';
  const bodies = kind === 'reshuffled' ? 'with bodies shuffled' : 'with bodies shuffled and genomes perturbed';
  const part = clades < fewestClades ? 'whole' : 'within';
  const [everything] = segments;
  const all = everything.alignments[kind]?.[part];
  if (!all || Number.isNaN(all.cosine))
    return part === 'whole'
      ? 'Nothing varies: there is no selection.'
      : 'Nothing varies within clades: there is no selection there.';
  const parts = segments.filter(({ name }) => name === 'policy' || name === 'traits');
  const bought = parts.map(({ name, alignments }) => `${name} ${gainOf(alignments[kind]?.[part])}`).join(', ');
  const subject = segments.find(({ name }) => name === 'policy') ?? everything;
  const angle = subject.alignments[kind]?.[part] as Alignment;
  const trust = Number.isNaN(subject.reliability)
    ? `its gradient is only noise; its angle needs more forks.`
    : Number.isNaN(angle.cosine)
      ? `it does not vary${part === 'whole' ? '' : ' within clades'}.`
      : `its cosine to the gradient is ${signed(angle.cosine)} (standard error ${show(angle.cosineError)}; 95 % of random directions: ${range(angle.null)}), where the gradient has a reliability of ${subject.reliability.toFixed(2)}.`;
  const opening =
    part === 'whole'
      ? `There are ${clades.toFixed(0)} clades, fewer than ${fewestClades}: selection is not split into between and within. It gained`
      : 'Within clades selection gained';
  return `${opening} ${gainOf(all)} in relative fitness over the horizon, ${bodies}${bought === '' ? '' : `: ${bought}`}. ${subject.name === 'everything' ? 'All loci together' : 'Policy weights'}: ${trust}`;
}
