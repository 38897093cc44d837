import type { GenomeSpace } from '../analysis/gains/genome-space.ts';
import type { PolicyDemand } from '../analysis/gains/policy-demands.ts';
import type { Pull } from '../analysis/gains/read-gradient.ts';
import { percent } from './assay-sentence.ts';
import { type GainsReport, mainSegments, populationSteps, sumGains } from './describe-gains.ts';

/** Whether a population climbs, as a word and a sentence. */
export interface Verdict {
  readonly word: 'Climbing' | 'Falling' | 'Drifting';
  /** How much, and since when. */
  readonly text: string;
  /** What selection gave of it, and by which segments. */
  readonly selection: string;
}

/**
 * The verdict on a climb: the mean rose (or fell) along the gradients by more than two standard errors and by more than chance directions of its length, or it did
 * not; and what selection gained, by segment.
 * @returns undefined before the first interval
 */
export function climbVerdict(report: GainsReport, { path }: Pick<GenomeSpace, 'path'>): Verdict | undefined {
  const { intervals, segments } = report;
  if (intervals.length === 0 || path.length < 2) return undefined;
  const { y, error, byChance } = path[path.length - 1];
  const beyond = Math.abs(y) > Math.max(2 * error, byChance);
  const word = !beyond ? 'Drifting' : y > 0 ? 'Climbing' : 'Falling';
  const steps = populationSteps(report);
  const selection = sumGains(steps, 'everything', 'selection');
  const main = mainSegments(segments);
  const shares =
    main.length > 1 && Math.abs(selection.gain) > 2 * selection.error
      ? `: ${main.map(({ name }) => `${percent(sumGains(steps, name, 'selection').gain / selection.gain).replace('-', '−')} by ${name}`).join(', ')}`
      : '';
  return {
    word,
    text: `${twoDigits(y, error)} log fitness a generation since tick ${intervals[0].from}`,
    selection: `Selection gave ${twoDigits(selection.gain, selection.error)}${shares}`,
  };
}

/** A signed value and its standard error, to the second digit of the error. */
function twoDigits(value: number, error: number): string {
  const digits = error > 0 ? Math.min(5, Math.max(0, 1 - Number(error.toExponential(1).split('e')[1]))) : 2;
  const sign = value < 0 ? '−' : '+';
  return `${sign}${Math.abs(value).toFixed(digits)} ± ${error.toFixed(digits)}`;
}

/** More and less of an action. */
const verbs: Readonly<Record<PolicyDemand['action'], readonly [string, string]>> = {
  turn: ['turn right', 'turn left'],
  thrust: ['move faster', 'move slower'],
  eat: ['eat more', 'eat less'],
  bite: ['bite more', 'bite less'],
  signal: ['signal more', 'signal less'],
  mate: ['mate more', 'mate less'],
  share: ['share more', 'share less'],
};

const sides: Readonly<Record<string, string>> = { left: 'on the left', right: 'on the right', ahead: 'ahead', behind: 'behind' };

/** What a step of a policy asks of an action, in words: turn left with more grass on the left. */
export function demandText({ action, input, change }: PolicyDemand): string {
  const verb = verbs[action][change > 0 ? 0 : 1];
  if (input === '') return `${verb}, whatever is sensed`;
  const words = input.split(' ');
  const side = sides[words[words.length - 1]];
  return `${verb} with more ${side ? `${words.slice(0, -1).join(' ')} ${side}` : input}`;
}

/** What selection pulls at, in words: a trait that rises or falls, or what a policy would do. */
export function pullText(
  { segment, sign }: Pull,
  demands: readonly PolicyDemand[],
  traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[],
): string {
  const to = /^policy: to (.+)$/.exec(segment)?.[1];
  const demand = demands.find(({ action }) => action === to);
  if (demand) return demandText(demand);
  if (to === 'hidden units' && demands.length > 0) {
    const strongest = demands.reduce((most, one) => (Math.abs(one.change) > Math.abs(most.change) ? one : most));
    return `what is sensed: ${demandText(strongest)}`;
  }
  const trait = traits.find(({ id }) => id === segment);
  if (!trait) return segment;
  const { title, unit } = trait;
  const named = `${title.charAt(0).toLowerCase()}${title.slice(1)}${unit === '' ? '' : ` (${unit})`}`;
  return sign === 0 ? named : `${sign > 0 ? 'higher' : 'lower'} ${named}`;
}
