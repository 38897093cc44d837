import { type NamedStream, namedStream } from '../../math/streams.ts';

/** The cyclic share of a tournament without its noise. */
export interface CyclicShare {
  /** Probability that noise alone makes margins this large. */
  readonly noiseP: number;
  /** Share of what is not noise, in [0, 1]; NaN if noise alone may have produced all of it (p of 0.05 or more). */
  readonly share: number;
  /** 95 % interval, which may reach 0 and 1. */
  readonly low: number;
  readonly high: number;
}

const draws = 999;
const level = 0.05;

/**
 * Subtracts noise from both sums of squares of a tournament, once. With independent normal noise of variance s^2 in each mean margin the sums are
 * s^2 times noncentral chi-squares, and the wanted share is that of the noncentralities. The interval holds every share that a test at 2.5 % on either side
 * does not reject: the test statistic is (1 - share)(cyclic - its noise) - share (transitive - its noise) in standard errors, and its distribution is drawn with the strength that
 * the tournament shows (a parametric bootstrap of a studentised statistic: Davison & Hinkley 1997, section 5.4).
 * If pairs differ in their noise, its mean is right for both sums (each pair has the same weight in them), its degrees of freedom are Satterthwaite's, and the part along the signal
 * counts with the noise of its own pairs, if that is larger.
 * @param players 3 or more
 * @param transitive, cyclic parts of the mean margin of each pair
 * @param variances of the noise of each of these means
 * @param replicates from which they come, 2 or more
 */
export function cyclicShare(
  players: number,
  transitive: ArrayLike<number>,
  cyclic: ArrayLike<number>,
  variances: ArrayLike<number>,
  replicates: number,
): CyclicShare {
  const pairs = variances.length;
  let [variance, squares] = [0, 0];
  for (let p = 0; p < pairs; p++) {
    variance += variances[p] / pairs;
    squares += variances[p] * variances[p];
  }
  const freedom = Math.max(1, Math.floor((pairs * pairs * variance * variance * (replicates - 1)) / squares));
  const dimensions: Dimensions = { cyclic: ((players - 1) * (players - 2)) / 2, transitive: players - 1, freedom };
  const noise = noiseOf(players, dimensions);
  const square = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value * value, 0);
  const found = { cyclic: square(cyclic) / variance, transitive: square(transitive) / variance };
  /** Noise along the signal, in the mean noise. */
  const along = (share: number) => {
    let [noisy, even] = [0, 0];
    for (let p = 0; p < pairs; p++) {
      const slope = (1 - share) * cyclic[p] - share * transitive[p];
      noisy += slope * slope * variances[p];
      even += slope * slope * variance;
    }
    return even > 0 ? Math.max(1, noisy / even) : 1;
  };
  const all = dimensions.cyclic + dimensions.transitive;
  const total = (sums: Sums) => sums.cyclic + sums.transitive;
  const noiseP = (noise.filter((draw) => total(sumsOf(draw, 0, 0)) >= total(found)).length + 1) / (draws + 1);
  // Of a noncentral F times its degrees of freedom this is the noncentrality, without bias.
  const strengthOf = (sums: Sums) => Math.max(0, (total(sums) * Math.max(1, freedom - 2)) / freedom - all);
  const strength = strengthOf(found);
  const statistic = (sums: Sums, share: number, widened = 1) => {
    const size = strengthOf(sums);
    const [c, t] = [1 - share, share];
    const middle = c * dimensions.cyclic - t * dimensions.transitive;
    const spread =
      c * c * (2 * dimensions.cyclic + 4 * widened * share * size) +
      t * t * (2 * dimensions.transitive + 4 * widened * (1 - share) * size) +
      (2 * middle * middle) / freedom;
    return (c * (sums.cyclic - dimensions.cyclic) - t * (sums.transitive - dimensions.transitive)) / Math.sqrt(spread);
  };
  /** Share of draws with this true share whose statistic is at least, and at most, the observed one. */
  const tails = (share: number) => {
    const observed = statistic(found, share, along(share));
    const values = noise.map((draw) => statistic(sumsOf(draw, share * strength, (1 - share) * strength), share));
    return {
      above: (values.filter((value) => value >= observed).length + 1) / (draws + 1),
      below: (values.filter((value) => value <= observed).length + 1) / (draws + 1),
    };
  };
  const excluded = {
    low: (share: number) => tails(share).above <= level / 2,
    high: (share: number) => tails(share).below <= level / 2,
  };
  const low = excluded.low(0) ? edge(0, 1, excluded.low) : 0;
  const high = excluded.high(1) ? edge(1, 0, excluded.high) : 1;
  const parts = {
    cyclic: Math.max(0, found.cyclic - dimensions.cyclic),
    transitive: Math.max(0, found.transitive - dimensions.transitive),
  };
  const share = noiseP < level ? parts.cyclic / (parts.cyclic + parts.transitive) : Number.NaN;
  return { noiseP, share, low, high };
}

interface Dimensions {
  readonly cyclic: number;
  readonly transitive: number;
  readonly freedom: number;
}

interface Sums {
  readonly cyclic: number;
  readonly transitive: number;
}

/** Noise of one draw: a normal along the signal in each part, the squares of all others, and the estimate of the variance. */
interface Noise {
  readonly along: readonly [number, number];
  readonly rest: readonly [number, number];
  readonly variance: number;
}

/** Draws of the noise follow from the size of a tournament alone: the same margins give the same bounds. */
const drawn = new Map<string, readonly Noise[]>();

function noiseOf(players: number, dimensions: Dimensions): readonly Noise[] {
  const name = `${players} ${dimensions.freedom}`;
  const noise = drawn.get(name) ?? drawNoise(dimensions, namedStream('tournament', name));
  drawn.set(name, noise);
  return noise;
}

function drawNoise({ cyclic, transitive, freedom }: Dimensions, stream: NamedStream): Noise[] {
  const squares = (count: number) => {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const value = stream.normal();
      sum += value * value;
    }
    return sum;
  };
  return Array.from({ length: draws }, () => ({
    along: [stream.normal(), stream.normal()],
    rest: [squares(cyclic - 1), squares(transitive - 1)],
    variance: squares(freedom) / freedom,
  }));
}

/** Sums of squares in units of the estimated variance, with these noncentralities. */
function sumsOf({ along, rest, variance }: Noise, cyclic: number, transitive: number): Sums {
  const [c, t] = [along[0] + Math.sqrt(cyclic), along[1] + Math.sqrt(transitive)];
  return { cyclic: (c * c + rest[0]) / variance, transitive: (t * t + rest[1]) / variance };
}

/** Where a share is no longer excluded, going from one that is towards another end. */
function edge(from: number, to: number, isExcluded: (share: number) => boolean): number {
  let [out, inside] = [from, to];
  for (let step = 0; step < 10; step++) {
    const middle = (out + inside) / 2;
    if (isExcluded(middle)) out = middle;
    else inside = middle;
  }
  return inside;
}
