import { describe, expect, it } from 'vitest';
import { fitMomentum, type MomentumStep } from '../../src/analysis/gradient/momentum.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

const [loci, rate] = [16, 0.5];

interface Planted {
  readonly momentum: number;
  readonly steps?: number;
  /** How much of the gradient is left a step later. */
  readonly persistence?: number;
  /** Whether drift is in the observed gradient of the same step, as it is in a real one. */
  readonly shared?: boolean;
}

/** Displacements with a planted momentum, and what a window shows of its gradient; the instrument is what the window two before showed. */
function planted({ momentum, steps = 40, persistence = 0.95, shared = true }: Planted, seed: string): MomentumStep[] {
  const stream = namedStream(seed, 'momentum');
  const normals = (scale: number) => Float64Array.from({ length: loci }, () => scale * stream.normal());
  const turning = Math.sqrt(1 - persistence * persistence);
  let gradient = normals(1);
  let former = normals(0.1);
  const [moves, shown]: Float64Array[][] = [[], []];
  for (let t = 0; t < steps + 2; t++) {
    const turn = normals(turning);
    gradient = gradient.map((g, l) => persistence * g + turn[l]);
    const drift = normals(0.3);
    former = former.map((d, l) => momentum * d + rate * gradient[l] + drift[l]);
    moves.push(former);
    const noise = normals(0.5);
    shown.push(gradient.map((g, l) => g + noise[l] + (shared ? drift[l] / rate : 0)));
  }
  return moves.slice(2).map((now, t) => ({ before: moves[t + 1], now, response: shown[t + 2], instrument: shown[t] }));
}

/** Least squares, for comparison. */
function leastSquares(steps: readonly MomentumStep[]): number {
  let [xx, xr, rr, xy, ry] = [0, 0, 0, 0, 0];
  for (const { before, now, response } of steps) {
    for (let l = 0; l < now.length; l++) {
      xx += before[l] * before[l];
      xr += before[l] * response[l];
      rr += response[l] * response[l];
      xy += before[l] * now[l];
      ry += response[l] * now[l];
    }
  }
  return (xy * rr - xr * ry) / (xx * rr - xr * xr);
}

const many = 300;
const band = 4 * Math.sqrt(0.05 * 0.95 * many);

describe('momentum of displacements', () => {
  it.each([0, 0.5, 0.9])('a planted %f is found, and its interval holds it as often as it says', (momentum) => {
    const fits = Array.from({ length: many }, (_, k) => fitMomentum(planted({ momentum, shared: false }, `${momentum} ${k}`)));
    const known = fits.filter(({ identified }) => identified);
    expect(known.length).toBeGreaterThan(0.8 * many);
    // The ratio has heavy tails: the median stands for its centre, whose standard error is 1.25 times that of a mean.
    const found = known.map((fit) => fit.momentum).sort((a, b) => a - b);
    const middle = found.slice(Math.floor(0.25 * found.length), Math.ceil(0.75 * found.length));
    expect(Math.abs(mean(middle) - momentum)).toBeLessThan(4 * 1.25 * standardError(found) + 0.02);
    const missed = known.filter(({ low, high }) => !(low <= momentum && momentum <= high)).length;
    expect(missed).toBeLessThan(0.05 * many + band);
  });

  it('drift that the gradient of the same window shows makes no momentum, as it does in least squares of an independent half', () => {
    const worlds = Array.from({ length: many }, (_, k) => planted({ momentum: 0 }, `shared ${k}`));
    const fits = worlds.map(fitMomentum).filter(({ identified }) => identified);
    expect(fits.length).toBeGreaterThan(0.8 * many);
    const missed = fits.filter(({ low, high }) => !(low <= 0 && 0 <= high)).length;
    expect(missed).toBeLessThan(0.05 * many + band);
    const plain = worlds.map(leastSquares);
    expect(Math.abs(mean(plain))).toBeGreaterThan(4 * standardError(plain));
  });

  it('is not identified where the gradient of one window says nothing of a later one, or nothing but it moves', () => {
    const fits = Array.from({ length: many }, (_, k) => fitMomentum(planted({ momentum: 0.5, persistence: 0 }, `white ${k}`)));
    expect(fits.filter(({ identified }) => identified).length).toBeLessThan(0.02 * many + 1);
    for (const { momentum, low, high } of fits.filter(({ identified }) => !identified)) {
      expect([momentum, low, high]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
    const same = Float64Array.of(1, 2, 3);
    const still = Array.from({ length: 20 }, () => ({ before: same, now: same, response: same, instrument: same }));
    expect(fitMomentum(still).identified).toBe(false);
  });

  it('refuses too few steps and vectors that do not fit', () => {
    const steps = planted({ momentum: 0 }, 'few');
    expect(() => fitMomentum(steps.slice(0, 3))).toThrow('3 steps');
    expect(() => fitMomentum([...steps, { ...steps[0], response: [1] }])).toThrow('differ in length');
  });
});
