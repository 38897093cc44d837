import { sin } from '../../math/elementary.ts';
import type { PlaneContext } from './context.ts';

const turn = 6.283185307179586;

/**
 * Factor of the season on regrowth at a tick: 1 + amplitude sin(2 pi tick / period), 1 without seasons.
 * @param climate amplitude as a share, period in ticks
 */
export function seasonAt({ period, amplitude }: PlaneContext['plane']['parameters']['climate'], tick: number): number {
  return amplitude === 0 ? 1 : 1 + amplitude * sin(turn * ((tick % period) / period));
}

/** Sets the season. */
export function turnSeason(context: PlaneContext): void {
  context.season = seasonAt(context.plane.parameters.climate, context.tick);
}
