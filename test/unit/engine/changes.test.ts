import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { mechanism } from '../../../src/mechanisms/declare-mechanism.ts';
import { parameter } from '../../../src/parameter/parameter.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { applyChange } from '../../../src/scene/set-path.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { inspectOrganism } from '../../../src/simulation/inspect.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { column, huntWorld, ids, makeWorld, smallWorld } from './worlds.ts';

const open: PlaneSimulation[] = [];
const world = (scene: PlaneScene, seed?: string) => {
  const made = makeWorld(scene, seed);
  open.push(made);
  return made;
};
const forked = (simulation: PlaneSimulation, options?: Parameters<PlaneSimulation['fork']>[0]) => {
  const twin = simulation.fork(options);
  open.push(twin);
  return twin;
};
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

describe('live changes', () => {
  it('take effect with the next tick and are told', () => {
    const simulation = world(smallWorld());
    simulation.step(5);
    simulation.set('populations.foragers.mechanisms.mutation.on', false);
    simulation.set('habitat.grass.regrowth', 0);
    expect(simulation.scene.habitat.grass.regrowth).toBe(0);
    expect(simulation.initialScene.habitat.grass.regrowth).toBe(0.05);
    expect(simulation.changes).toEqual([
      { at: 5, path: 'populations.foragers.mechanisms.mutation.on', value: false },
      { at: 5, path: 'habitat.grass.regrowth', value: 0 },
    ]);
    expect(simulation.notices.map(({ text }) => text)).toContain('habitat.grass.regrowth is now 0');
    const before = simulation.ground.values().slice();
    simulation.step();
    const after = simulation.ground.values();
    for (let cell = 0; cell < before.length / 4; cell++) expect(after[4 * cell]).toBeLessThanOrEqual(before[4 * cell]);
  });

  it('that are refused change nothing', () => {
    const simulation = world(smallWorld());
    simulation.step(3);
    const [hash, scene] = [simulation.hash(), simulation.scene];
    for (const [path, value] of [
      ['populations.foragers.life.span', 'long'],
      ['populations.foragers.life.span', Number.NaN],
      ['populations.nobody.life.span', 100],
      ['habitat.width', 128],
      ['habitat', { width: 128 }],
      ['__proto__.polluted', 1],
      ['', 1],
    ] as const) {
      expect(() => simulation.set(path, value), path).toThrow(SceneError);
      expect(() => simulation.schedule(10, path, value), path).toThrow(SceneError);
    }
    expect(simulation.hash()).toBe(hash);
    expect(simulation.scene).toBe(scene);
    expect(simulation.changes).toEqual([]);
    expect(simulation.notices).toEqual([]);
  });

  it('of the budget reach the phenotype of everybody alive', () => {
    const simulation = world(smallWorld());
    simulation.step(3);
    const [foragers] = simulation.populations;
    const before = column(foragers, 'storage');
    simulation.set('populations.foragers.energy.storage', 12);
    const after = column(foragers, 'storage');
    for (const [row, value] of after.entries()) expect(value).toBeCloseTo(2 * before[row], 4);
  });

  it('scheduled ones happen at their tick, whether made by the scene, before or in between', () => {
    const path = 'habitat.grass.regrowth';
    const late = { at: 12, path, value: 0.001 };
    const early = { at: 4, path, value: 0.2 };
    const byScene = world(smallWorld({ changes: [late, early] }));
    const scheduled = world(smallWorld());
    scheduled.schedule(late.at, path, late.value);
    scheduled.schedule(early.at, path, early.value);
    const live = world(smallWorld());
    for (let tick = 0; tick < 20; tick++) {
      if (tick === 4) live.set(path, 0.2);
      if (tick === 12) live.set(path, 0.001);
      for (const one of [byScene, scheduled, live]) one.step();
      expect(scheduled.hash(), `scheduled, after tick ${tick}`).toBe(byScene.hash());
      expect(live.hash(), `live, after tick ${tick}`).toBe(byScene.hash());
    }
    expect(byScene.scene.habitat.grass.regrowth).toBe(0.001);
    expect(byScene.changes).toEqual([]);
    expect(scheduled.changes).toEqual([late, early]);
    expect(world(smallWorld()).hash()).not.toBe(byScene.hash());
  });

  it('of the past are made now, and those at the same tick in their order', () => {
    const simulation = world(smallWorld());
    simulation.step(6);
    simulation.schedule(2, 'habitat.grass.regrowth', 0.3);
    expect(simulation.changes).toEqual([{ at: 6, path: 'habitat.grass.regrowth', value: 0.3 }]);
    simulation.schedule(8, 'habitat.grass.regrowth', 0.4);
    simulation.schedule(8, 'habitat.grass.regrowth', 0.5);
    simulation.step(3);
    expect(simulation.scene.habitat.grass.regrowth).toBe(0.5);
  });

  it('scheduled ones survive a snapshot and a fork', () => {
    const simulation = world(smallWorld({ changes: [{ at: 15, path: 'habitat.grass.capacity', value: 0.2 }] }));
    simulation.schedule(10, 'populations.foragers.life.span', 60);
    simulation.step(8);
    const twin = forked(simulation);
    for (let tick = 8; tick < 25; tick++) {
      simulation.step();
      twin.step();
      expect(twin.hash(), `after tick ${tick}`).toBe(simulation.hash());
    }
    expect(twin.scene).toEqual(simulation.scene);
    expect(twin.changes).toEqual(simulation.changes);
    expect(twin.notices).toEqual(simulation.notices);
  });

  it('replaying the changes in a fresh world gives the same run', () => {
    const simulation = world(huntWorld());
    simulation.set('populations.hunters.bite.damage', 1);
    simulation.step(7);
    simulation.set('habitat.barriers', [{ x: 8, y: 8, width: 16, height: 24 }]);
    simulation.schedule(11, 'populations.foragers.mechanisms.mutation.rate', 1);
    simulation.step(20);
    const replay = world(simulation.initialScene, simulation.seed);
    for (const { at, path, value } of simulation.changes) replay.schedule(at, path, value);
    replay.step(27);
    expect(replay.hash()).toBe(simulation.hash());
  });
});

describe('a value at tick 0', () => {
  const lively = {
    'habitat.grass.regrowth': 0.02,
    'populations.foragers.mechanisms.mutation.deviation': 0.4,
    'populations.foragers.diet.appetite': 0.4,
    'populations.foragers.energy.living': 0.03,
  };

  it.each(Object.entries(lively))(
    '%s: set, in the scene’s changes, scheduled or in the file, the run is the same',
    (path, value) => {
      const scene = smallWorld();
      const inFile = world(parseScene(structuredClone(applyChange(scene, path, value, { atStart: true })), 'file') as PlaneScene);
      const byScene = world(smallWorld({ changes: [{ at: 0, path, value }] }));
      const bySet = world(scene);
      bySet.set(path, value);
      const scheduled = world(scene);
      scheduled.schedule(0, path, value);
      for (const one of [inFile, byScene, bySet, scheduled]) one.step(20);
      expect(byScene.hash()).toBe(inFile.hash());
      expect(bySet.hash()).toBe(inFile.hash());
      expect(scheduled.hash()).toBe(inFile.hash());
      expect(world(scene).hash()).not.toBe(inFile.hash());
    },
  );

  it.each([
    ['populations.foragers.life.span', 60],
    ['populations.foragers.energy.storage', 3],
    ['habitat.grass.capacity', 4],
    ['habitat.barriers', [{ x: 0, y: 0, width: 48, height: 64 }]],
  ])('%s shapes the founders too: in the scene’s changes it is as in the file', (path, value) => {
    const inFile = world(
      parseScene(structuredClone(applyChange(smallWorld(), path, value, { atStart: true })), 'file') as PlaneScene,
    );
    const byScene = world(smallWorld({ changes: [{ at: 0, path, value }] }));
    expect(byScene.hash()).toBe(inFile.hash());
    for (const one of [inFile, byScene]) one.step(20);
    expect(byScene.hash()).toBe(inFile.hash());
  });
});

describe('forks', () => {
  it('with another seed share ground and organisms, but not the future', () => {
    const simulation = world(smallWorld());
    simulation.step(5);
    const twin = forked(simulation, { seed: 'other' });
    expect(twin.seed).toBe('other');
    expect(twin.hash()).toBe(simulation.hash());
    simulation.step();
    twin.step();
    expect(twin.hash()).not.toBe(simulation.hash());
  });

  it('one mechanism less shifts no other draws: until the first birth nothing differs', () => {
    const simulation = world(smallWorld());
    const twin = forked(simulation, { changes: [{ path: 'populations.foragers.mechanisms.mutation.on', value: false }] });
    expect(twin.changes).toEqual([{ at: 0, path: 'populations.foragers.mechanisms.mutation.on', value: false }]);
    let births = 0;
    while (births === 0) {
      simulation.step();
      twin.step();
      births = simulation.births(simulation.populations[0]).count;
      const differing = simulation.populations[0].table.state.filter(
        ({ name }) =>
          Buffer.compare(
            Buffer.from(simulation.populations[0].table.bytes({ name })),
            Buffer.from(twin.populations[0].table.bytes({ name })),
          ) !== 0,
      );
      if (births === 0) expect(differing).toEqual([]);
      else expect(differing.map(({ name }) => name)).toContain('genome');
    }
    // The same parents, the same keys, the same places.
    for (const name of ['id', 'parent', 'keyLow', 'x', 'y', 'energy']) {
      if (name === 'energy') continue;
      expect(Buffer.from(twin.populations[0].table.bytes({ name }))).toEqual(
        Buffer.from(simulation.populations[0].table.bytes({ name })),
      );
    }
  });

  it('a change that is refused leaves no twin behind', () => {
    const simulation = world(smallWorld());
    for (let i = 0; i < 100; i++) {
      expect(() => simulation.fork({ changes: [{ path: 'habitat.width', value: 1 }] })).toThrow(SceneError);
    }
    forked(simulation);
  });
});

describe('inspectOrganism', () => {
  it.each(['foragers', 'hunters'])('says of %s what the kernel computed, to the bit', (name) => {
    const simulation = world(huntWorld({ policy: { hidden: 5, memory: 2 }, senses: ['others', 'energy', 'memory'] }));
    simulation.step(12);
    const population = simulation.populations.find((one) => one.name === name);
    if (!population) throw new Error(name);
    const hash = simulation.hash();
    const width = population.policy.network.outputBlocks * 4;
    let looked = 0;
    for (const [row, id] of ids(population).entries()) {
      const report = inspectOrganism(simulation, name, id);
      if (!report) throw new Error(`${id} lives`);
      expect(report.ageTicks).toBe(12 - population.table.i32('birthTick')[row]);
      expect(report.traits.map(({ value }) => value)).toEqual(
        report.traits.map((trait) => population.table.f32(floatsNamed(trait.id))[row]),
      );
      if (report.ageTicks === 0) continue;
      looked++;
      const outputs = [...population.table.f32('outputs').subarray(row * width, row * width + population.policy.network.outputs)];
      expect(report.policy?.outputs.map(({ value }) => value)).toEqual(outputs);
      expect(report.policy?.inputs).toHaveLength(population.policy.network.inputs);
      expect(report.segments.flatMap(({ loci }) => loci)).toHaveLength(population.layout.loci.length);
    }
    expect(looked).toBeGreaterThan(20);
    expect(simulation.hash()).toBe(hash);
  });

  it('says nothing of the dead, of strangers and of nobody', () => {
    const simulation = world(smallWorld());
    expect(inspectOrganism(simulation, 'nobody', 0)).toBeUndefined();
    for (const id of [-1, 1e9, 0.5, Number.NaN]) expect(inspectOrganism(simulation, 'foragers', id)).toBeUndefined();
  });

  it('knows of a restored organism what it knew before', () => {
    const simulation = world(smallWorld());
    simulation.step(10);
    const [id] = ids(simulation.populations[0]);
    const twin = forked(simulation);
    const before = inspectOrganism(simulation, 'foragers', id);
    expect(before?.policy?.inputs.some(({ value }) => value !== 0)).toBe(true);
    expect(inspectOrganism(twin, 'foragers', id)).toEqual(before);
  });
});

describe('a mechanism that a catalogue gets while a world lives', () => {
  it('works in worlds made afterwards, and the older ones go on', () => {
    const scene = smallWorld();
    const before = world(scene);
    before.step(3);
    const lived: number[] = [];
    const pulse = mechanism({
      id: 'test-pulse',
      title: 'Pulse',
      summary: 'Gives everybody a little energy.',
      lookFor: 'Nothing.',
      source: 'This test.',
      parameters: z.strictObject({
        gift: parameter(z.number().min(0).default(0.5), { title: 'Gift', description: 'Energy.', unit: 'energy', live: true }),
      }),
      actions: ['share'],
      duringLife({ table, count }, { gift }, { tick }) {
        lived.push(tick);
        const energy = table.f32(floatsNamed('energy'));
        for (let row = 0; row < count; row++) energy[row] += gift;
      },
    });
    const idle = mechanism({
      id: 'test-idle',
      title: 'Idle',
      summary: 'Has no step of its own.',
      lookFor: 'Nothing.',
      source: 'This test.',
      parameters: z.strictObject({}),
    });
    const catalogue = standard.with({ name: 'test', version: '1', mechanisms: [pulse, idle] });
    // The older world steps, changes, forks and is restored as before; a scene read before makes a world as before.
    before.step(2);
    before.set('habitat.grass.regrowth', 0.01);
    const twin = forked(before);
    before.step(5);
    twin.step(5);
    expect(twin.hash()).toBe(before.hash());
    expect(lived).toEqual([]);
    const again = world(scene);
    again.step(5);
    again.set('habitat.grass.regrowth', 0.01);
    again.step(5);
    expect(again.hash()).toBe(before.hash());

    const mechanisms = { mutation: { on: true }, 'test-pulse': { on: true }, 'test-idle': { on: true } };
    const after = world(smallWorld({ foragers: { mechanisms } }, catalogue));
    expect(after.populations[0].policy.actions.map(({ id }) => id)).toContain('share');
    after.step(4);
    expect(lived).toEqual([0, 1, 2, 3]);
    expect(new Set(column(after.populations[0], 'share'))).toEqual(new Set([0, 1]));
    after.set('populations.foragers.mechanisms.test-pulse.on', false);
    after.set('populations.foragers.mechanisms.test-idle.on', false);
    after.step(2);
    expect(lived).toEqual([0, 1, 2, 3]);
    // Switched off it leaves its action in place: the shape of a world does not change while it runs, nor in its forks.
    const fork = forked(after);
    fork.step(3);
    after.step(3);
    expect(fork.hash()).toBe(after.hash());
    expect(after.checkGuards()).toBeUndefined();
  });
});

describe('the capacity', () => {
  it('may fall below the founders and below the living: births stop, and forks still work', () => {
    const simulation = world(smallWorld());
    simulation.step(3);
    simulation.set('populations.foragers.capacity', 20);
    const count = simulation.populations[0].count;
    const twin = forked(simulation);
    for (const one of [simulation, twin]) {
      one.step();
      expect(one.births(one.populations[0]).count).toBe(0);
      expect(one.populations[0].count).toBeLessThanOrEqual(count);
    }
    expect(twin.hash()).toBe(simulation.hash());
  });
});

describe('what a scene may not ask for', () => {
  it.each([
    ['body.size', { minimum: -1, founder: 0.5 }],
    ['body.speed', { maximum: 90 }],
    ['diet.fruit', { maximum: 3 }],
    ['life.investment', { maximum: 2 }],
  ])('%s beyond what it can mean', (trait, range) => {
    expect(() => smallWorld({ foragers: { traits: { [trait]: range } } })).toThrow(
      new RegExp(`^small.json: populations.foragers.traits.*${trait}.*: the range .* exceeds what the trait allows`),
    );
  });
});
