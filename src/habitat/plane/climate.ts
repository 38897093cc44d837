import { sin } from '../../math/elementary.ts';
import type { PlaneContext } from './context.ts';

const turn = 6.283185307179586;

/** Sets the season: regrowth is multiplied by 1 + amplitude sin(2 pi tick / period). */
export function turnSeason(context: PlaneContext): void {
  const { period, amplitude } = context.plane.parameters.climate;
  const phase = (context.tick % period) / period;
  context.season = amplitude === 0 ? 1 : 1 + amplitude * sin(turn * phase);
}
