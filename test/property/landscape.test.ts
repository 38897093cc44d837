import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { landscapeForms } from '../../src/habitat/landscape/forms.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { LandscapeScene } from '../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { type LandscapeSimulation, onLandscape } from '../../src/simulation/kinds.ts';
import type { Simulation } from '../../src/simulation/types.ts';

const open: LandscapeSimulation[] = [];
const keep = (simulation: Simulation): LandscapeSimulation => {
  if (!onLandscape(simulation)) throw new Error('no landscape');
  open.push(simulation);
  return simulation;
};
const close = () => {
  for (const one of open.splice(0)) one.dispose();
};
afterEach(close);

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const forms = landscapeForms().map(({ id }) => id);
const carried = ['mutation.scale', 'marker.1', 'marker.2', 'marker.3', 'learning.rate'];

const scenes: fc.Arbitrary<LandscapeScene> = fc
  .record({
    form: fc.constantFrom(...forms),
    model: fc.constantFrom('wright-fisher', 'moran', 'annealing', 'fixation', 'population-based-training'),
    dimensions: fc.integer({ min: 1, max: 12 }),
    founders: fc.integer({ min: 2, max: 40 }),
    deviation: within(0, 1),
    ploidy: fc.constantFrom(1, 2),
    by: fc.constantFrom('formula', 'drift'),
    rule: fc.constantFrom('logistic', 'metropolis', 'step'),
    mutation: fc.record({
      on: fc.boolean(),
      rate: fc.constantFrom(0.01, 0.3, 1),
      deviation: within(0, 0.5),
      evolvable: fc.boolean(),
    }),
    transfer: fc.record({
      on: fc.boolean(),
      kind: fc.constantFrom('replacement', 'loci', 'element'),
      rate: fc.constantFrom(0, 0.05, 1),
      donors: fc.constantFrom('neighbours', 'anyone'),
      loci: fc.integer({ min: 1, max: 20 }),
    }),
    sex: fc.record({ on: fc.boolean(), matingTypes: fc.constantFrom(1, 2) }),
    recombination: fc.boolean(),
    gradient: fc.record({ on: fc.boolean(), noise: fc.constantFrom(0, 1) }),
    explore: fc.boolean(),
    assortative: fc.boolean(),
  })
  .map((of) =>
    parseScene(
      {
        version: 1,
        name: 'random',
        title: 'Random',
        habitat: {
          kind: 'landscape',
          form: of.form,
          // Forms with a number of loci of their own do without.
          ...(landscapeForms().find(({ id }) => id === of.form)?.dimensionsOf || of.form === 'competition'
            ? of.form === 'competition'
              ? { dimensions: 1 + (of.dimensions % 3) }
              : {}
            : {
                dimensions:
                  of.form === 'rugged' || of.form === 'valley' || of.form === 'moving' ? of.dimensions + 5 : of.dimensions,
              }),
          model: of.model,
          annealing: { rule: of.rule },
          fixation: { size: 20, by: of.by },
          training: { interval: 2 },
          encounters: 3,
        },
        populations: {
          lineage: {
            founders: of.model === 'annealing' || of.model === 'fixation' ? 1 : of.founders,
            start: { mean: 0.3, deviation: of.deviation },
            genome: { ploidy: of.ploidy, carries: carried },
            mechanisms: {
              mutation: of.mutation,
              transfer: of.transfer,
              // Models of one kind at a time, and of training, have no mates.
              'sexual-reproduction': { ...of.sex, on: of.sex.on && (of.model === 'wright-fisher' || of.model === 'moran') },
              recombination: { on: of.recombination },
              'gradient-step': of.gradient,
              explore: { on: of.explore },
              'assortative-mating': { on: of.assortative },
            },
          },
        },
      },
      'random.json',
    ),
  ) as fc.Arbitrary<LandscapeScene>;

const changes = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(
      'mutation',
      'transfer',
      'sexual-reproduction',
      'recombination',
      'assortative-mating',
      'mate-distance',
      'gradient-step',
      'explore',
    ),
    fc.boolean(),
  ),
  { maxLength: 8 },
);

describe('any landscape, with mechanisms switched while it runs', () => {
  it('keeps its numbers finite, its heads counted and its memory whole, and goes on from a snapshot in lockstep', () => {
    fc.assert(
      fc.property(scenes, changes, (scene, switched) => {
        const simulation = keep(createSimulation(scene, 'landscapes'));
        const [population] = simulation.populations;
        const { model } = scene.habitat;
        const { founders } = scene.populations.lineage;
        let twin: LandscapeSimulation | undefined;
        for (let tick = 0; tick < 15; tick++) {
          for (const [at, mechanism, on] of switched) {
            if (at !== tick) continue;
            for (const one of twin ? [simulation, twin] : [simulation]) {
              try {
                one.set(`populations.lineage.mechanisms.${mechanism}.on`, on);
              } catch (error) {
                if (!(error instanceof SceneError)) throw error;
              }
            }
          }
          simulation.step();
          twin?.step();
          if (twin) expect(twin.hash()).toBe(simulation.hash());
          const [births, deaths] = [simulation.births(population), simulation.deaths(population)];
          // Numbers do not change, but where nobody found a mate.
          expect(births.count).toBeLessThanOrEqual(
            model === 'wright-fisher' || model === 'population-based-training' ? founders : 1,
          );
          expect(population.count).toBeGreaterThanOrEqual(0);
          expect(deaths.count).toBe(births.count + (before(simulation) - population.count));
          for (const value of population.table.f32('genome').subarray(0, population.count * population.layout.stride)) {
            if (!Number.isFinite(value)) throw new Error(`${value} in a genome`);
          }
          for (const value of simulation.habitat.logFitness(population))
            if (!Number.isFinite(value)) throw new Error(`${value} as log fitness`);
          expect(simulation.checkGuards()).toBeUndefined();
          counts.set(simulation, population.count);
          if (tick === 6) {
            twin = keep(simulationFromSnapshot(simulation.snapshot().slice(0)));
            counts.set(twin, population.count);
          }
          if (population.count === 0) break;
        }
        close();

        function before(of: LandscapeSimulation): number {
          return counts.get(of) ?? founders;
        }
      }),
      { numRuns: 60, seed: 2026 },
    );
  });
});

const counts = new WeakMap<LandscapeSimulation, number>();
