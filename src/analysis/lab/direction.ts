/** Inner product of two vectors of the same length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`dot: vectors of ${a.length} and ${b.length} numbers`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Cosine of the angle between two vectors, in [-1, 1]; NaN if one of them is 0. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const value = dot(a, b) / (Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b)));
  return Math.max(-1, Math.min(1, value));
}

/** A step compared with a gradient; lengths in units of the genome. */
export interface Direction {
  /** Length of the step's part along the gradient, negative downhill. */
  readonly along: number;
  /** Length of the rest. */
  readonly across: number;
  /** In [-1, 1]; NaN if the step is 0. */
  readonly cosine: number;
  /** Length of the step. */
  readonly size: number;
}

/** Splits a step into its parts along and across a gradient. All but the size is NaN if the gradient is 0. */
export function direction(step: ArrayLike<number>, gradient: ArrayLike<number>): Direction {
  const norm = Math.sqrt(dot(gradient, gradient));
  const along = dot(step, gradient) / norm;
  // From the remainder itself: size^2 - along^2 would lose the across part of a step that is nearly along.
  let square = 0;
  for (let i = 0; i < step.length; i++) {
    const rest = step[i] - (along * gradient[i]) / norm;
    square += rest * rest;
  }
  return { along, across: Math.sqrt(square), cosine: cosine(step, gradient), size: Math.sqrt(dot(step, step)) };
}
