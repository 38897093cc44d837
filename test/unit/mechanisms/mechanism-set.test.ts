import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { landscapeHabitat } from '../../../src/habitat/landscape/landscape-habitat.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import type { Mechanism } from '../../../src/mechanisms/mechanism.ts';
import { MechanismSet } from '../../../src/mechanisms/mechanism-set.ts';
import { parameter } from '../../../src/parameter/parameter.ts';
import { traitReader } from '../../../src/population/trait-reader.ts';
import type { Trait } from '../../../src/population/traits.ts';
import { type Catalogue, standard } from '../../../src/simulation/catalogue.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

const texts = { title: 'Test', summary: 'Test.', lookFor: 'Nothing.', source: 'A test.', parameters: z.strictObject({}) };

const thrift: Trait = {
  id: 'test.thrift',
  title: 'Thrift',
  unit: '',
  description: 'How little it loses.',
  minimum: 0,
  maximum: 1,
  founder: 0.25,
  deviation: 0.5,
  limits: [0, 1],
};

/** What a stranger writes: a trait of its own, a moment of the tick, a check, a measure. */
const waste: Mechanism<{ loss: number }, 'energy'> = {
  ...texts,
  id: 'test-waste',
  needs: ['energy'],
  parameters: z.strictObject({
    loss: parameter(z.number().min(0).max(1).default(0.01), {
      title: 'Loss',
      description: 'Energy lost.',
      unit: 'energy',
      live: true,
    }),
  }),
  traits: [thrift],
  check: ({ on, parameters: { loss }, founders }) =>
    on && loss > 0.5 && founders > 10 ? [{ field: 'loss', text: `${loss} is too much for ${founders}; give less` }] : [],
  measures: [
    {
      columns: [{ name: 'thrift', title: 'Thrift of the first', unit: '' }],
      sample: (population) => [traitReader(population, thrift)(0)],
    },
  ],
  endOfTick(population, { loss }) {
    const energy = population.table.f32('energy');
    const read = traitReader(population, thrift);
    for (let row = 0; row < population.count; row++) energy[row] -= loss * (1 - read(row));
  },
};
const catalogue = standard.with({ name: 'test', version: '1', mechanisms: [waste] });

const scene = (mechanism: object, population: object = {}) =>
  catalogue.parseScene(
    {
      version: 1,
      name: 'waste',
      title: 'Waste',
      habitat: { kind: 'plane', width: 64, height: 64 },
      populations: { beings: { founders: 40, mechanisms: { 'test-waste': mechanism }, ...population } },
    },
    'test',
  );

describe('a mechanism that a stranger adds', () => {
  it('brings its trait, its moment of the tick and its measure', () => {
    const simulation = createSimulation(scene({ on: true }), '1');
    const [{ layout, traits }] = simulation.populations;
    expect(traits.at(-1)?.id).toBe(thrift.id);
    expect(layout.loci.at(-1)?.name).toBe(thrift.id);
    const twin = simulation.fork({ changes: [{ path: 'populations.beings.mechanisms.test-waste.on', value: false }] });
    simulation.step();
    twin.step();
    const mean = ({ populations: [{ table, count }] }: typeof simulation) =>
      table
        .f32(floatsNamed('energy'))
        .subarray(0, count)
        .reduce((sum, one) => sum + one, 0) / count;
    const lost = mean(twin) - mean(simulation);
    expect(lost).toBeGreaterThan(0.005);
    expect(lost).toBeLessThan(0.01);
    const probe = probesOf(simulation).find(({ id }) => id === 'mechanisms');
    const sampler = probe?.start(simulation);
    expect(sampler?.columns.map(({ name }) => name)).toEqual(['beings.thrift']);
    expect(sampler?.sample(simulation)[0]).toBeCloseTo(traitReader(simulation.populations[0], thrift)(0));
    simulation.dispose();
    twin.dispose();
  });

  it('is checked with the scene, and cannot be on where genomes lack what it needs', () => {
    expect(() => scene({ on: true, loss: 0.9 })).toThrow(
      'populations.beings.mechanisms.test-waste.loss: 0.9 is too much for 40; give less',
    );
    const off = createSimulation(scene({}), '1');
    expect(() => off.set('populations.beings.mechanisms.test-waste.on', true)).toThrow(
      `populations.beings.mechanisms.test-waste.on: genomes carry no locus 'test.thrift'; add it to genome.carries`,
    );
    off.dispose();
  });
});

describe('a trait that genomes do not carry', () => {
  const reader = { ...texts, id: 'test-reader', traits: [thrift] };
  const onLandscape = (mechanism: Mechanism, genome = {}) =>
    standard.with({ name: 'test', version: '1', mechanisms: [mechanism] }).parseScene(
      {
        version: 1,
        name: 'hill',
        title: 'Hill',
        habitat: { kind: 'landscape', form: 'bowl', dimensions: 2 },
        populations: { beings: { founders: 10, genome, mechanisms: { 'test-reader': { on: true } } } },
      },
      'test',
    );

  it('is an error where the mechanism that declares it is on', () => {
    expect(() => onLandscape(reader)).toThrow(
      `populations.beings.mechanisms.test-reader.on: genomes carry no locus 'test.thrift'; add it to genome.carries`,
    );
    expect(() => onLandscape(reader, { carries: ['test.thrift'] })).not.toThrow();
  });

  it('is none where the mechanism works without it', () => {
    expect(() => onLandscape({ ...reader, worksWithout: [{ ...thrift }] })).not.toThrow();
  });

  it('is an error too where a habitat checks nothing', () => {
    const lenient = { ...landscapeHabitat, kind: 'lenient', check: () => {} };
    const parameters = () => landscapeHabitat.parameters().extend({ kind: z.literal('lenient') });
    const own = standard.with({
      name: 'test',
      version: '1',
      mechanisms: [reader],
      habitats: [{ ...lenient, parameters } as never],
    });
    const world = (on: boolean) =>
      own.createSimulation(
        own.parseScene(
          {
            version: 1,
            name: 'hill',
            title: 'Hill',
            habitat: { kind: 'lenient', form: 'bowl', dimensions: 2 },
            populations: { beings: { founders: 10, mechanisms: { 'test-reader': { on } } } },
          },
          'test',
        ),
        '1',
      );
    const line = `populations.beings.mechanisms.test-reader.on: genomes carry no locus 'test.thrift'; add it to genome.carries`;
    expect(() => world(true)).toThrow(line);
    const off = world(false);
    expect(() => off.set('populations.beings.mechanisms.test-reader.on', true)).toThrow(line);
    off.dispose();
  });
});

describe('what cannot be added', () => {
  const refused = (mechanism: object) => () => new MechanismSet([{ ...texts, id: 'test-other', ...mechanism } as Mechanism]);

  it.each([
    [
      'a form that no body has',
      { visible: { form: 'horns', share: () => () => 1 } as never },
      "mechanism 'test-other': visible needs a function 'share' and a form that bodies can show: speckles, drivers, learned",
    ],
    ['a field that there is not', { live: () => {} }, `mechanism 'test-other': it has no field 'live'; a mechanism has id`],
    ['a malformed id', { id: 'Test' }, `mechanism id 'Test': use lower-case letters`],
    ['an id of a stream', { id: 'birth' }, `is the name of one of the engine's random streams`],
    [
      'a trait that bodies have',
      { traits: [{ ...thrift, id: 'body.size' }] },
      `the trait 'body.size' is one that all bodies have`,
    ],
    [
      'a trait that is not declared',
      { worksWithout: [thrift] },
      `works without the trait 'test.thrift'; list it among its traits too`,
    ],
  ])('%s', (_, mechanism, text) => {
    expect(refused(mechanism)).toThrow(text);
  });

  it('a trait that is another one already', () => {
    const set = new MechanismSet([waste as Mechanism]);
    expect(() => set.with([{ ...texts, id: 'test-other', traits: [{ ...thrift, maximum: 2 }] }])).toThrow(
      `the trait 'test.thrift' is declared by the mechanism 'test-waste' in another form`,
    );
    expect(() => set.with([{ ...texts, id: 'test-same', traits: [{ ...thrift }] }])).not.toThrow();
    expect(set.all()).toHaveLength(1);
  });

  it('a step that no slot of the habitat takes', () => {
    const landscape = (catalogue: Catalogue) => () =>
      createSimulation(
        catalogue.parseScene(
          {
            version: 1,
            name: 'bowl',
            title: 'Bowl',
            habitat: { kind: 'landscape', form: 'bowl', dimensions: 2 },
            populations: { line: { founders: 4 } },
          },
          'test',
        ),
        '1',
      ).dispose();
    expect(landscape(standard)).not.toThrow();
    const actor = { ...texts, id: 'test-actor', beforeActing() {} };
    expect(landscape(standard.with({ name: 'test', version: '1', mechanisms: [actor] }))).toThrow(
      `mechanism 'test-actor': its step 'beforeActing' never runs in the habitat 'landscape'`,
    );
  });
});

describe('the mechanisms that there are', () => {
  it('keep the order of the loci of their traits, on which files and draws depend', () => {
    expect(mechanisms.optionalTraitIds().slice(0, 14)).toEqual([
      'learning.rate',
      'learning.trace',
      'learning.halving',
      'reward.energy',
      'reward.damage',
      'reward.cue',
      'reward.social',
      'reward.novelty',
      'imitation.rate',
      'display',
      'preference',
      'offspring.preference',
      'strategy.1',
      'strategy.2',
    ]);
    expect(
      mechanisms
        .of(landscapeHabitat.gives)
        .optionalTraits()
        .map(({ id }) => id),
    ).toEqual(['learning.rate', 'display', 'preference']);
  });
});
