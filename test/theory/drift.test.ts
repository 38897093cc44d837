import { describe, expect, it } from 'vitest';
import meadow from '../../scenes/meadow.json';
import { effectiveSize } from '../../src/analysis/lab/effective-size.ts';
import { geneticCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { valuesOf } from '../../src/analysis/lab/questions/asked.ts';
import { drift } from '../../src/analysis/lab/questions/drift.ts';
import { selectionDrift } from '../../src/analysis/lab/selection-drift.ts';
import { spreadOfForks } from '../../src/analysis/lab/spread-of-forks.ts';
import { NeutralShadow } from '../../src/analysis/neutral-shadow.ts';
import { makeLandscape } from '../../src/habitat/landscape/forms.ts';
import { mean, standardError, variance } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { withWorld } from './lab-worlds.ts';

describe('effective size', () => {
  it('is that of the textbooks', () => {
    // Equal families of k: 2n - 1 for k = 2 (Caballero 1994, with selfing at random), and no drift of the mean.
    expect(effectiveSize([2, 2, 2, 2, 2])).toMatchObject({
      mean: 2,
      variance: 0,
      inbreeding: 9,
      drift: Number.POSITIVE_INFINITY,
    });
    expect(effectiveSize([1, 1, 1]).inbreeding).toBe(Number.POSITIVE_INFINITY);
    // One leaves all.
    expect(effectiveSize([4, 0, 0, 0])).toMatchObject({ inbreeding: 1, drift: 1 });
    // Two copies of the next generation have one parent with the chance that counting pairs gives.
    const copies = [3, 0, 1, 5, 2];
    const pairs = copies.reduce((sum, k) => sum + k * (k - 1), 0) / (11 * 10);
    expect(1 / effectiveSize(copies).inbreeding).toBeCloseTo(pairs, 12);
    expect(() => effectiveSize([3])).toThrow(RangeError);
    expect(() => effectiveSize([0, 0])).toThrow(RangeError);
  });

  it.each([
    ['haploid clones of Wright and Fisher', 1, 'wright-fisher', {}, 1, 1 / 30],
    ['sexual diploids, by copies of genes', 2, 'wright-fisher', { 'sexual-reproduction': { on: true } }, 1, 1 / 60],
    // A pair of copies comes together in an event with chance 2/N^2, and a generation has N of them.
    ['haploid clones of Moran', 1, 'moran', {}, 30, 1 - (1 - 2 / 900) ** 30],
  ] as const)('of %s is measured in the engine', (_name, ploidy, model, mechanisms, ticks, expected) => {
    const world = { form: 'linear', parameters: { slope: 0 }, dimensions: 1, size: 30, sigma: 0, ploidy, model, mechanisms };
    const shared = withWorld(world, 'effective size', (simulation, population) =>
      Array.from({ length: 300 }, () => {
        const { trace, end } = simulation.traceOrigins(population);
        simulation.step(ticks);
        const copies = trace.copies();
        end();
        return 1 / effectiveSize(copies.filter((_, i) => i % trace.slots.length === 0)).inbreeding;
      }),
    );
    expect(Math.abs(mean(shared) - expected) / standardError(shared)).toBeLessThan(4);
  });
});

describe('selection plus drift as a stochastic differential equation', () => {
  it('in a bowl is Ornstein and Uhlenbeck’s process, of variance width² / (2 Ne) in the end (Lande 1976)', () => {
    const [width, effective, g, generations] = [1, 20, 0.1, 20];
    const landscape = makeLandscape('bowl', 1, { width }, 's');
    // Two genomes at +-sqrt(g) have the variance g.
    const genomes = { values: Float64Array.of(Math.sqrt(g), -Math.sqrt(g)), count: 2, stride: 1, dimensions: 1 };
    const stream = namedStream('drift', 'equation');
    const ends = Array.from(
      { length: 1500 },
      () => selectionDrift({ landscape, genomes, effective, generations, time: 0, stream })[generations],
    );
    const rest = (width * width) / (2 * effective);
    const expected = rest * (1 - Math.exp((-2 * g * generations) / (width * width)));
    expect(Math.abs(variance(ends) / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / ends.length));
    expect(Math.abs(mean(ends) / standardError(ends))).toBeLessThan(4);
  });

  it('without drift is gradient flow along G b', () => {
    const landscape = makeLandscape('bowl', 2, { width: 3 }, 's');
    const genomes = { values: Float64Array.of(5, 5, 7, 5, 5, 9, 7, 9), count: 4, stride: 2, dimensions: 2 };
    const stream = namedStream('drift', 'none');
    const path = selectionDrift({ landscape, genomes, effective: Number.POSITIVE_INFINITY, generations: 3, time: 0, stream });
    // G has 1 and 4; ten Euler steps a generation.
    expect(path[6]).toBeCloseTo(6 * (1 - 0.1 / 9) ** 30, 10);
    expect(path[7]).toBeCloseTo(7 * (1 - 0.4 / 9) ** 30, 10);
  });
});

describe('the law of one step: E = G b, Cov = G/Ne', () => {
  it.each([
    ['linear', { slope: 0.2 }],
    ['bowl', { width: 6 }],
    ['valley', { width: 12, condition: 10 }],
    ['moving', { width: 6, speed: 0.01 }],
  ] as const)('holds on the landscape %s', (form, parameters) => {
    const [d, forks, runs] = [4, 60, 4];
    const values = valuesOf(drift, form, parameters, {
      dimensions: d,
      size: 80,
      sigma: 0.02,
      h: 0.5,
      burnin: 100,
      forks,
      generations: 1,
    });
    const rows = Array.from(
      { length: runs },
      (_, r) => drift.measure({ form, parameters, values, seed: `law ${r}` })[0].measures,
    );
    const of = (name: string) => mean(rows.map((row) => row[drift.measures.findIndex((one) => one.name === name)]));
    // Chi-square of runs (F - 1) d degrees of freedom, and of runs d.
    expect(Math.abs(of('ratio') - 1)).toBeLessThan(4 * Math.sqrt(2 / (runs * (forks - 1) * d)));
    for (const name of ['departure', 'exact_departure']) {
      expect(Math.abs(of(name) - 1), name).toBeLessThan(4 * Math.sqrt(2 / (runs * d)));
    }
  });
});

describe('drift in a meadow', () => {
  it('of the neutral shadow spreads means by G/Ne, locus by locus and together', () => {
    const [side, forks, loci] = [112, 60, 12];
    const set = { 'habitat.width': side, 'habitat.height': side, 'populations.foragers.founders': 120 };
    const changes = Object.entries(set).map(([path, value]) => ({ path, value }));
    const world = createSimulation(applyChanges(parseScene(meadow, 'meadow'), changes, { atStart: true }), 'drift');
    world.step(300);
    const snapshot = world.snapshot();
    world.dispose();
    const steps: Float64Array[] = [];
    let covariance: Float64Array = new Float64Array(0);
    for (let f = 0; f < forks; f++) {
      const fork = simulationFromSnapshot(snapshot);
      const [population] = fork.populations;
      const { table, layout, count } = population;
      const slots = layout.loci.filter(({ scale }) => scale > 0).slice(0, loci);
      // In mutation's units, so that no locus is lost beside another.
      const values = Float64Array.from(
        { length: count * loci },
        (_, i) => table.f32('genome')[Math.floor(i / loci) * layout.stride + slots[i % loci].slot] / slots[i % loci].scale,
      );
      const rows = { values, count, stride: loci, dimensions: loci };
      covariance = geneticCovariance(rows);
      population.reseed(`fork ${f}`);
      const shadow = new NeutralShadow(
        fork,
        population,
        Float64Array.from({ length: count }, (_, row) => row),
        namedStream(`${f}`, 'shadow'),
      );
      fork.observe(shadow);
      fork.step(60);
      const bearers = shadow.bearers(count);
      const { drift, mean: per } = effectiveSize(bearers);
      // In units of sqrt(1/Ne) of its own fork, which differ from fork to fork.
      const step = new Float64Array(loci);
      for (let row = 0; row < count; row++) {
        for (let l = 0; l < loci; l++) step[l] += ((bearers[row] / per - 1) * values[row * loci + l] * Math.sqrt(drift)) / count;
      }
      steps.push(step);
      fork.dispose();
    }
    const { ratio, departure } = spreadOfForks(steps, covariance);
    expect(Math.abs(ratio - 1)).toBeLessThan(4 * Math.sqrt(2 / ((forks - 1) * loci)));
    expect(Math.abs(departure(new Float64Array(loci)) - 1)).toBeLessThan(4 * Math.sqrt(2 / loci));
  });
});
