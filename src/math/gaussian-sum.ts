import { exp } from './elementary.ts';

/** Sides of the boxes into which sources are sorted, in widths of the Gaussian. */
const SIDE = 0.5;
/** Boxes whose middle is farther than this many widths from x contribute nothing visible beside a source within NEAR. */
const FAR = 12;
const NEAR = 3;

/**
 * Number of terms of e^(t u), |u| <= SIDE / 2, needed for |t| in (i, i + 1]: until the next is below 1e-17 of the sum even where
 * the sum is smallest.
 */
const terms = Array.from({ length: FAR }, (_, i) => {
  const largest = ((i + 1) * SIDE) / 2;
  let term = 1;
  let count = 1;
  while (term * exp(2 * largest) > 1e-17) term *= largest / count++;
  return count;
});
const MOST = terms[FAR - 1];

/** Sums of equal Gaussians over sources on a line. */
export interface GaussianSum {
  /** Sets the sources: the first `count` numbers of the array, which must not change until the next call. */
  take(sources: Float64Array, count: number): void;
  /**
   * Writes to out[0] the sum over the sources y of e^(-(x - y)^2 / (2 width^2)), to out[1] its derivative by x.
   * out[0] is 0 where every term is below the smallest number.
   */
  at(x: number, out: Float64Array): void;
}

/**
 * Sums of Gaussians of one width, without approximation beyond rounding (relative error about 1e-15 times 1 + |log of the mean
 * term|, plus the error of summing). Setting the sources takes O(count); each x among them then takes O(boxes), not
 * O(count). The sources of a box of half a width are replaced by the moments of their places in it: with t = (x - middle) /
 * width and u = (y - middle) / width, e^(-(t - u)^2 / 2) = e^(-t^2 / 2) sum_m t^m / m! (u^m e^(-u^2 / 2)), and |u| <= 1/4 makes
 * the series short. This is the translation of the fast Gauss transform, Greengard & Strain (1991), SIAM J. Sci. Stat. Comput. 12:
 * 79-94, with as many terms as rounding can show. Far from all sources, or where they are too scattered for boxes to help, terms are
 * summed one by one.
 */
export function gaussianSum(width: number): GaussianSum {
  let sources: Float64Array = new Float64Array(0);
  let count = 0;
  let low = 0;
  let boxes = 0;
  let moments = new Float64Array(0);
  let members = new Int32Array(0);

  const oneByOne = (x: number, out: Float64Array) => {
    let sum = 0;
    let slope = 0;
    for (let j = 0; j < count; j++) {
      const u = (sources[j] - x) / width;
      const term = exp(-0.5 * u * u);
      sum += term;
      slope += term * u;
    }
    out[0] = sum;
    out[1] = slope / width;
  };

  // Rounded the same way each time, so that differences of t and u are those of x and y.
  const middleOf = (box: number) => low + (box + 0.5) * SIDE * width;

  return {
    take(given, number) {
      sources = given;
      count = number;
      boxes = 0;
      let least = Infinity;
      let most = -Infinity;
      for (let j = 0; j < count; j++) {
        least = Math.min(least, sources[j]);
        most = Math.max(most, sources[j]);
      }
      const needed = Math.floor((most - least) / (SIDE * width)) + 1;
      // Below four sources a box the series costs more than the terms.
      if (!(needed * 4 <= count)) return;
      low = least;
      boxes = needed;
      if (members.length < boxes) {
        members = new Int32Array(boxes);
        moments = new Float64Array(boxes * MOST);
      }
      members.fill(0, 0, boxes);
      moments.fill(0, 0, boxes * MOST);
      for (let j = 0; j < count; j++) {
        const box = Math.min(Math.floor((sources[j] - low) / (SIDE * width)), boxes - 1);
        const u = (sources[j] - middleOf(box)) / width;
        members[box]++;
        let power = exp(-0.5 * u * u);
        for (let m = 0, at = box * MOST; m < MOST; m++, at++) {
          moments[at] += power;
          power *= u / (m + 1);
        }
      }
    },
    at(x, out) {
      if (boxes === 0) return oneByOne(x, out);
      const place = (x - low) / width;
      const first = Math.max(0, Math.ceil((place - FAR) / SIDE - 0.5));
      const last = Math.min(boxes - 1, Math.floor((place + FAR) / SIDE - 0.5));
      let nearest = Infinity;
      let sum = 0;
      let slope = 0;
      for (let box = first; box <= last; box++) {
        if (members[box] === 0) continue;
        const t = (x - middleOf(box)) / width;
        const distance = Math.abs(t);
        nearest = Math.min(nearest, distance);
        const at = box * MOST;
        let value = 0;
        let derivative = 0;
        for (let m = terms[Math.min(FAR - 1, Math.floor(distance))] - 1; m >= 0; m--) {
          derivative = derivative * t + value;
          value = value * t + moments[at + m];
        }
        const height = exp(-0.5 * t * t);
        sum += height * value;
        slope += height * (derivative - t * value);
      }
      if (nearest > NEAR) return oneByOne(x, out);
      out[0] = sum;
      out[1] = slope / width;
    },
  };
}
