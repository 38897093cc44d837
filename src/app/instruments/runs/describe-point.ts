import { measure } from '../../ui/words.ts';
import type { BandPoint } from './live-bands.ts';

/** A mean with the bounds of its interval, if there are any. */
export function describePoint(point: BandPoint | undefined): string {
  if (!point || point.count === 0) return '–';
  const bounds = point.low === point.low ? ` (${measure(point.low)} to ${measure(point.high)})` : '';
  return `${measure(point.mean)}${bounds}`;
}
