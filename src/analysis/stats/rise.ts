import { exp, log } from '../../math/elementary.ts';

/** How strongly selection favoured an origin that rose, and whether drift alone rises as fast. @experimental */
export interface RiseStrength {
  /**
   * Selection coefficient in units of 1/copies: N s. Of all rises the estimate of greatest likelihood, 0 where drift is as fast on average; of fast ones alone the value
   * that a slower and a faster rise are equally likely under.
   */
  readonly strength: number;
  /** Bounds of its 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Chance that an origin under drift alone, which rose as far, did so as fast. */
  readonly p: number;
}

/**
 * Strength of selection on an origin that rose from few copies to a frequency. In the clock t' = sum p(1 - p)/N over generations, N copies, its logistic rise is a
 * Brownian motion with drift N s, and what reached the level y is the same conditioned not to be lost: the time to reach y has the Laplace transform of a
 * three-dimensional Bessel process for s = 0, and the density e^(-(Ns)^2 t'/2) sinh(Ns y)/(Ns y) times that for others (Girsanov's theorem; Karatzas & Shreve
 * 1991, ch. 3 and 6). The interval inverts this distribution, so that it allows for rises being what is looked at: under drift alone a fixation takes N/3 in
 * place of t' N on average, as if N s were 3.
 * The sign is not in it: among origins that rise, harmful ones rise as fast as useful ones (Maruyama 1974, Genet. Res. 23: 137); it is taken to be useful.
 * @param exposure t' up to the level, above 0
 * @param level y, above 0, up to 1
 * @param fastest where given, only rises are looked at that drift alone makes as fast with at most this chance: interval and estimate are of such, which look stronger
 * than they are otherwise; 0 is in the interval only where the rise is a slow one of these
 * @throws {RangeError} for an exposure or a level that is not above 0
 * @experimental
 */
export function riseStrength(exposure: number, level: number, fastest = 1): RiseStrength {
  if (!(exposure > 0 && level > 0)) {
    throw new RangeError(`riseStrength: exposure ${exposure} and level ${level} must be above 0`);
  }
  const x = exposure / (level * level);
  const most = fastest < 1 ? driftQuantile(fastest) : Number.POSITIVE_INFINITY;
  const at = (share: number) => strengthAt(x, share, most) / level;
  return {
    strength: fastest < 1 ? at(0.5) : likeliest(x) / level,
    low: at(0.025),
    high: at(0.975),
    p: riseDistribution(x, 0),
  };
}

/** The part of the clock within which drift alone makes a rise to 1 with a chance. */
function driftQuantile(chance: number): number {
  return bisect(0, 20, (x) => riseDistribution(x, 0) < chance);
}

/**
 * Chance that a rise to 1 takes at most x of the clock.
 * @param strength N s, 0 or more
 * @experimental
 */
export function riseDistribution(x: number, strength: number): number {
  if (!(x > 0)) return 0;
  // Strong selection takes nearly the same time always: elsewhere there is nothing to sum.
  const [usual, width] = strength > 10 ? [1 / strength, 10 / (strength * Math.sqrt(strength))] : [0, 20];
  const from = Math.max(0, usual - width);
  const to = Math.min(x, usual + 1.5 * width);
  if (!(to > from)) return 0;
  const step = (to - from) / panels;
  let sum = 0;
  for (let k = 0; k <= panels; k++) {
    const weight = k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * density(from + k * step, strength);
  }
  return Math.min(1, (sum * step) / 3);
}

/** Of Simpson's rule; even. */
const panels = 200;

/** Density of the time to reach 1: by images for short times, by eigenfunctions for long ones. */
function density(x: number, strength: number): number {
  if (!(x > 0)) return 0;
  // log(sinh(s)/s), s near 0 too.
  const scale = strength < 1e-4 ? 0 : strength + log((1 - exp(-2 * strength)) / (2 * strength));
  const common = scale - (strength * strength * x) / 2;
  let sum = 0;
  if (x < 0.5) {
    const front = 2 / (Math.sqrt(2 * Math.PI) * x * Math.sqrt(x));
    for (let a = 1; a <= 15; a += 2) sum += front * ((a * a) / x - 1) * exp(common - (a * a) / (2 * x));
    return sum;
  }
  for (let k = 1; k <= 12; k++) {
    const square = k * k * Math.PI * Math.PI;
    sum += (k % 2 === 1 ? 1 : -1) * square * exp(common - (square * x) / 2);
  }
  return sum;
}

/** coth(s) - 1/s = s x. */
function likeliest(x: number): number {
  if (x >= 1 / 3) return 0;
  return bisect(0, 1 / x + 1, (s) => 1 / tanh(s) - 1 / s > s * x);
}

const tanh = (s: number) => (1 - exp(-2 * s)) / (1 + exp(-2 * s));

/** N s at which a rise takes at most x with a chance, of those that take at most `most`. */
function strengthAt(x: number, share: number, most: number): number {
  const isSlower = (s: number) => riseDistribution(x, s) < share * (Number.isFinite(most) ? riseDistribution(most, s) : 1);
  if (!isSlower(0)) return 0;
  let high = 1 / x + 1;
  while (isSlower(high)) high *= 2;
  return bisect(0, high, isSlower);
}

function bisect(from: number, to: number, isBelow: (value: number) => boolean): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 60 && high - low > 1e-7 * high; step++) {
    const middle = low + (high - low) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
