import { meanOf } from '../assay/align.ts';
import { dot } from '../lab/direction.ts';
import type { Course, DescentGroup } from './descent-groups.ts';
import { axisAcross } from './read-gradient.ts';

/** An interval of a climb, as the picture of it needs it. @experimental */
export interface SpaceInterval {
  readonly from: number;
  readonly to: number;
  /** Mean of all copies at both ends; locus units. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Organisms at the opening. */
  readonly organisms: number;
  /** 1/locus unit, over the horizon; and generations in a horizon, by which gains are divided. */
  readonly gradient: Float64Array;
  readonly horizonGenerations: number;
  /** Gain of the whole change over the horizon, its standard error, and the gain below which 97.5 % of random directions of its length remain. */
  readonly gain: number;
  readonly gainError: number;
  readonly byChance: number;
  /** Groups at the close. */
  readonly groups: readonly DescentGroup[];
}

/** A place in the picture: across in standard deviations of mutations, up in log fitness a generation. */
export interface SpacePoint {
  readonly tick: number;
  readonly x: number;
  readonly y: number;
}

/** The way of a lineage through one interval. @experimental */
export interface SpacePiece {
  readonly founder: number;
  readonly parent: number;
  readonly species: number;
  readonly course: Course;
  /** Gain of the interval and its standard error; log fitness a generation. */
  readonly gain: number;
  readonly error: number;
  readonly from: SpacePoint & { readonly organisms: number };
  readonly to: SpacePoint & { readonly organisms: number };
}

/** Lineages and the mean of all in genome space. @experimental */
export interface GenomeSpace {
  readonly pieces: readonly SpacePiece[];
  /** The mean of all, and the standard error and the bound of chance of its height. */
  readonly path: readonly (SpacePoint & { readonly error: number; readonly byChance: number })[];
  /** Coefficients of the place across; 1/locus unit. The first mean is at 0. */
  readonly across: Float64Array;
  readonly origin: number;
}

/**
 * The picture of a climb. Up: gains along the gradients, summed along the way of the mean; and of each lineage (a group begins where the group of its founder was),
 * where all groups of a tick are moved alike so that their mean is that of the population. A way is a line integral, so heights of different lineages compare
 * only as far as the gradient stays the same. Across: the main direction in which the means of groups
 * differ, among those orthogonal to the mean gradient, in standard deviations of mutations.
 * @param scales root mean square of a mutation of each locus; locus units
 * @param former the axis of the picture before: the sign follows it
 * @throws {RangeError} without intervals
 * @experimental
 */
export function genomeSpace(
  intervals: readonly SpaceInterval[],
  scales: Float64Array,
  former: Float64Array | undefined,
): GenomeSpace {
  if (intervals.length === 0) throw new RangeError('a picture of a climb needs an interval; give one or more');
  const across = axisOfMeans(intervals, scales, former);
  const origin = dot(across, intervals[0].before);
  const xOf = (mean: Float64Array) => dot(across, mean) - origin;
  const first = { tick: intervals[0].from, x: 0, y: 0, error: 0, byChance: 0, organisms: intervals[0].organisms };
  const path = [first];
  const pieces: SpacePiece[] = [];
  let ends = new Map<number, SpacePiece['to']>();
  let [variance, chance] = [0, 0];
  for (const { to, after, horizonGenerations: generations, gain, gainError, byChance, groups } of intervals) {
    const start = path[path.length - 1];
    const next = new Map<number, SpacePiece['to']>();
    const height = start.y + gain / generations;
    // Groups are sorted too, and each gain is along a gradient of its own: all are moved alike, so that their mean is that of the population.
    let [sum, living] = [0, 0];
    for (const { parent, organisms, gain: own } of groups) {
      sum += organisms * ((ends.get(parent) ?? start).y + own / generations);
      living += organisms;
    }
    const shift = living > 0 ? height - sum / living : 0;
    for (const { founder, parent, species, course, organisms, mean, gain: own, gainError: error } of groups) {
      const from = ends.get(parent) ?? start;
      const end = { tick: to, x: xOf(mean), y: from.y + own / generations + shift, organisms };
      next.set(founder, end);
      pieces.push({ founder, parent, species, course, gain: own / generations, error: error / generations, from, to: end });
    }
    ends = next;
    variance += (gainError * gainError) / (generations * generations);
    chance += (byChance * byChance) / (generations * generations);
    path.push({
      tick: to,
      x: xOf(after),
      y: height,
      error: Math.sqrt(variance),
      byChance: Math.sqrt(chance),
      organisms: living,
    });
  }
  return { pieces, path, across, origin };
}

/** Rows that all groups of a tick have together when the axis across is sought. */
const weights = 50;

/** Main direction of the means of groups, orthogonal to the mean gradient; its sign follows that of a former axis. */
function axisOfMeans(intervals: readonly SpaceInterval[], scales: Float64Array, former: Float64Array | undefined): Float64Array {
  const dimensions = scales.length;
  // Large groups count for more: a few organisms far away are not the main change.
  const means = intervals.flatMap(({ before, after, groups }) => {
    const all = groups.reduce((sum, { organisms }) => sum + organisms, 0);
    return [
      before,
      after,
      ...groups.flatMap(({ mean, organisms }) => new Array<Float64Array>(Math.round((weights * organisms) / all)).fill(mean)),
    ];
  });
  const rows = new Float64Array(means.length * dimensions);
  for (const [k, mean] of means.entries()) rows.set(mean, k * dimensions);
  const axis = axisAcross(rows, scales, meanOf(intervals.map(({ gradient }) => gradient)));
  // In standard deviations of mutations both are unit vectors.
  const turned = former && axis.reduce((sum, value, l) => sum + value * former[l] * scales[l] * scales[l], 0) < 0;
  return turned ? axis.map((value) => -value) : axis;
}
