import { describe, expect, it } from 'vitest';
import type { AssayForkResult, AssayKind } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { rankWithoutEnd, worldNoise } from '../../../src/analysis/lab/world-noise.ts';
import { mean, standardError } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

const loci = 12;
const organisms = 101;
const sizes = Float64Array.from({ length: loci }, (_, l) => 0.1 * (1 + (l % 3)));

/** Forks whose steps are normal with s.d. `noise(l)` in units of mutation round a mean of 0.3 at locus 0, and gradients with noise. */
function planted(seed: string, forks: number, noise: (l: number) => number): AssayForkResult[] {
  const stream = namedStream(seed, 'world noise');
  const make = (kind: AssayKind, f: number): AssayForkResult => {
    const vector = (of: (l: number) => number) => Float64Array.from({ length: loci }, (_, l) => of(l));
    const step = vector((l) => sizes[l] * ((l === 0 ? 0.3 : 0) + noise(l) * stream.normal()));
    return {
      kind,
      seed: `${seed} ${f}`,
      gradient: vector((l) => (kind === 'perturbed' ? ((l === 1 ? 2 : 0) + 0.5 * stream.normal()) / sizes[l] : 0)),
      between: vector((l) => 0.25 * step[l]),
      within: vector((l) => 0.75 * step[l]),
      neutralBetween: vector(() => 0),
      neutralWithin: vector((l) => sizes[l] * 2 * noise(l) * stream.normal()),
      organisms,
      living: organisms,
      fitnessVariance: 2 + 0 * f,
    };
  };
  return [
    ...Array.from({ length: forks }, (_, f) => make('realised', f)),
    ...Array.from({ length: 20 }, (_, f) => make('perturbed', f)),
  ];
}

/** Genomes of variance `g` of each locus, in units of mutation. */
const genomes = (g: number): Float64Array =>
  Float64Array.from(
    { length: organisms * loci },
    (_, i) => (Math.floor(i / loci) % 2 === 0 ? 1 : -1) * Math.sqrt(g) * sizes[i % loci],
  );

describe('worldNoise', () => {
  const runs = Array.from({ length: 40 }, (_, r) =>
    worldNoise(
      planted(`run ${r}`, 20, (l) => (l < 4 ? 0.2 : 0.1)),
      genomes(1),
      sizes,
    ),
  );
  const near = (values: number[], expected: number) =>
    expect(Math.abs(mean(values) - expected) / standardError(values)).toBeLessThan(4);

  it('finds the noise, the rank, the step and the gradient that were planted', () => {
    const trace = 4 * 0.04 + 8 * 0.01;
    near(
      runs.map(({ noise }) => noise * noise),
      trace,
    );
    near(
      runs.map(({ step }) => step * step),
      0.09,
    );
    near(
      runs.map(({ slope }) => slope * slope),
      4,
    );
    // (tr C)^2 / tr(C^2); few forks show less, and that is put right but for the curvature of 1/x.
    const rank = (trace * trace) / (4 * 0.0016 + 8 * 0.0001);
    near(
      runs.map(({ fullRank }) => 1 / fullRank),
      1 / rank,
    );
    expect(mean(runs.map((one) => one.rank))).toBeLessThan(rank - 1);
    // The gradient is along locus 1, of 0.04.
    near(
      runs.map(({ byLocus }) => byLocus.noise[1]),
      0.04,
    );
    near(
      runs.map(({ kurtosisAcross }) => kurtosisAcross),
      runs[0].normalKurtosis,
    );
  });

  it('holds it against drift and the shadow', () => {
    const [one] = runs;
    // Ne = (N - 1) / V_w.
    expect(one.effective).toBeCloseTo(50, 9);
    expect(one.byLocus.drift[3]).toBeCloseTo((1 - 1 / organisms ** 2) / 50, 9);
    expect(one.overDrift).toBeCloseTo((one.noise * one.noise) / (loci * one.byLocus.drift[0]), 9);
    near(
      runs.map(({ overShadow }) => Math.log(overShadow)),
      Math.log(0.25),
    );
  });

  it('needs forks', () => {
    expect(() =>
      worldNoise(
        planted('few', 2, () => 1),
        genomes(1),
        sizes,
      ),
    ).toThrow('2 forks and 20 perturbed; give 3 and 2 or more');
    expect(rankWithoutEnd(5, 4)).toBe(Number.POSITIVE_INFINITY);
  });
});
