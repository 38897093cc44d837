import type { ComponentSteps } from './component-steps.ts';

/** Activity of the components that live at the last step, ticks. @experimental */
export interface EvolutionaryActivity {
  /** Components that live then. */
  readonly diversity: number;
  /** Their cumulative activity, mean; NaN where none lives. */
  readonly mean: number;
  /** The part of those that began after the first step, per component that lives. */
  readonly fresh: number;
}

/**
 * Evolutionary activity statistics (Bedau, Snyder & Packard 1998, Artificial Life VI: 228). A component gains activity for as long as it exists, here the
 * ticks of every step at whose end it does: a_i. The mean is A_cum / D, sums and number D over those that live at the last step. New activity is the sum over
 * those of them that have no organism at the first step, divided by D: Bedau's band of activities, which here takes a component for new if it was not there.
 * @experimental
 */
export function evolutionaryActivity({ ticks, living }: ComponentSteps): EvolutionaryActivity {
  const last = living[living.length - 1];
  let [all, fresh] = [0, 0];
  for (const component of last.keys()) {
    let activity = 0;
    for (let k = 1; k < ticks.length; k++) if (living[k].has(component)) activity += ticks[k] - ticks[k - 1];
    all += activity;
    if (!living[0].has(component)) fresh += activity;
  }
  const diversity = last.size;
  return { diversity, mean: diversity > 0 ? all / diversity : Number.NaN, fresh: diversity > 0 ? fresh / diversity : Number.NaN };
}
