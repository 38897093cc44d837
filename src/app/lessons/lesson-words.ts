// What a lesson says of predictions and measured values.
import { type Distance, judgeAnswer, judgeCurve } from '../../scene/lesson/judge.ts';
import type { Check, Predict } from '../../scene/lesson/schema.ts';
import { countOf, measure, spread, whole } from '../ui/words.ts';
import type { Checked, Given } from './lesson-state.svelte.ts';

/** An explanation of ± where the text has one. */
const explain = (shown: string, text: string) => (shown.includes('±') ? text : '');

/** The measured value with its error, and what that is. */
export function measuredWords(
  { says, since, versus }: Check,
  { measured, unit }: Checked,
): { readonly value: string; readonly unit: string; readonly how: string } {
  const { value, deviation, samples, from, to } = measured;
  const window = `ticks ${whole(from)} to ${whole(to)}`;
  if (!Number.isFinite(value)) return { value: 'no value', unit: '', how: `Nothing could be measured in ${window}.` };
  const shown = spread(value, deviation);
  const ofWhat = since === undefined && !versus ? 'among them' : 'of both sides together';
  return {
    value: shown,
    // Where the words have it already, it is not repeated.
    unit: unit === '' || says.includes(unit) ? '' : unit.startsWith('(') ? unit : `(${unit})`,
    how: `Mean of ${countOf(samples, 'sample')}, ${window}${explain(shown, `; ± is the standard deviation ${ofWhat}`)}.`,
  };
}

const curveWords: Readonly<Record<Distance, string>> = {
  right: 'Your line lies on the measured one',
  within: 'Your line lies near the measured one',
  apart: 'Your line lies apart from the measured one',
  far: 'Your line lies far from the measured one',
};

const change = (by: number) => `${by < 0 ? 'a fall' : 'a rise'} of ${measure(Math.abs(by))}`;

/** How far what was predicted is from what was measured. */
export function verdict(prediction: Predict, given: Given | undefined, { measured, right = -1, samples }: Checked): string {
  if (prediction.curve) {
    if (!Array.isArray(given)) return 'You drew no line.';
    const curve = judgeCurve(prediction.curve, given, samples);
    if (Number.isNaN(curve.share)) return 'Nothing was measured beside your line.';
    const share = `${Math.round(100 * curve.share)} % of the height of the drawing`;
    return `${curveWords[curve.distance]}: on average ${share} away. You drew ${change(curve.drawn)}; measured was ${change(curve.measured)}.`;
  }
  const answer = typeof given === 'number' ? prediction.answers?.[given] : undefined;
  const own = answer ? `You predicted “${answer.text}”.` : 'You made no prediction.';
  if (!Number.isFinite(measured.value)) return `${own} Without a value no answer can be judged.`;
  const fits = right < 0 ? 'None of the answers fits.' : `What fits: “${prediction.answers?.[right]?.text}”.`;
  if (!answer) return `${own} ${fits}`;
  const { distance, gap } = judgeAnswer(answer, measured);
  if (distance === 'right') return `${own} It fits what was measured.`;
  if (distance === 'within') return `${own} It misses by ${measure(gap)}, which is less than the measure varies. ${fits}`;
  const times = measured.deviation > 0 ? `, ${measure(gap / measured.deviation)} times as much as the measure varies` : '';
  return `${own} It misses by ${measure(gap)}${times}. ${fits}`;
}

/** What worlds with several seeds measured. */
export function seedsWords({ seeds }: Check): string {
  if (!seeds) return '';
  const shown = spread(seeds.mean, seeds.deviation);
  const fits = seeds.fits === undefined ? '' : ` The same answer fits in ${seeds.fits} of ${seeds.number}.`;
  return `In ${seeds.number} worlds, seeds 1 to ${seeds.number}: ${shown}${explain(shown, ' (± is the standard deviation among worlds)')}.${fits}`;
}
