import { afterEach, describe, expect, it } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { makeAcceptance } from '../../../src/habitat/landscape/acceptance.ts';
import { fixationProbability } from '../../../src/habitat/landscape/fixation-probability.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { inspectOrganism } from '../../../src/simulation/inspect.ts';
import type { LandscapeSimulation } from '../../../src/simulation/kinds.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

type Json = Record<string, unknown>;

const open: LandscapeSimulation[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

function scene(habitat: Json = {}, lineage: Json = {}, mechanisms: Json = {}) {
  return parseScene(
    {
      version: 1,
      name: 'lab',
      title: 'Lab',
      habitat: { kind: 'landscape', dimensions: 4, ...habitat },
      populations: {
        lineage: {
          founders: 50,
          start: { mean: 1 },
          mechanisms: { mutation: { on: true, rate: 1, deviation: 0.1 }, ...mechanisms },
          ...lineage,
        },
      },
    },
    'lab.json',
  );
}

function world(...of: Parameters<typeof scene>): LandscapeSimulation {
  const made = createSimulation(scene(...of), 'lab') as LandscapeSimulation;
  open.push(made);
  return made;
}

describe('wright-fisher', () => {
  it('replaces everybody in every tick, and a place is the first two coordinates', () => {
    const simulation = world();
    const [population] = simulation.populations;
    simulation.step(5);
    expect(population.count).toBe(50);
    expect(simulation.births(population).count).toBe(50);
    expect(simulation.deaths(population).count).toBe(50);
    const { table, layout } = population;
    const genomes = table.f32('genome');
    for (let row = 0; row < 50; row++) {
      expect(table.u32('generation')[row]).toBe(5);
      expect(table.i32('birthTick')[row]).toBe(5);
      expect([table.f32('x')[row], table.f32('y')[row]]).toEqual([
        genomes[row * layout.stride],
        genomes[row * layout.stride + 1],
      ]);
      expect(table.f32(floatsNamed('x2'))[row]).toBe(genomes[row * layout.stride + 1]);
    }
    const deaths = simulation.deaths(population);
    expect(population.deathCauses[deaths.cause[0]]).toBe('replaced');
    expect([...deaths.offspring.subarray(0, 50)].reduce((sum, n) => sum + n, 0)).toBe(50);
  });

  it('draws parents by fitness: offspring of two kinds are as their fitness says', () => {
    // Two kinds that differ by log 3 on a slope; a founder's kind is its coordinate.
    const simulation = world(
      { form: 'linear', dimensions: 1 },
      { founders: 20_000, start: { mean: 0 } },
      { mutation: { on: false } },
    );
    const [population] = simulation.populations;
    const genomes = population.table.f32('genome');
    const gain = Math.log(3);
    for (let row = 0; row < 20_000; row += 4) genomes[row * population.layout.stride] = gain;
    population.stale = true;
    simulation.step();
    const better = population.table.f32('genome').filter((_, i) => i % population.layout.stride === 0);
    const share = better.subarray(0, 20_000).filter((value) => value > 0.5).length / 20_000;
    // p w / (p w + 1 - p) with p = 1/4, w = 3: one half; binomial error.
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 20_000));
  });

  it('with two mating types and recombination everybody has two parents drawn by fitness', () => {
    const simulation = world(
      {},
      { genome: { ploidy: 2 } },
      {
        'sexual-reproduction': { on: true },
        recombination: { on: true },
      },
    );
    const [population] = simulation.populations;
    simulation.step(3);
    const births = simulation.births(population);
    expect(births.count).toBe(50);
    for (let k = 0; k < 50; k++) {
      expect(births.mate[k]).toBeGreaterThanOrEqual(0);
      expect(births.mate[k]).not.toBe(births.parent[k]);
    }
    expect(new Set(births.mate.subarray(0, 50)).size).toBeGreaterThan(15);
  });
});

describe('mates', () => {
  it.each([
    [20, 1],
    [20, 40],
    [300, 8],
  ])('of %i organisms that meet %i each are drawn by fitness from the others', (founders, encounters) => {
    const simulation = world(
      { form: 'linear', dimensions: 1, encounters },
      { founders, start: { mean: 0, deviation: 0.7 } },
      { 'sexual-reproduction': { on: true }, mutation: { on: false } },
    );
    const [population] = simulation.populations;
    const sums = { mates: 0, expected: 0, variance: 0, births: 0 };
    for (let tick = 0; tick < 2400 / founders; tick++) {
      const fork = simulation.fork({ seed: `mates ${tick}` });
      const [forked] = fork.populations;
      const values = new Map<number, number>();
      const { stride } = forked.layout;
      const genome = forked.table.f32('genome');
      for (let row = 0; row < founders; row++) values.set(forked.table.f64('id')[row], genome[row * stride]);
      const weights = [...values].map(([id, value]) => [id, value, Math.exp(value)] as const);
      fork.step();
      const births = fork.births(forked);
      for (let k = 0; k < births.count; k++) {
        const others = weights.filter(([id]) => id !== births.parent[k]);
        const total = others.reduce((sum, [, , w]) => sum + w, 0);
        const mean = others.reduce((sum, [, value, w]) => sum + value * w, 0) / total;
        sums.mates += values.get(births.mate[k]) as number;
        sums.expected += mean;
        sums.variance += others.reduce((sum, [, value, w]) => sum + (value - mean) ** 2 * w, 0) / total;
        sums.births++;
      }
      fork.dispose();
    }
    expect(population.count).toBe(founders);
    expect(sums.births).toBeGreaterThan(2000);
    // Each mate is a draw of its own, whatever the parent: the variances add.
    expect(Math.abs(sums.mates - sums.expected)).toBeLessThan(4 * Math.sqrt(sums.variance));
  });
});

describe('moran', () => {
  it('bears one and replaces one in a tick', () => {
    const simulation = world({ model: 'moran' });
    const [population] = simulation.populations;
    for (let tick = 0; tick < 40; tick++) {
      simulation.step();
      expect(simulation.births(population).count).toBe(1);
      expect(simulation.deaths(population).count).toBe(1);
      expect(population.count).toBe(50);
    }
  });
});

describe('models of one kind at a time', () => {
  /** Share of mutants that are kept of a mutant that gains exactly `gain`: the slope is all that a locus does. */
  function kept(habitat: Json, gain: number, ticks: number): number {
    const simulation = world(
      { form: 'linear', dimensions: 1, forms: { linear: { slope: 1 } }, ...habitat },
      { founders: 1, start: { mean: 0 } },
      { mutation: { on: false } },
    );
    const [population] = simulation.populations;
    let stayed = 0;
    for (let tick = 0; tick < ticks; tick++) {
      // Without mutation a newborn is a clone: the old one is put so much lower before it proposes.
      const genomes = population.table.f32('genome');
      genomes[0] = 0;
      const id = population.table.f64('id')[0];
      simulation.step();
      if (population.table.f64('id')[0] !== id) stayed++;
    }
    return gain === 0 ? stayed / ticks : Number.NaN;
  }

  it('keeps a neutral mutant as often as the rule says', () => {
    const n = 4000;
    const near = (share: number, p: number) =>
      expect(Math.abs(share - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / n) + 1e-12);
    near(kept({ model: 'annealing', annealing: { rule: 'logistic' } }, 0, n), makeAcceptance('logistic', 1).probability(0));
    near(kept({ model: 'annealing', annealing: { rule: 'metropolis' } }, 0, n), 1);
    near(kept({ model: 'annealing', annealing: { rule: 'step' } }, 0, n), 0.5);
    near(kept({ model: 'fixation', fixation: { size: 10 } }, 0, n), fixationProbability('wright-fisher', 10, 0));
    near(kept({ model: 'fixation', fixation: { size: 10, by: 'drift' } }, 0, n), 0.1);
    near(kept({ model: 'fixation', fixation: { size: 10, by: 'drift', process: 'moran' } }, 0, n), 0.1);
  });

  it('step selection never goes down a slope, and always up', () => {
    const simulation = world({ model: 'annealing', annealing: { rule: 'step' } }, { founders: 1 });
    const [population] = simulation.populations;
    let last = simulation.habitat.logFitness(population)[0];
    let moved = 0;
    for (let tick = 0; tick < 200; tick++) {
      simulation.step();
      const now = simulation.habitat.logFitness(population)[0];
      expect(now).toBeGreaterThanOrEqual(last);
      if (now > last) moved++;
      expect(population.count).toBe(1);
      last = now;
    }
    expect(moved).toBeGreaterThan(20);
  });
});

describe('numbers', () => {
  it.each([
    ['wright-fisher', 1],
    ['population-based-training', 1],
    ['moran', 30],
  ] as const)('of the model %s follow the parameter within %i ticks, up and down', (model, ticks) => {
    const simulation = world({ model }, { founders: 40 });
    const [population] = simulation.populations;
    for (const size of [60, 60, 35]) {
      simulation.set('populations.lineage.founders', size);
      simulation.step(ticks);
      expect(population.count).toBe(size);
      const fork = simulation.fork();
      open.push(fork);
      fork.step(3);
      const twin = simulation.fork();
      open.push(twin);
      twin.step(3);
      expect(fork.populations[0].count).toBe(size);
      expect(fork.hash()).toBe(twin.hash());
    }
    expect(simulation.checkGuards()).toBeUndefined();
  });

  it('of one at a time stay one', () => {
    const simulation = world({ model: 'annealing' }, { founders: 1 });
    expect(() => simulation.set('populations.lineage.founders', 2)).toThrow(/follows one organism at a time; give 1, not 2/);
  });
});

describe('a landscape scene', () => {
  it('is reported, probed and measured like any other', () => {
    const simulation = world();
    const [population] = simulation.populations;
    const samplers = probesOf(simulation).map((probe) => probe.start(simulation));
    for (const sampler of samplers) {
      if (sampler.afterTick) simulation.observe({ afterTick: (now) => sampler.afterTick?.(now) });
      expect(sampler.sample(simulation)).toHaveLength(sampler.columns.length);
    }
    simulation.step();
    const [landscape] = samplers;
    const row = Object.fromEntries(landscape.sample(simulation).map((value, i) => [landscape.columns[i].name, value]));
    const fitness = simulation.habitat.logFitness(population);
    expect(row['lineage.fitness.mean']).toBeCloseTo(fitness.reduce((sum, f) => sum + f, 0) / 50, 12);
    expect(row['lineage.births']).toBe(50);
    const along = row['lineage.step.along'];
    const across = row['lineage.step.across'];
    expect(row['lineage.step.cosine']).toBeCloseTo(along / Math.hypot(along, across), 10);
    const report = inspectOrganism(simulation, 'lineage', population.table.f64('id')[3]);
    expect(report?.body).toBeUndefined();
    expect(report?.traits.map(({ id }) => id)).toEqual(['x1', 'x2', 'x3', 'x4']);
  });

  it('takes changes of its live parameters and of mechanisms, in the snapshot too', () => {
    const simulation = world({ model: 'annealing' }, { founders: 1 });
    simulation.set('habitat.annealing.inverseTemperature', 50);
    simulation.set('populations.lineage.mechanisms.mutation.deviation', 0.5);
    const fork = simulation.fork();
    open.push(fork);
    fork.step(30);
    simulation.step(30);
    expect(fork.hash()).toBe(simulation.hash());
    expect(() => simulation.set('habitat.form', 'linear')).toThrow(/habitat.form: is fixed once the world is made/);
    expect(() => simulation.set('habitat.width', 3)).toThrow(/unknown key 'width'/);
  });

  it.each([
    [{ model: 'annealing' }, {}, {}, /lineage.founders: the model 'annealing' follows one organism at a time; give 1, not 50/],
    [{ model: 'moran' }, { founders: 1 }, {}, /lineage.founders: the model 'moran' needs organisms to draw parents from/],
    [{ form: 'bowel' }, {}, {}, /habitat.form/],
    [{ form: 'iris', dimensions: 7 }, {}, {}, /habitat.dimensions: the landscape 'iris' has 35 loci/],
    [{ form: 'rugged', dimensions: 2 }, {}, {}, /habitat.forms.rugged: landscape 'rugged'/],
    [{ form: 'iris', dimensions: 20 }, {}, {}, /habitat.dimensions: the landscape 'iris' has 35 loci/],
    [{ kind: 'sphere' }, {}, {}, /habitat.kind: 'sphere' is not a kind of habitat; give 'plane' or 'landscape' or 'patches'/],
    [{ model: 'annealing' }, { founders: 1 }, { 'sexual-reproduction': { on: true } }, /the model 'annealing' has no mates/],
    [{ width: 7 }, {}, {}, /width/],
    [{}, { senses: [] }, {}, /senses/],
    [{}, {}, { transfer: { on: true, kind: 'element' } }, /transfer.element: genomes carry no locus 'marker.1'/],
    [{}, {}, { mutation: { on: true, evolvable: true } }, /mutation.evolvable: genomes carry no locus 'mutation.scale'/],
    [{}, {}, { explore: { on: true } }, /explore.on: genomes carry no locus 'learning.rate'/],
    [{}, {}, { 'mate-distance': { on: true, measure: 'markers' } }, /mate-distance.measure: genomes carry no markers/],
  ] as const)('is refused in words: %j %j %j', (habitat, lineage, mechanisms, message) => {
    expect(() => scene(habitat, lineage, mechanisms)).toThrow(SceneError);
    expect(() => scene(habitat, lineage, mechanisms)).toThrow(message);
  });
});
