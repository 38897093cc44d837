import { meanOf } from '../assay/align.ts';
import { cosine, dot } from '../lab/direction.ts';
import type { StepAngle } from './gains-of-step.ts';
import type { Interval } from './interval.ts';
import { meanCopy } from './subject-copies.ts';

/** How a step compares with directions that chance would take. @experimental */
export type Course = 'climbing' | 'drifting' | 'falling';

/**
 * Organisms at the close of an interval that descend, along first parents, from one organism at its opening; and the step from the mean of the group to which
 * that one belonged.
 * @experimental
 */
export interface DescentGroup {
  /** Id of that organism. */
  readonly founder: number;
  /** Founder of the group to which it belonged; -1 where that group was not kept: then the step begins at the mean of the population. */
  readonly parent: number;
  readonly organisms: number;
  /** Number of the species that most of them belong to; -1 if species are not followed. */
  readonly species: number;
  /** Mean of their copies; locus units. */
  readonly mean: Float64Array;
  /** Step times gradient: log relative number of copies over the horizon, and its standard error over forks. */
  readonly gain: number;
  readonly gainError: number;
  /** Climbing: above 97.5 % of random directions and more than two standard errors above 0; falling: the opposite. */
  readonly course: Course;
}

/** What steps of groups are compared with. */
export interface GroupQuestion {
  /** Assayed gradients, one a seed of forks; 1/locus unit. Two at least. */
  readonly gradients: readonly Float64Array[];
  /** Root mean square of a mutation of each locus; locus units. */
  readonly scales: Float64Array;
  /** Bounds of the cosines of random directions with the covariance of the copies at the opening. */
  readonly chance: Pick<StepAngle, 'low' | 'high'>;
}

/** Least share of a population that a group has, and most groups of one tick. */
export const leastShare = 0.005;
export const mostGroups = 48;

/**
 * The largest groups at the close of an interval, largest first.
 * @param former groups at its opening, and the founder of the group of each organism there, in the order of ids; undefined in the first interval
 * @throws {RangeError} for fewer than two gradients
 * @experimental
 */
export function descentGroups(
  { opened, closed, ancestors }: Interval,
  former: { readonly groups: readonly Pick<DescentGroup, 'founder' | 'mean'>[]; readonly founders: Float64Array } | undefined,
  { gradients, scales, chance }: GroupQuestion,
): readonly DescentGroup[] {
  if (gradients.length < 2)
    throw new RangeError(`gradients of ${gradients.length} seeds are too few for an error; give two or more`);
  const placeOf = new Map(Array.from(opened.ids, (id, place): [number, number] => [id, place]));
  const members = new Map<number, number[]>();
  for (const [place, ancestor] of ancestors.entries()) {
    // From outside: they have no ancestor at the opening.
    if (!placeOf.has(ancestor)) continue;
    const own = members.get(ancestor);
    if (own) own.push(place);
    else members.set(ancestor, [place]);
  }
  const least = Math.max(2, leastShare * closed.ids.length);
  const largest = [...members]
    .filter(([, own]) => own.length >= least)
    .sort(([a, one], [b, two]) => two.length - one.length || a - b)
    .slice(0, mostGroups);
  const whole = meanCopy(
    opened,
    Array.from(opened.ids, (_, place) => place),
  );
  const meanOfFormer = new Map(former?.groups.map(({ founder, mean }) => [founder, mean]));
  const b = meanOf(gradients);
  return largest.map(([founder, own]): DescentGroup => {
    const group = former?.founders[placeOf.get(founder) as number] ?? -1;
    const start = meanOfFormer.get(group);
    const mean = meanCopy(closed, own);
    const step = mean.map((value, l) => value - (start ?? whole)[l]);
    const each = gradients.map((one) => dot(step, one));
    const gain = dot(step, b);
    const spread = each.reduce((sum, value) => sum + (value - gain) * (value - gain), 0);
    const gainError = Math.sqrt(spread / (each.length * (each.length - 1)));
    const angle = cosine(
      step.map((value, l) => value / scales[l]),
      b.map((value, l) => value * scales[l]),
    );
    return {
      founder,
      parent: start ? group : -1,
      organisms: own.length,
      species: closed.species ? mostFrequent(own.map((place) => (closed.species as Int32Array)[place])) : -1,
      mean,
      gain,
      gainError,
      course: courseOf(angle, chance, gain, gainError),
    };
  });
}

/** Without a null, as of a single locus, the error alone decides. */
export function courseOf(angle: number, { low, high }: Pick<StepAngle, 'low' | 'high'>, gain: number, error: number): Course {
  if (gain > 2 * error && !(angle <= high)) return 'climbing';
  if (gain < -2 * error && !(angle >= low)) return 'falling';
  return 'drifting';
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, two]) => two - one || a - b)[0][0];
}
