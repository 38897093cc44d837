import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { layGenome } from '../../../src/genome/layout.ts';
import { Organisms } from '../../../src/habitat/context.ts';
import { checkFinite } from '../../../src/habitat/finite-columns.ts';
import type { Habitat } from '../../../src/habitat/habitat.ts';
import type { HabitatScene, HabitatWorld, WorldMaterials } from '../../../src/habitat/habitat-world.ts';
import { landscapePopulationParameters } from '../../../src/habitat/landscape/parameters.ts';
import { slot } from '../../../src/habitat/mechanism-steps.ts';
import { drawNormal, drawUniform } from '../../../src/math/draws.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { birthSlots, lifeSlots, type Mechanism } from '../../../src/mechanisms/mechanism.ts';
import { type Capability, capabilities, type PopulationWith } from '../../../src/population/capabilities.ts';
import { decide } from '../../../src/population/decide.ts';
import { develop } from '../../../src/population/genomes.ts';
import { inputLabelsOf, outputLabelsOf, planPolicy, policyColumns } from '../../../src/population/policy.ts';
import { type CommonParameters, Population } from '../../../src/population/population.ts';
import { traits } from '../../../src/population/traits.ts';
import { habitatNamed } from '../../../src/scene/vocabulary-of.ts';
import { type Catalogue, standard } from '../../../src/simulation/catalogue.ts';
import { inspectOrganism } from '../../../src/simulation/inspect.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

const spreads = traits.filter(({ id }) => id.startsWith('policy.spread.'));

type ArenaParts = HabitatScene<{ kind: string }, CommonParameters>;

/** Organisms that see noise and decide: they have a policy, and neither bodies nor places. Nothing is born, nothing dies. */
class DecidingWorld implements HabitatWorld<ArenaParts> {
  readonly populations: readonly Population[];
  readonly context: HabitatWorld['context'];
  readonly schedule = [
    slot('beforeSensing'),
    {
      name: 'sense and decide',
      components: [Organisms],
      run: (entities: readonly { get(kind: typeof Organisms): Population }[], { tick, kernel }: HabitatWorld['context']) => {
        for (const entity of entities) {
          const population = entity.get(Organisms) as PopulationWith<'policy'>;
          const { table, policy } = population;
          const inputs = table.f32('inputs');
          const stride = table.columns.inputs.width;
          for (let row = 0; row < table.count; row++) {
            for (let i = 0; i < policy.network.inputs; i++) inputs[row * stride + i] = drawUniform([1, 2], row, 0, tick, i);
          }
          decide(population, tick, kernel);
        }
      },
    },
    ...[...lifeSlots.slice(1), ...birthSlots, 'chooseMates' as const].map(slot),
  ];

  constructor({ arena, scene, seed, vocabulary }: WorldMaterials<ArenaParts>) {
    this.populations = Object.entries(scene.populations).map(([name, parameters], index) => {
      const policy = planPolicy([{ id: 'noise', at: 0, labels: ['noise 1', 'noise 2'] }], new Set(), { hidden: 4, memory: 0 });
      const { decisions, activity } = policyColumns(policy);
      const carried = vocabulary.mechanisms.optionalTraits().filter(({ id }) => parameters.genome.carries.includes(id));
      const own = [...spreads, ...carried];
      const layout = layGenome(policy.network, inputLabelsOf(policy), outputLabelsOf(policy), own, 0.6, []);
      const shape = { layout, traits: own, deathCauses: [], policy, body: [], decisions, columns: activity };
      return new Population(arena, name, index, parameters, shape, seed);
    });
    const none = () => 0;
    const { kernel } = arena;
    const { populations } = this;
    this.context = { tick: 0, kernel, populations, nextId: 0, nearInto: none, candidatesRepeat: false, candidatesInto: none };
  }

  found(): void {
    for (const population of this.populations) {
      const { founders } = population.parameters;
      population.table.reserve(founders);
      const { table, layout } = population;
      table.append(founders);
      for (let row = 0; row < founders; row++) {
        table.f64('id')[row] = this.context.nextId++;
        table.f64('parent')[row] = -1;
        table.u32('keyLow')[row] = row;
        for (const { slot: at, deviation } of layout.loci)
          table.f32('genome')[row * layout.stride + at] = deviation * drawNormal([3, 4], row, 0, 0, at);
      }
      develop(population, 0, founders);
    }
  }

  apply(): void {}

  blocks(): readonly [] {
    return [];
  }

  checkColumns(...[columns, states, refuse]: Parameters<HabitatWorld['checkColumns']>): void {
    checkFinite(columns, states, this.populations, refuse);
  }
}

const deciding = (gives: readonly Capability[]): Habitat<ArenaParts> => ({
  kind: 'deciding',
  title: 'Deciding',
  description: 'Organisms decide, and nothing else.',
  gives,
  hands: false,
  settings: { title: 'Settings', rest: 'Settings' },
  parameters: () => z.strictObject({ kind: z.literal('deciding') }),
  populationParameters: landscapePopulationParameters,
  populations: { fewest: 1, most: 1, description: 'One population by name.' },
  traitsToCarry: ({ mechanisms: own }) => own.optionalTraits(),
  carriesForMechanisms: true,
  rangedTraits: () => [],
  traitsOf: ({ populations }, { mechanisms: own }) => {
    const carried = Object.values(populations).flatMap(({ genome }) => genome.carries);
    return { traits: [...spreads, ...own.optionalTraits().filter(({ id }) => carried.includes(id))], deathCauses: [] };
  },
  check: () => {},
  fixedPart: ({ populations }) => Object.values(populations).map(({ genome }) => genome),
  view: () => ({ width: 100, height: 100, edge: 'wall' }),
  create: (materials) => new DecidingWorld(materials),
});

const withHabitat = (gives: readonly Capability[]): Catalogue =>
  standard.with({ name: 'deciding', version: '1', habitats: [deciding(gives) as Habitat<never> as Habitat] });

const scene = (catalogue: Catalogue, switches: object) =>
  catalogue.parseScene(
    {
      version: 1,
      name: 'deciding',
      title: 'Deciding',
      habitat: { kind: 'deciding' },
      populations: { minds: { founders: 30, mechanisms: switches } },
    },
    'deciding',
  );

describe('a habitat whose organisms have a policy and no energy', () => {
  const catalogue = withHabitat(['policy']);

  it('has the mechanisms that need a policy, with their traits, probes, snapshots and switches', () => {
    const simulation = catalogue.createSimulation(scene(catalogue, { curiosity: { on: true } }), '7');
    const [population] = simulation.populations;
    expect([population.has('policy'), population.has('energy'), population.has('place')]).toEqual([true, false, false]);
    simulation.step(20);
    const novelty = population.table.f32({ name: 'novelty', type: 'f32' }).subarray(0, population.count);
    expect(novelty.every((value) => value > 0 && value <= 1)).toBe(true);
    expect(novelty.some((value) => value < 1)).toBe(true);
    expect(population.traits.map(({ id }) => id)).toEqual(['policy.spread.turn', 'policy.spread.thrust', 'reward.novelty']);
    expect(probesOf(simulation).map(({ id }) => id)).toEqual(['traits']);
    const report = inspectOrganism(simulation, 'minds', 3);
    expect(report?.policy?.inputs.map(({ label }) => label)).toEqual(['noise 1', 'noise 2']);
    expect(report?.body).toBeUndefined();
    const twin = catalogue.simulationFromSnapshot(simulation.snapshot());
    for (const world of [simulation, twin]) {
      world.set('populations.minds.mechanisms.curiosity.on', false);
      world.step(5);
    }
    expect(twin.hash()).toBe(simulation.hash());
    for (const world of [simulation, twin]) world.dispose();
  });

  it('names in one line what a mechanism needs and it does not give', () => {
    expect(() => scene(catalogue, { learning: { on: true } })).toThrow(
      "deciding: populations.minds.mechanisms: 'learning' needs organisms that live on energy (energy), which the habitat 'deciding' does not give; remove it",
    );
    const simulation = catalogue.createSimulation(scene(catalogue, {}), '7');
    expect(() => simulation.set('populations.minds.mechanisms.imitation.on', true)).toThrow(
      "'imitation' needs organisms that live on energy (energy), which the habitat 'deciding' does not give; leave it out",
    );
    simulation.dispose();
  });

  it('cannot list what its world lacks, or what nothing is', () => {
    const boastful = withHabitat(['policy', 'energy']);
    expect(() => boastful.createSimulation(scene(boastful, {}), '7')).toThrow(
      "habitat 'deciding': it lists 'energy' in gives, which its world lacks; add it to the world, or remove it",
    );
    expect(() => withHabitat(['luck' as Capability])).toThrow(
      "habitats[0] ('deciding'): gives: there is no 'luck'; known: policy,",
    );
  });

  it('cannot give what two mechanisms need that read one trait in two forms', () => {
    expect(() => withHabitat(['policy', 'energy', 'gradient'])).toThrow(
      "habitat 'deciding': mechanism 'gradient-step': the trait 'learning.rate' is declared by the mechanism 'learning' in another form",
    );
  });
});

describe('the standard habitats', () => {
  it('refuse a mechanism with what it needs', () => {
    const json = JSON.parse(readFileSync('scenes/annealing.json', 'utf8'));
    const [name] = Object.keys(json.populations);
    json.populations[name].mechanisms = { ...json.populations[name].mechanisms, payoffs: { on: true } };
    expect(() => standard.parseScene(json, 'annealing')).toThrow(
      `annealing: populations.${name}.mechanisms: 'payoffs' needs organisms that live on energy (energy), which the habitat 'landscape' does not give; remove it`,
    );
  });

  it.each([
    ['plane', ['trial-learning', 'gradient-step', 'explore']],
    ['patches', ['poison', 'trial-learning', 'gradient-step', 'explore', 'migration']],
    ['landscape', ['offspring-preference', 'poison', 'digestion', 'payoffs', 'curiosity', 'learning', 'imitation']],
  ])('have all mechanisms but those for which they lack something (%s)', (kind, lacking) => {
    const own = mechanisms.of(habitatNamed(standard, kind).gives).all();
    expect(mechanisms.all().filter((one) => !own.includes(one))).toEqual(lacking.map((id) => mechanisms.get(id)));
  });

  it('give everything that a mechanism can need, somewhere', () => {
    const given = new Set(standard.habitats.flatMap(({ gives }) => gives));
    expect([...given].sort()).toEqual(Object.keys(capabilities).sort());
  });
});

it('a mechanism cannot need what nothing is', () => {
  const odd = { ...mechanisms.get('mutation'), id: 'odd', needs: ['luck'] } as unknown as Mechanism;
  expect(() => mechanisms.with([odd])).toThrow("mechanism 'odd': needs: there is no 'luck'; known: policy, energy");
});
