import type { Landscape } from '../../habitat/landscape/landscape.ts';

/** Resident and mutant over a grid of traits, on a landscape of one trait. @experimental */
export interface InvasibilityPlot {
  /** The traits, ascending, evenly spaced. */
  readonly traits: Float64Array;
  /** s(y, x) for the mutant y = traits[column] among residents x = traits[row], row by row. */
  readonly fitness: Float64Array;
}

/** A trait at which the selection gradient is 0, and what evolution does there (Geritz et al. 1998). @experimental */
export interface SingularPoint {
  readonly trait: number;
  /** Second derivative of s(y, x) by the mutant's trait y there. */
  readonly mutantCurvature: number;
  /** Derivative of the selection gradient by the trait of a population there. */
  readonly gradientSlope: number;
  /** No nearby mutant invades it: mutantCurvature < 0. */
  readonly evolutionarilyStable: boolean;
  /** A nearby population evolves towards it: gradientSlope < 0. */
  readonly convergenceStable: boolean;
  /** As a mutant it invades nearby residents. */
  readonly invades: boolean;
  /** Two types, one on each side and near it, each invade the other. */
  readonly mutuallyInvasible: boolean;
  /** Convergence stable but not evolutionarily stable: a population comes to it and splits there. */
  readonly branching: boolean;
}

const one = new Float64Array(1);
const slope = new Float64Array(1);

function requireOneTrait({ dimensions }: Landscape): void {
  if (dimensions !== 1) throw new RangeError(`invasion: the landscape must have one trait (got ${dimensions} dimensions)`);
}

function meetResident(landscape: Landscape, trait: number, time: number): void {
  one[0] = trait;
  landscape.meet(one, 1, 1, time);
}

function requireRange(low: number, high: number, points: number): void {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`invasion: traits from ${low} to ${high}; give a lower and a higher one`);
  }
  if (!(Number.isInteger(points) && points >= 2)) throw new RangeError(`invasion: ${points} traits; give at least 2`);
}

const traitAt = (low: number, high: number, points: number, i: number) => low + ((high - low) * i) / (points - 1);

/**
 * The pairwise invasibility plot: invasion fitness s(y, x) = f(y) - f(x) of a rare mutant y, f the log fitness if all residents
 * are x. Source: Metz et al. (1996), in Stochastic and Spatial Structures of Dynamical Systems, 183-231; Geritz et al. (1998),
 * Evolutionary Ecology 12: 35-57. Earlier `meet`s of the landscape are forgotten.
 * @param time generations, for landscapes that change
 * @experimental
 */
export function pairwiseInvasibility(
  landscape: Landscape,
  low: number,
  high: number,
  points: number,
  time = 0,
): InvasibilityPlot {
  requireOneTrait(landscape);
  requireRange(low, high, points);
  const traits = Float64Array.from({ length: points }, (_, i) => traitAt(low, high, points, i));
  const fitness = new Float64Array(points * points);
  for (let row = 0; row < points; row++) {
    meetResident(landscape, traits[row], time);
    const own = landscape.logFitness(traits, row);
    for (let column = 0; column < points; column++) fitness[row * points + column] = landscape.logFitness(traits, column) - own;
  }
  return { traits, fitness };
}

/**
 * The selection gradient ds(y, x)/dy at y = x of a population in which all are x, log fitness per unit of the trait.
 * @experimental
 */
export function selectionGradient(landscape: Landscape, trait: number, time = 0): number {
  requireOneTrait(landscape);
  meetResident(landscape, trait, time);
  landscape.gradient(one, 0, slope);
  return slope[0];
}

/** Derivative of a function by central differences of fourth order. */
function derivative(of: (x: number) => number, x: number, step: number): number {
  return (8 * (of(x + step) - of(x - step)) - (of(x + 2 * step) - of(x - 2 * step))) / (12 * step);
}

function describe(landscape: Landscape, trait: number, step: number, time: number): SingularPoint {
  meetResident(landscape, trait, time);
  const mutantGradient = (y: number) => {
    one[0] = y;
    landscape.gradient(one, 0, slope);
    return slope[0];
  };
  const mutantCurvature = derivative(mutantGradient, trait, step);
  const gradientSlope = derivative((x) => selectionGradient(landscape, x, time), trait, step);
  // From s(x, x) = 0: with a = s_yy and b = s_yy + s_xy, s_xx = a - 2 b.
  const residentCurvature = mutantCurvature - 2 * gradientSlope;
  return {
    trait,
    mutantCurvature,
    gradientSlope,
    evolutionarilyStable: mutantCurvature < 0,
    convergenceStable: gradientSlope < 0,
    invades: residentCurvature > 0,
    mutuallyInvasible: residentCurvature + mutantCurvature > 0,
    branching: gradientSlope < 0 && mutantCurvature > 0,
  };
}

/**
 * Singular points between `low` and `high`: where the selection gradient changes sign from one of the `points` traits of a grid
 * to the next, narrowed down by bisection. Two between neighbours of the grid are missed, and so is one where the gradient touches
 * 0 without changing sign. Second derivatives are central differences of the exact gradient over `step`, a thousandth of the
 * range by default; if one is 0 except for rounding, the class that it decides is meaningless.
 * @experimental
 */
export function singularPoints(
  landscape: Landscape,
  low: number,
  high: number,
  points: number,
  { time = 0, step = (high - low) / 1000 }: { readonly time?: number; readonly step?: number } = {},
): SingularPoint[] {
  requireOneTrait(landscape);
  requireRange(low, high, points);
  const gradientAt = (trait: number) => selectionGradient(landscape, trait, time);
  const found: SingularPoint[] = [];
  let left = low;
  let atLeft = gradientAt(left);
  // A zero on the grid itself is a change of sign only if the signs beside it differ.
  let before = 0;
  for (let i = 1; i < points; i++) {
    const right = traitAt(low, high, points, i);
    const atRight = gradientAt(right);
    if (atLeft === 0) {
      if (before * atRight < 0) found.push(describe(landscape, left, step, time));
    } else if (atLeft * atRight < 0) {
      found.push(describe(landscape, halve(gradientAt, left, right, atLeft > 0), step, time));
    }
    if (atLeft !== 0) before = atLeft;
    left = right;
    atLeft = atRight;
  }
  return found;
}

/** Where a function changes sign between two places, to the last bit; `positive` is whether it is positive at the left. */
function halve(of: (x: number) => number, left: number, right: number, positive: boolean): number {
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle === left || middle === right) return middle;
    const value = of(middle);
    if (value === 0) return middle;
    if (value > 0 === positive) left = middle;
    else right = middle;
  }
}
