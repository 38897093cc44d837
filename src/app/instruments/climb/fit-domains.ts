import { scaleLinear } from 'd3-scale';
import { organismsByTick } from './draw-lineages.ts';
import type { Domains, SpaceScene } from './space-scene.ts';

/** Share of the cloud on either side that may lie beyond the axes. */
const outside = 0.01;
/** Share of the living below which a lineage may lie beyond the axes. */
const small = 0.02;

/**
 * Ends of the axes that hold the picture and nearly all of the living. Former ones are kept while they still fit, so that axes seldom move.
 * @returns the former object if it is kept
 */
export function fitDomains({ picture, cloud, twin, stride, arrow }: SpaceScene, former: Domains | undefined): Domains {
  const xs: number[] = [0];
  const ys: number[] = [0];
  const shares = organismsByTick(picture?.pieces ?? []);
  for (const { from, to } of picture?.pieces ?? []) {
    if (to.organisms < small * (shares.get(to.tick) ?? 0)) continue;
    xs.push(from.x, to.x);
    ys.push(from.y, to.y);
  }
  for (const { x, y, error, byChance } of picture?.path ?? []) {
    xs.push(x);
    ys.push(y - 2 * error, y + 2 * error, byChance, -byChance);
  }
  if (cloud) {
    xs.push(...innerRange(cloud.points, stride, 0));
    ys.push(...innerRange(cloud.points, stride, 1));
    if (arrow) ys.push(cloud.mean[1] + arrow.up);
  }
  if (twin) {
    xs.push(...innerRange(twin.points, 2, 0));
    ys.push(...innerRange(twin.points, 2, 1));
  }
  const [x, y] = [xs, ys].map((values) => extent(values.filter(Number.isFinite)));
  const holds = (own: readonly [number, number], need: readonly [number, number]) =>
    own[0] <= need[0] && own[1] >= need[1] && own[1] - own[0] < 2 * (need[1] - need[0]);
  if (former && holds(former.x, x) && holds(former.y, y)) return former;
  const room = ([low, high]: readonly [number, number]): [number, number] => {
    const more = 0.12 * (high - low || 1);
    const [a, b] = scaleLinear([low - more, high + more], [0, 1])
      .nice(5)
      .domain();
    return [a, b];
  };
  return { x: room(x), y: room(y) };
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
}

/** Range of a column without its outermost values, from about 1,000 of the points. */
function innerRange(points: Float32Array, stride: number, column: number): readonly number[] {
  const step = Math.ceil(points.length / stride / 1000);
  const values = Float32Array.from(
    { length: Math.floor(points.length / stride / step) },
    (_, k) => points[k * step * stride + column],
  ).sort();
  if (values.length === 0) return [];
  const out = Math.floor(outside * values.length);
  return [values[out], values[values.length - 1 - out]];
}
