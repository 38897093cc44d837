import type { NamedStream } from '../../math/streams.ts';

/** How much of a displacement goes on by itself: D_t = mu D_(t-1) + eta G b_t. */
export interface MomentumFit {
  readonly momentum: number;
  readonly rate: number;
  /** 95 % block-bootstrap interval of the momentum. */
  readonly low: number;
  readonly high: number;
}

/** Resamples of the bootstrap. */
const resamples = 399;

/**
 * Fits momentum by least squares over all steps and loci, corrected for errors in both regressors: noise in b makes false momentum, for
 * the former displacement then stands in for the true gradient. With instruments, estimates of the same from independent data, moments are
 * taken between the two (instrumental variables: Fuller 1987, Measurement Error Models, ch. 1.4); without them this is plain least squares.
 * @param steps displacements, one a step
 * @param responses G b of each step
 * @param instruments second, independent estimates of the responses; `responses` themselves where there are none
 * @param block steps that are drawn together, for successive steps depend on each other
 * @throws {RangeError} for fewer than four steps or lists that do not fit
 */
export function fitMomentum(
  steps: readonly ArrayLike<number>[],
  responses: readonly ArrayLike<number>[],
  instruments: readonly ArrayLike<number>[],
  block: number,
  stream: NamedStream,
): MomentumFit {
  const n = steps.length;
  if (n < 4 || responses.length !== n || instruments.length !== n) {
    throw new RangeError(`fitMomentum: ${n} steps with ${responses.length} responses; give four or more of each`);
  }
  // Moments of each step, so that a resample is a sum: instruments are the instrument and the former displacement's own instrument,
  // the displacement before it, is not needed, for displacements of the past are known.
  const moments = Array.from({ length: n - 1 }, (_, k) => {
    const [before, now, response, instrument] = [steps[k], steps[k + 1], responses[k + 1], instruments[k + 1]];
    const m = new Float64Array(6);
    for (let l = 0; l < now.length; l++) {
      m[0] += before[l] * before[l];
      m[1] += before[l] * response[l];
      m[2] += instrument[l] * before[l];
      m[3] += instrument[l] * response[l];
      m[4] += before[l] * now[l];
      m[5] += instrument[l] * now[l];
    }
    return m;
  });
  const solve = (chosen: Iterable<number>) => {
    const sum = new Float64Array(6);
    for (const k of chosen) for (let i = 0; i < 6; i++) sum[i] += moments[k][i];
    const determinant = sum[0] * sum[3] - sum[1] * sum[2];
    return {
      momentum: (sum[4] * sum[3] - sum[1] * sum[5]) / determinant,
      rate: (sum[0] * sum[5] - sum[2] * sum[4]) / determinant,
    };
  };
  const size = Math.max(1, Math.min(block, n - 1));
  const draws = Float64Array.from({ length: resamples }, () => {
    const chosen: number[] = [];
    while (chosen.length < n - 1) {
      const first = stream.integer(n - size);
      for (let k = 0; k < size && chosen.length < n - 1; k++) chosen.push(first + k);
    }
    return solve(chosen).momentum;
  }).sort();
  return { ...solve(moments.keys()), low: draws[9], high: draws[389] };
}
