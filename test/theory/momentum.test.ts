import { describe, expect, it } from 'vitest';
import { fitMomentum } from '../../src/analysis/gradient/momentum.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

const [loci, steps, rate] = [20, 60, 0.5];

/** Displacements with a planted momentum along gradients that turn slowly, and two noisy estimates of each gradient's response. */
function planted(momentum: number, noise: number, seed: string) {
  const stream = namedStream(seed, 'momentum');
  const normals = (scale: number) => Float64Array.from({ length: loci }, () => scale * stream.normal());
  let gradient = normals(1);
  let former = normals(0.1);
  const [moves, first, second]: Float64Array[][] = [[], [], []];
  for (let t = 0; t < steps; t++) {
    const turn = normals(0.3);
    gradient = gradient.map((g, l) => 0.95 * g + turn[l]);
    const drift = normals(0.1);
    former = former.map((d, l) => momentum * d + rate * gradient[l] + drift[l]);
    moves.push(former);
    const [a, b] = [normals(noise), normals(noise)];
    first.push(gradient.map((g, l) => g + a[l]));
    second.push(gradient.map((g, l) => g + b[l]));
  }
  return { moves, first, second };
}

describe('momentum of displacements', () => {
  it.each([0, 0.5, 0.9])('a planted %f is recovered, with noisy gradients too', (momentum) => {
    for (const noise of [0, 1]) {
      const fits = Array.from({ length: 40 }, (_, k) => {
        const { moves, first, second } = planted(momentum, noise, `${momentum} ${noise} ${k}`);
        return fitMomentum(moves, first, second, 5, namedStream(String(k), 'bootstrap')).momentum;
      });
      expect(Math.abs(mean(fits) - momentum)).toBeLessThan(4 * standardError(fits) + 1e-3);
    }
  });

  it('without independent estimates noise makes momentum where there is none, which is why they are asked for', () => {
    const fits = Array.from({ length: 40 }, (_, k) => {
      const { moves, first } = planted(0, 1, `false ${k}`);
      return fitMomentum(moves, first, first, 5, namedStream(String(k), 'bootstrap')).momentum;
    });
    expect(mean(fits)).toBeGreaterThan(4 * standardError(fits));
  });

  it('its interval holds what was planted about as often as it says', () => {
    let held = 0;
    for (let k = 0; k < 60; k++) {
      const { moves, first, second } = planted(0.5, 0.5, `held ${k}`);
      const { low, high } = fitMomentum(moves, first, second, 5, namedStream(String(k), 'bootstrap'));
      if (low <= 0.5 && high >= 0.5) held++;
    }
    // 95 % of 60 is 57; block bootstrap intervals of short series are known to be a little narrow.
    expect(held).toBeGreaterThan(60 * 0.95 - 4 * Math.sqrt(60 * 0.95 * 0.05) - 3);
  });
});
