import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed } from '../../../src/ecs/table.ts';
import type { Habitat } from '../../../src/habitat/habitat.ts';
import { mechanism } from '../../../src/mechanisms/declare-mechanism.ts';
import { parameter } from '../../../src/parameter/parameter.ts';
import { describeParameters } from '../../../src/scene/describe-parameters.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { applyChange } from '../../../src/scene/set-path.ts';
import { catalogueOf, standard } from '../../../src/simulation/catalogue.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';

const pulse = mechanism({
  id: 'pulse',
  title: 'Pulse',
  summary: 'Gives a little energy.',
  lookFor: 'Nothing.',
  source: 'This test.',
  parameters: z.strictObject({
    gift: parameter(z.number().min(0).default(0.5), { title: 'Gift', description: 'Energy.', unit: 'energy', live: true }),
  }),
  modifyChild() {},
  makesVariation: true,
  duringLife({ table, count }, { gift }) {
    const energy = table.f32(floatsNamed('energy'));
    for (let row = 0; row < count; row++) energy[row] += gift;
  },
});
const catalogue = standard.with({
  name: 'pulses',
  version: '1',
  mechanisms: [pulse],
  patterns: [
    { id: 'half', title: 'Half', description: 'Half.', make: ({ columns, rows }) => new Float32Array(columns * rows).fill(0.5) },
  ],
});

const json = (name: string) => JSON.parse(readFileSync(`scenes/${name}.json`, 'utf8')) as Record<string, never>;
const path = 'populations.foragers.mechanisms.pulse.on';

describe('a catalogue', () => {
  it('stays as it is when another is made of it', () => {
    expect(standard.mechanisms.get('pulse')).toBeUndefined();
    expect(catalogue.mechanisms.all().at(-1)).toBe(pulse);
    expect(catalogue.patterns).toHaveLength(standard.patterns.length + 1);
    expect(catalogue.extensions).toEqual([{ name: 'pulses', version: '1' }]);
    const more = catalogue.with({ name: 'more', version: '2', senses: [] });
    expect(more.extensions).toEqual([...catalogue.extensions, { name: 'more', version: '2' }]);
    expect(more.mechanisms.get('pulse')).toBe(pulse);
  });

  it.each(['meadow', 'archipelago', 'annealing'])('leaves worlds alone that use nothing of it (%s)', (name) => {
    const ends = [standard, catalogue].map((one) => {
      const simulation = one.createSimulation(one.parseScene(json(name), name), '7');
      simulation.step(30);
      const hash = simulation.hash();
      simulation.dispose();
      return hash;
    });
    expect(ends[1]).toBe(ends[0]);
  });

  it('is kept by scenes and their copies, by worlds and forks, and by nothing that went through JSON', () => {
    const scene = catalogue.parseScene(json('meadow'), 'meadow');
    expect(catalogueOf(scene)).toBe(catalogue);
    expect(catalogueOf(applyChange(scene, path, true, { atStart: true }))).toBe(catalogue);
    expect(catalogueOf(parseScene(scene, 'again'))).toBe(catalogue);
    expect(describeParameters(scene).map((one) => one.path)).toContain(path);
    expect(JSON.stringify(scene)).not.toContain('pulses');
    const copy = structuredClone(scene) as Scene;
    expect(catalogueOf(copy)).toBe(standard);
    expect(() => createSimulation(copy, '1')).toThrow(
      "the scene has the mechanism 'pulse' of an extension; read it with a catalogue that has it",
    );
    expect(() => standard.createSimulation(scene, '1')).toThrow("the scene 'meadow' was read with another catalogue");
    expect(catalogueOf(catalogue.adopt(copy))).toBe(catalogue);

    const simulation = catalogue.createSimulation(scene, '1');
    const twin = simulation.fork({ changes: [{ path, value: true }] });
    for (const world of [simulation, twin]) world.step(3);
    expect(twin.hash()).not.toBe(simulation.hash());
    twin.set(path, false);
    simulation.restore(twin.snapshot());
    expect(simulation.hash()).toBe(twin.hash());
    expect(() => simulationFromSnapshot(simulation.snapshot())).toThrow('made with the extension pulses 1 (got none)');
    const plain = createSimulation(parseScene(json('meadow'), 'meadow'), '1');
    expect(() => simulation.restore(plain.snapshot())).toThrow('made without an extension (got pulses 1)');
    for (const world of [simulation, twin, plain]) world.dispose();
  });

  it('makes the schema of scenes, and what it lacks is named', () => {
    const text = JSON.stringify(catalogue.sceneJsonSchema());
    for (const word of ['pulse', 'half']) expect(text).toContain(`"${word}"`);
    expect(JSON.stringify(standard.sceneJsonSchema())).not.toContain('"pulse"');
    const scene = { ...json('meadow'), habitat: { kind: 'ring' } };
    expect(() => catalogue.parseScene(scene, 'ring')).toThrow(
      "ring: habitat.kind: 'ring' is not a kind of habitat; give 'plane' or 'landscape' or 'patches'",
    );
  });
});

describe('a habitat of an extension', () => {
  const plane = standard.habitats.find(({ kind }) => kind === 'plane') as Habitat;
  /** A plane where one population lives. */
  const steppe: Habitat = {
    ...plane,
    kind: 'steppe',
    hands: false,
    settings: { title: 'Settings', rest: 'Settings' },
    populations: { fewest: 1, most: 1, description: 'One population by name.' },
    parameters: () => plane.parameters().extend({ kind: z.literal('steppe') }),
    check(scene, running, report, vocabulary) {
      if (Object.keys(scene.populations).length > 1) report(['populations'], 'a steppe has one population; remove the others');
      plane.check(scene, running, report, vocabulary);
    },
  };
  const steppes = standard.with({ name: 'steppes', version: '1', habitats: [steppe], mechanisms: [pulse] });
  const scene = (populations: object) => ({
    version: 1,
    name: 'steppe',
    title: 'Steppe',
    habitat: { kind: 'steppe', width: 96, height: 64, grass: { capacity: 2, regrowth: 0.05 } },
    populations,
  });
  const herd = { founders: 50, life: { maturity: 5, span: 60 }, mechanisms: { mutation: { on: true }, pulse: { on: true } } };

  it('has scenes, checks, worlds, probes, snapshots and forks', () => {
    expect(() => steppes.parseScene(scene({ a: herd, b: herd }), 'steppe')).toThrow(
      'a steppe has one population; remove the others',
    );
    const simulation = steppes.createSimulation(steppes.parseScene(scene({ herd }), 'steppe'), '7');
    simulation.step(30);
    expect(simulation.populations[0].births.count + simulation.populations[0].count).toBeGreaterThan(10);
    const twin = steppes.simulationFromSnapshot(simulation.snapshot());
    for (const world of [simulation, twin]) world.step(10);
    expect(twin.hash()).toBe(simulation.hash());
    expect(probesOf(simulation).map(({ id }) => id)).toContain('census');
    expect(simulation.scene.populations.herd.mechanisms).toHaveProperty('learning');
    expect(() => standard.parseScene(scene({ herd }), 'steppe')).toThrow("'steppe' is not a kind of habitat");
    for (const world of [simulation, twin]) world.dispose();
  });
});
