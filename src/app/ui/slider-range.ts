import type { Control } from '../../worker/topics/parameters.ts';

/**
 * Range of a parameter's slider. The whole range if that is short; otherwise from the least value to eight times the default
 * one, so that the useful part is not too narrow. The number beside the slider accepts the whole range.
 */
export function sliderRange(control: Control): { minimum: number; maximum: number; step: number } | undefined {
  const { minimum, maximum, value } = control;
  if (control.kind !== 'number' || minimum === undefined || maximum === undefined || typeof value !== 'number') return undefined;
  const usual = Math.max(Math.abs(Number(control.default) || 0), Math.abs(value));
  const integer = control.integer === true;
  const upper = usual > 0 && maximum > usual * 20 ? Math.min(maximum, usual * 8) : maximum;
  const step = control.step ?? (integer ? Math.max(1, Math.round((upper - minimum) / 200)) : (upper - minimum) / 200);
  return { minimum, maximum: Math.max(upper, value), step };
}
