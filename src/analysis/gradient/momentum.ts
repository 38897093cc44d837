import { studentQuantile } from '../../math/student.ts';

/** The data of one step for a fit of momentum, in vectors over loci or traits. @experimental */
export interface MomentumStep {
  /** Displacement of the step before. */
  readonly before: ArrayLike<number>;
  /** Displacement of this step. */
  readonly now: ArrayLike<number>;
  /** Estimate of the response to selection G b of this step. Its noise may be shared with `now`, as it is in an observed gradient. */
  readonly response: ArrayLike<number>;
  /** Another estimate of the response, from an earlier window or an assay: its noise must not be shared with any of the other three. */
  readonly instrument: ArrayLike<number>;
}

/** The share of a displacement that continues: D_t = momentum D_(t-1) + rate G b_t. @experimental */
export interface MomentumFit {
  /** Number of steps in the fit. */
  readonly steps: number;
  /** Whether the instrument predicts the response well enough; if not, all that follows except `strength` is NaN. */
  readonly identified: boolean;
  readonly momentum: number;
  readonly rate: number;
  /** 95 % interval of the momentum (Fieller's). */
  readonly low: number;
  readonly high: number;
  /** Of the first stage: the denominator of the estimate in its standard errors. */
  readonly strength: number;
}

/** The denominator must differ from 0 at this two-sided level, or the momentum is not identified. */
const firstStage = 0.005;

/**
 * Fits momentum over all steps and loci by instrumental variables (Fuller 1987, Measurement Error Models, ch. 1.4). Least squares would be wrong: a gradient
 * observed in a window shares its noise with the displacement of the same window. The two instruments are the former displacement, which is free of this step's noise,
 * and an estimate of the response from elsewhere. The estimate is then a ratio, with Fieller's interval (1954, J. R. Stat. Soc. B 16: 175) from the
 * spread between steps, and Student's quantile. If its denominator does not clearly differ from 0 (t at the two-sided level of 0.005), momentum is not identified. This is
 * so if the instrument does not predict the gradient, or the gradient does not differ from the former displacement.
 * @throws {RangeError} for fewer than four steps or vectors that differ in length
 * @experimental
 */
export function fitMomentum(steps: readonly MomentumStep[]): MomentumFit {
  const n = steps.length;
  if (n < 4) throw new RangeError(`fitMomentum: ${n} steps; give four or more`);
  // Of each step: both instruments times displacement (y), former displacement (x) and response (r).
  const moments = steps.map(({ before, now, response, instrument }) => {
    const d = now.length;
    if (before.length !== d || response.length !== d || instrument.length !== d) {
      throw new RangeError('fitMomentum: vectors of a step differ in length');
    }
    const m = new Float64Array(6);
    for (let l = 0; l < d; l++) {
      m[0] += before[l] * now[l];
      m[1] += before[l] * before[l];
      m[2] += before[l] * response[l];
      m[3] += instrument[l] * now[l];
      m[4] += instrument[l] * before[l];
      m[5] += instrument[l] * response[l];
    }
    return m;
  });
  const [y1, x1, r1, y2, x2, r2] = Array.from({ length: 6 }, (_, i) => moments.reduce((sum, m) => sum + m[i] / n, 0));
  // momentum = above / below: the remainder of the instruments once the response is removed from them.
  const [above, below] = [y1 * r2 - y2 * r1, x1 * r2 - x2 * r1];
  let [aa, ab, bb] = [0, 0, 0];
  for (const m of moments) {
    const a = m[0] * r2 + y1 * m[5] - m[3] * r1 - y2 * m[2] - 2 * above;
    const b = m[1] * r2 + x1 * m[5] - m[4] * r1 - x2 * m[2] - 2 * below;
    aa += a * a;
    ab += a * b;
    bb += b * b;
  }
  // Two parameters are fitted.
  const freedom = n - 2;
  const scale = 1 / (n * freedom);
  const strength = Math.abs(below) / Math.sqrt(bb * scale);
  const t = studentQuantile(0.975, freedom);
  const [va, vab, vb] = [aa, ab, bb].map((value) => value * scale * t * t);
  // Fieller: all momentums m with (above - m below)^2 <= t^2 var(above - m below).
  const [square, half, constant] = [below * below - vb, above * below - vab, above * above - va];
  const root = Math.sqrt(Math.max(0, half * half - square * constant));
  const identified = strength > studentQuantile(1 - firstStage / 2, freedom) && square > 0;
  const known = (value: number) => (identified ? value : Number.NaN);
  return {
    steps: n,
    identified,
    momentum: known(above / below),
    rate: known((x1 * y2 - x2 * y1) / below),
    low: known((half - root) / square),
    high: known((half + root) / square),
    strength,
  };
}
