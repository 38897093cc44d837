// What a lesson says of predictions and measured values.
import type { Distance } from '../../scene/lesson/judge.ts';
import type { Check, Predict } from '../../scene/lesson/schema.ts';
import { countOf, measure, spread, whole } from '../ui/words.ts';
import type { Checked } from './lesson-state.svelte.ts';

/** The measured value with its error, and what that is. */
export function measuredWords({ says }: Check, { measured, unit }: Checked): { readonly value: string; readonly how: string } {
  const { value, deviation, samples, from, to } = measured;
  return {
    value: `${says}: ${spread(value, deviation)} ${unit === '' || unit.startsWith('(') ? unit : `(${unit})`}`.trim(),
    how: `Mean of ${countOf(samples, 'sample')}, ticks ${whole(from)} to ${whole(to)}; ± is the standard deviation among them.`,
  };
}

const curveWords: Readonly<Record<Distance, string>> = {
  right: 'Your line lies on the measured one',
  within: 'Your line lies near the measured one',
  apart: 'Your line lies apart from the measured one',
  far: 'Your line lies far from the measured one',
};

const change = (by: number, was: string) => `${was} ${by < 0 ? 'a fall' : 'a rise'} of ${measure(Math.abs(by))}`;

/** How far what was predicted is from what was measured. */
export function verdict(prediction: Predict, given: unknown, checked: Checked): string {
  const { right, judged, curve, measured } = checked;
  if (prediction.curve) {
    if (!curve) return 'You drew no line.';
    const share = `${Math.round(100 * curve.share)} % of the height of the drawing`;
    return `${curveWords[curve.distance]}: on average ${share} away. You drew ${change(curve.drawn, '').trim()}; measured was ${change(curve.measured, '').trim()}.`;
  }
  const fits =
    right === undefined || right < 0 ? 'None of the answers fits.' : `What fits: “${prediction.answers?.[right]?.text}”.`;
  if (typeof given !== 'number' || !judged) return `You made no prediction. ${fits}`;
  const own = `You predicted “${prediction.answers?.[given]?.text}”.`;
  if (judged.distance === 'right') return `${own} It fits what was measured.`;
  if (judged.distance === 'within') {
    return `${own} It misses by ${measure(judged.gap)}, which is less than the measure varies. ${fits}`;
  }
  const times = measured.deviation > 0 ? `, ${measure(judged.gap / measured.deviation)} times as much as the measure varies` : '';
  return `${own} It misses by ${measure(judged.gap)}${times}. ${fits}`;
}

/** What worlds with several seeds measured. */
export function seedsWords({ seeds }: Check): string {
  if (!seeds) return '';
  const fits = seeds.fits === undefined ? '' : ` The same answer fits in ${seeds.fits} of ${seeds.number}.`;
  return `In ${seeds.number} worlds, seeds 1 to ${seeds.number}: ${spread(seeds.mean, seeds.deviation)} (standard deviation among worlds).${fits}`;
}
