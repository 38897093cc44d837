import { frameStride } from '../worker/frame-layout.ts';

/**
 * Index of the organism nearest to a point of the world, or -1 if none is within `reach`.
 * One pass over the frame: 10,000 organisms take about 20 us, less than sorting them into a grid first.
 * @param period sides of a world that wraps: the distance is the shorter one
 */
export function findAt(
  floats: Float32Array,
  count: number,
  x: number,
  y: number,
  reach: number,
  period?: readonly [number, number],
): number {
  let best = -1;
  let bestDistance = reach * reach;
  for (let index = 0, i = 0; index < count; index++, i += frameStride) {
    let dx = floats[i] - x;
    let dy = floats[i + 1] - y;
    if (period) {
      dx -= period[0] * Math.round(dx / period[0]);
      dy -= period[1] * Math.round(dy / period[1]);
    }
    const distance = dx * dx + dy * dy;
    if (distance <= bestDistance) {
      best = index;
      bestDistance = distance;
    }
  }
  return best;
}
