import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed } from '../../src/ecs/table.ts';
import { namedStream } from '../../src/math/streams.ts';
import { mechanism } from '../../src/mechanisms/declare-mechanism.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { PlaneScene } from '../../src/scene/schema.ts';
import { standard } from '../../src/simulation/catalogue.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { inspectOrganism } from '../../src/simulation/inspect.ts';
import type { PlaneSimulation } from '../../src/simulation/kinds.ts';
import { probesOf } from '../../src/simulation/probes-of.ts';
import { SnapshotError } from '../../src/simulation/snapshot.ts';
import { huntWorld, ids, organisms, smallWorld } from '../unit/engine/worlds.ts';
import { changesOf, scenes, share, upTo, within } from './engine-scenes.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(made: T): T => {
  open.push(made);
  return made;
};
const world = (scene: PlaneScene, seed = 'property') => keep(createSimulation(scene, seed) as PlaneSimulation);
const closeAll = () => {
  for (const one of open.splice(0)) one.dispose();
};
afterEach(closeAll);

/** Runs a property and gives its worlds back, also while a counterexample shrinks. */
const tidy =
  <T extends unknown[]>(property: (...values: T) => void) =>
  (...values: T): void => {
    try {
      property(...values);
    } finally {
      closeAll();
    }
  };

/** PROPERTY_FACTOR=20 searches twenty times as long as a test run has time for. */
const factor = Number(process.env.PROPERTY_FACTOR ?? 1);
const runs = (numRuns: number) => ({ numRuns: factor * numRuns, seed: 2026 });

/** Fails where any number of the state is not finite, or any organism is not where it can be. */
function expectSound(simulation: PlaneSimulation): void {
  const seen = new Set<number>();
  for (const population of simulation.populations) {
    const { table, name } = population;
    for (const { name: what, type, values, width } of table.state) {
      if (type !== 'f32') continue;
      for (const value of values.subarray(0, table.count * width))
        if (!Number.isFinite(value)) throw new Error(`${name}.${what} holds ${value}`);
    }
    for (const id of ids(population)) {
      if (seen.has(id)) throw new Error(`two organisms have the id ${id}`);
      seen.add(id);
    }
    const { width, height } = simulation.ground;
    for (let row = 0; row < table.count; row++) {
      const [x, y] = [table.f32('x')[row], table.f32('y')[row]];
      if (!(x >= 0 && x < width && y >= 0 && y < height)) throw new Error(`${name}: somebody stands at ${x}, ${y}`);
      const length = table.f32('headingX')[row] ** 2 + table.f32('headingY')[row] ** 2;
      if (!(Math.abs(length - 1) < 1e-5)) throw new Error(`${name}: a heading of length ${Math.sqrt(length)}`);
    }
  }
  for (const value of simulation.ground.values()) if (!Number.isFinite(value)) throw new Error(`the ground holds ${value}`);
  const broken = simulation.checkGuards();
  if (broken) throw new Error(`something was written past the end of ${broken}`);
}

/** Steps all worlds together and fails at the first tick after which they differ. */
function expectLockstep(ticks: number, first: PlaneSimulation, ...others: PlaneSimulation[]): void {
  for (let made = 0; made <= ticks; made++) {
    for (const [i, other] of others.entries()) {
      if (other.hash() !== first.hash()) throw new Error(`world ${i + 1} differs from the first after tick ${first.tick}`);
    }
    for (const one of [first, ...others]) one.step();
  }
}

describe('any scene, whatever is changed while it runs', () => {
  it('keeps its numbers finite, its ids unique, its heads counted and its memory whole', () => {
    fc.assert(
      fc.property(
        scenes.chain((scene) =>
          fc.tuple(fc.constant(scene), fc.array(fc.tuple(fc.integer({ min: 0, max: 24 }), changesOf(scene)), { maxLength: 6 })),
        ),
        tidy(([scene, changes]: [PlaneScene, [number, { path: string; value: unknown }][]]) => {
          const simulation = world(scene);
          expectSound(simulation);
          for (let tick = 0; tick < 25; tick++) {
            for (const [, { path, value }] of changes.filter(([at]) => at === tick)) {
              try {
                simulation.set(path, value);
              } catch (error) {
                // What one value demands of another may stand against it: then it is refused in words.
                if (!(error instanceof SceneError)) throw error;
              }
            }
            const before = simulation.populations.map(({ count }) => count);
            const made = simulation.step();
            expect(made).toBe(before.some((count) => count > 0) ? 1 : 0);
            if (made === 0) break;
            for (const [p, population] of simulation.populations.entries()) {
              const [births, deaths] = [simulation.births(population), simulation.deaths(population)];
              expect(population.count).toBe(before[p] + births.count - deaths.count);
              expect(births.count === 0 || population.count <= population.parameters.capacity).toBe(true);
            }
            expectSound(simulation);
          }
        }),
      ),
      runs(40),
    );
  });

  it('goes on from a snapshot in lockstep, in a new world, in its own and in a fork', () => {
    fc.assert(
      fc.property(
        scenes,
        fc.integer({ min: 0, max: 20 }),
        tidy((scene: PlaneScene, ticks: number) => {
          const simulation = world(scene);
          simulation.step(ticks);
          const snapshot = simulation.snapshot();
          const fromFile = keep(simulationFromSnapshot(snapshot.slice(0)) as PlaneSimulation);
          const own = world(scene);
          own.step(7);
          own.restore(snapshot);
          const fork = keep(simulation.fork());
          const sameSeed = keep(simulation.fork({ seed: simulation.seed }));
          for (const twin of [own, fromFile, fork]) {
            expect(
              Buffer.compare(Buffer.from(twin.snapshot()), Buffer.from(snapshot)),
              'the snapshot of what a snapshot gave',
            ).toBe(0);
          }
          expectLockstep(20, simulation, fromFile, own, fork, sameSeed);
          for (const twin of [fromFile, own, fork]) {
            expect(twin.notices).toEqual(simulation.notices);
            expect(twin.scene).toEqual(simulation.scene);
          }
        }),
      ),
      runs(16),
    );
  });

  it('with another seed it goes its own way', () => {
    fc.assert(
      fc.property(
        scenes,
        tidy((scene: PlaneScene) => {
          const simulation = world(scene);
          simulation.step(3);
          // One or two organisms may do the same by chance, where their outputs stand at the end of the range.
          const living = (one: PlaneSimulation) => one.populations.reduce((sum, { count }) => sum + count, 0);
          fc.pre(living(simulation) >= 20);
          const fork = keep(simulation.fork({ seed: 'another' }));
          expect(fork.hash()).toBe(simulation.hash());
          simulation.step();
          fork.step();
          // Where the tick killed everybody there is nothing left to differ.
          if (living(simulation) + living(fork) > 0) expect(fork.hash()).not.toBe(simulation.hash());
        }),
      ),
      runs(10),
    );
  });

  it('does not depend on who looks: observers, probes, reports, snapshots, the clock of a profile', () => {
    fc.assert(
      fc.property(
        scenes,
        tidy((scene: PlaneScene) => {
          const bare = world(scene);
          const watched = world(scene);
          let clock = 0;
          watched.profile(() => clock++);
          const samplers = probesOf(watched).map((probe) => probe.start(watched));
          for (const sampler of samplers) if (sampler.afterTick) watched.observe({ afterTick: (s) => sampler.afterTick?.(s) });
          for (let tick = 0; tick < 20; tick++) {
            bare.step();
            watched.step();
            for (const sampler of samplers) sampler.sample(watched);
            for (const population of watched.populations) {
              const [id] = ids(population);
              if (id !== undefined) inspectOrganism(watched, population.name, id);
            }
            watched.snapshot();
            keep(watched.fork()).dispose();
          }
          expect(watched.hash()).toBe(bare.hash());
          expect(bare.profile(undefined).size).toBe(0);
        }),
      ),
      runs(13),
    );
  });
});

describe('the order of rows', () => {
  /** Turns the rows of a world's organisms around, or shuffles them, and derives anew what follows from state. */
  function permute(simulation: PlaneSimulation, seed: number): void {
    const stream = namedStream(String(seed), 'permute');
    for (const { table } of simulation.populations) {
      const order = Array.from({ length: table.count }, (_, row) => row);
      for (let i = order.length - 1; i > 0; i--) {
        const j = stream.integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      for (const { name, rowBytes } of table.state) {
        const old = table.bytes({ name }).slice();
        const bytes = table.bytes({ name });
        for (const [row, from] of order.entries())
          bytes.set(old.subarray(from * rowBytes, (from + 1) * rowBytes), row * rowBytes);
      }
    }
    simulation.restore(simulation.snapshot());
  }

  /** The same with one more mechanism. */
  const withMechanism = (scene: PlaneScene, own: object): PlaneScene => {
    const populations = Object.entries(scene.populations).map(([name, population]) => [
      name,
      { ...population, mechanisms: { ...population.mechanisms, ...own } },
    ]);
    return { ...scene, populations: Object.fromEntries(populations) as PlaneScene['populations'] };
  };

  /** Genes come from any organism. With revival it does not hold: docs/model.md says where not. */
  const further = [
    {},
    ...['replacement', 'loci'].map((kind) => ({
      transfer: { rate: 0.1, donors: 'anyone', reach: 8, kind, loci: 5, element: 'marker.1', on: true },
    })),
  ];

  // Where two neighbours are equally near to the bit, the one in the lower row counts. That happens where organisms stand on
  // the very same place: at walls and barriers, and where newborns lie upon their parents. So this holds where they do not.
  const openScenes = scenes.map((scene) => {
    const populations = Object.entries(scene.populations).map(([name, population]) => [
      name,
      { ...population, life: { ...population.life, spread: 0.5 + population.life.spread } },
    ]);
    const habitat = { ...scene.habitat, edge: 'torus' as const, barriers: [] };
    return { ...scene, habitat, populations: Object.fromEntries(populations) as PlaneScene['populations'] };
  });

  it('favours nobody: the same organisms live, to the bit, whatever rows they have', () => {
    fc.assert(
      fc.property(
        openScenes,
        fc.constantFrom(...further),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 2 ** 31 - 2 }),
        tidy((scene: PlaneScene, own: object, ticks: number, seed: number) => {
          const simulation = world(withMechanism(scene, own));
          simulation.step(ticks);
          const twin = keep(simulation.fork());
          permute(twin, seed);
          for (let tick = 0; tick < 15; tick++) {
            // The newborn are numbered in the order of rows.
            const all = (one: PlaneSimulation) =>
              one.populations
                .map((population) => [...organisms(population, ['id', 'parent']).values()].sort().join('\n'))
                .join('\n\n');
            if (all(twin) !== all(simulation)) throw new Error(`other organisms after ${tick} ticks`);
            const ground = (one: PlaneSimulation) => Buffer.from(one.ground.values().slice().buffer);
            if (!ground(twin).equals(ground(simulation))) throw new Error(`another ground after ${tick} ticks`);
            simulation.step();
            twin.step();
          }
        }),
      ),
      runs(24),
    );
  });

  it('a shuffled world has another hash: the comparison above compares something', () => {
    const simulation = world(smallWorld());
    const twin = keep(simulation.fork());
    permute(twin, 1);
    expect(twin.hash()).not.toBe(simulation.hash());
  });
});

describe('snapshots that are no good', () => {
  const scene = huntWorld();
  const make = () => {
    const simulation = world(scene);
    simulation.set('populations.foragers.life.span', 90);
    simulation.step(4);
    return simulation;
  };

  /** Both ways of reading refuse it, in one line, and the world is as it was. */
  function expectRefused(simulation: PlaneSimulation, bytes: Uint8Array): void {
    const before = [
      simulation.hash(),
      simulation.tick,
      JSON.stringify([simulation.scene, simulation.changes, simulation.notices]),
    ];
    const buffer = bytes.slice().buffer;
    for (const read of [() => simulation.restore(buffer), () => keep(simulationFromSnapshot(buffer))]) {
      try {
        read();
      } catch (error) {
        if (!(error instanceof SnapshotError)) throw error;
        expect(error.message).toMatch(/^snapshot: [^\n]{10,300}$/);
        continue;
      }
      throw new Error('a damaged snapshot was taken for a good one');
    }
    const after = [
      simulation.hash(),
      simulation.tick,
      JSON.stringify([simulation.scene, simulation.changes, simulation.notices]),
    ];
    expect(after).toEqual(before);
  }

  it('any flipped bit, anywhere', () => {
    const reference = new Uint8Array(make().snapshot());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 0, max: 40 }),
          fc.integer({ min: 0, max: 6000 }),
          fc.integer({ min: 0, max: reference.length - 1 }),
        ),
        fc.integer({ min: 0, max: 7 }),
        tidy((at: number, bit: number) => {
          const simulation = make();
          const bytes = new Uint8Array(simulation.snapshot());
          bytes[at] ^= 1 << bit;
          expectRefused(simulation, bytes);
        }),
      ),
      runs(100),
    );
  });

  it('any truncation or lengthening', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        tidy((cut: number, more: number) => {
          const simulation = make();
          const bytes = new Uint8Array(simulation.snapshot());
          expectRefused(simulation, bytes.subarray(0, Math.floor(cut * bytes.length)));
          const longer = new Uint8Array(bytes.length + more);
          longer.set(bytes);
          expectRefused(simulation, longer);
        }),
      ),
      runs(40),
    );
  });

  it('any bytes that are something else', () => {
    const simulation = make();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, signed) => {
        const magic = new TextEncoder().encode('UPSLOPE1');
        expectRefused(simulation, signed ? Uint8Array.from([...magic, ...bytes]) : bytes);
      }),
      { numRuns: 200, seed: 2026 },
    );
  });

  it.each([
    ['another seed', scene, 'other'],
    ['a walled plane', huntScene({ edge: 'wall' }), 'property'],
    ['another ground', huntScene({ grass: { capacity: 1.5, regrowth: 0.05, cover: 0.3, grain: 24 } }), 'property'],
    ['other populations', smallWorld(), 'property'],
    ['other traits', huntWorld({ traits: { 'body.size': { maximum: 4 } } }), 'property'],
  ])('one of %s is refused by a world that stands, and opens as a new one', (_, other, seed) => {
    const simulation = make();
    const foreign = world(other, seed);
    foreign.step(2);
    const hash = simulation.hash();
    expect(() => simulation.restore(foreign.snapshot())).toThrow(SnapshotError);
    expect(simulation.hash()).toBe(hash);
    const opened = keep(simulationFromSnapshot(foreign.snapshot()) as PlaneSimulation);
    expectLockstep(3, foreign, opened);
  });

  it('goes on undisturbed after refusing one', () => {
    const [simulation, twin] = [make(), make()];
    const bytes = new Uint8Array(simulation.snapshot());
    bytes[bytes.length - 9] ^= 64;
    expectRefused(simulation, bytes);
    expectLockstep(10, simulation, twin);
  });
});

/** The hunters' scene on another plane. */
function huntScene(habitat: Record<string, unknown>): PlaneScene {
  const scene = structuredClone(huntWorld());
  return parseScene({ ...scene, habitat: { ...scene.habitat, ...habitat } }, 'other.json') as PlaneScene;
}

// What an organism pays and gets is read in the middle of the tick, when everybody has eaten and nobody has paid yet.
let midTick: ((population: EmbodiedPopulation) => void) | undefined;
const meter = mechanism({
  id: 'test-meter',
  title: 'Meter',
  summary: 'Reads the organisms in the middle of the tick.',
  lookFor: 'Nothing.',
  source: 'This test.',
  parameters: z.strictObject({}),
  duringLife: (population) => midTick?.(population as EmbodiedPopulation),
});

const metered = standard.with({ name: 'test', version: '1', mechanisms: [meter] });

describe('energy', () => {
  const on = { mutation: { on: true }, 'test-meter': { on: true } };
  const budget = fc.record({
    body: upTo(1),
    living: upTo(0.03),
    moving: upTo(0.03),
    swiftness: upTo(0.01),
    biting: upTo(0.03),
    feeding: upTo(0.01),
  });
  const life = { maturity: 3, span: 100 };

  // Nothing grows and nothing rots: a closed world, in which only organisms move energy. Grazers live on grass alone and hunters
  // on bites alone, so that what each took in can be told apart.
  const closed = fc
    .record({
      grazing: budget,
      hunting: budget,
      tradeOff: within(0.25, 0.75),
      yield: share,
      gain: share,
      damage: upTo(3),
    })
    .map(
      ({ grazing, hunting, tradeOff, gain, damage, ...carrion }) =>
        metered.parseScene(
          {
            version: 1,
            name: 'closed',
            title: 'Closed',
            habitat: {
              kind: 'plane',
              width: 64,
              height: 64,
              grass: { capacity: 3, regrowth: 0, cover: 1 },
              carrion: { ...carrion, decay: 0 },
            },
            populations: {
              grazers: {
                founders: 150,
                senses: ['grass', 'underfoot'],
                policy: { hidden: 4 },
                energy: { ...grazing, storage: 5, founder: 3 },
                diet: { appetite: 0.5, tradeOff },
                life,
                mechanisms: on,
              },
              hunters: {
                founders: 60,
                senses: ['others'],
                policy: { hidden: 4 },
                energy: { ...hunting, storage: 5, founder: 3 },
                diet: { grass: 0, fruit: 0, carrion: 0 },
                bite: { targets: ['grazers'], reach: 8, damage, gain },
                life,
                mechanisms: on,
              },
            },
          },
          'closed.json',
        ) as PlaneScene,
    );

  /** One unit in the last place of a float32 of this size: every step of the arithmetic errs by at most half of it. */
  const ulp = 2 ** -23;

  interface Account {
    energy: number;
    intake: number;
    body: number;
    /** What the tick costs: living, moving, trying to eat and to bite, wounds. */
    costs: number;
    hurt: number;
    /** Grass that what it gained was made from. */
    grass: number;
  }

  function readAccounts(population: EmbodiedPopulation): Map<number, Account> {
    const { table, parameters } = population;
    const { energy, diet, movement } = parameters;
    const f = (name: string) => table.f32(floatsNamed(name));
    const accounts = new Map<number, Account>();
    for (const [row, id] of ids(population).entries()) {
      const size = f('body.size')[row];
      const [speed, eat, d] = [f('body.speed')[row], f('eat')[row], f('diet.fruit')[row]];
      const pace = speed * f('thrust')[row] * (1 - (1 - movement.feedingPace) * eat);
      // Only grazers are bitten; what nobody is bitten of has no damage to read.
      const hurt = population.name === 'grazers' ? f('damage')[row] : 0;
      const bites = table.has('bite') && f('bite')[row] > 0 ? 1 : 0;
      const use = diet.grass * (1 + (1 - 4 * diet.tradeOff) * d + (4 * diet.tradeOff - 2) * d * d);
      const intake = f('intake')[row];
      accounts.set(id, {
        energy: f('energy')[row],
        intake,
        body: energy.body * size,
        costs:
          energy.living * size ** 0.75 +
          energy.swiftness * size * speed * speed +
          energy.moving * size * pace * pace +
          energy.feeding * eat +
          energy.biting * bites +
          hurt,
        hurt,
        grass: use > 0 && intake > 0 ? intake / use : 0,
      });
    }
    return accounts;
  }

  const laneSum = (ground: Float32Array, lane: number) => {
    let sum = 0;
    for (let at = lane; at < ground.length; at += 4) sum += ground[at];
    return sum;
  };

  it('every unit is accounted for in every tick, of each organism and in all', () => {
    fc.assert(
      fc.property(
        closed,
        tidy((scene: PlaneScene) => {
          const simulation = world(scene);
          const [grazers, hunters] = simulation.populations;
          for (let tick = 0; tick < 20; tick++) {
            const before = new Map(
              simulation.populations.flatMap((population) =>
                ids(population).map((id, row) => [id, population.table.f32('energy')[row]]),
              ),
            );
            const bodiesBefore = simulation.populations.reduce(
              (sum, { table }) =>
                sum +
                table
                  .f32('body')
                  .subarray(0, table.count)
                  .reduce((a, b) => a + b, 0),
              0,
            );
            const groundBefore = simulation.ground.values().slice();
            const middle = new Map<string, Map<number, Account>>();
            let groundMiddle = groundBefore;
            midTick = (population) => {
              middle.set(population.name, readAccounts(population));
              groundMiddle = simulation.ground.values().slice();
            };
            simulation.step();
            midTick = undefined;
            const ground = simulation.ground.values().slice();
            if (middle.size < 2) break;
            const accounts = new Map([...middle.values()].flatMap((one) => [...one]));

            // Nobody's reserve changes by anything but its intake until it pays.
            for (const [id, { energy, intake }] of accounts) {
              expect(Math.abs(energy - (before.get(id) as number) - intake)).toBeLessThanOrEqual(2 * ulp * (energy + intake));
            }

            // What left the ground is what the eaters' guts made their gains from.
            const grassGone = laneSum(groundBefore, 0) - laneSum(groundMiddle, 0);
            const grassEaten = [...(middle.get('grazers') as Map<number, Account>).values()].reduce(
              (sum, { grass }) => sum + grass,
              0,
            );
            let touched = 0;
            for (let at = 0; at < ground.length; at += 4) if (groundMiddle[at] !== groundBefore[at]) touched += groundBefore[at];
            expect(Math.abs(grassGone - grassEaten)).toBeLessThanOrEqual(4 * ulp * (touched + grassEaten));
            expect(laneSum(groundMiddle, 2)).toBe(laneSum(groundBefore, 2));

            // What biters gain is no more than their share of what their victims had.
            const gained = [...(middle.get('hunters') as Map<number, Account>).values()].reduce(
              (sum, { intake }) => sum + intake,
              0,
            );
            const torn = [...(middle.get('grazers') as Map<number, Account>).values()].reduce(
              (sum, { hurt, energy }) => sum + Math.min(hurt, Math.max(0, energy)),
              0,
            );
            expect(gained).toBeLessThanOrEqual(hunters.parameters.bite.gain * torn * (1 + 8 * ulp) + 1e-9);

            // Each of the living has what it had, less its costs, less what it gave its child and the child's body.
            const now = new Map(
              simulation.populations.flatMap(({ table }) =>
                [...table.f64('id').subarray(0, table.count)].map((id, row) => [
                  id,
                  { energy: table.f32('energy')[row], body: table.f32('body')[row] },
                ]),
              ),
            );
            const childOf = new Map<number, number>();
            for (const population of simulation.populations) {
              const births = simulation.births(population);
              for (let k = 0; k < births.count; k++) childOf.set(births.parent[k], births.id[k]);
            }
            let carrion = 0;
            let [spent, lost] = [0, 0];
            for (const [id, account] of accounts) {
              spent += account.costs;
              const left = account.energy - account.costs;
              const living = now.get(id);
              const scale = 12 * ulp * (Math.abs(account.energy) + account.costs + 1);
              if (living) {
                const child = childOf.has(id) ? now.get(childOf.get(id) as number) : undefined;
                const given = child ? child.energy + child.body : 0;
                expect(Math.abs(living.energy - (left - given))).toBeLessThanOrEqual(scale);
              } else {
                const fallen = scene.habitat.carrion.yield * (account.body + Math.max(0, left));
                carrion += fallen;
                lost += account.body + left - fallen;
              }
            }

            // The dead leave what the scene says, but for 2^-14 each and the rounding of the cells they fall on.
            const dead = accounts.size - (now.size - childOf.size);
            const fallen = laneSum(ground, 2) - laneSum(groundMiddle, 2);
            expect(Math.abs(fallen - carrion)).toBeLessThanOrEqual(dead * (2 ** -14 + 64 * ulp * 8));
            expect(laneSum(ground, 0)).toBe(laneSum(groundMiddle, 0));

            // In all: what there was, less digestion, less what bites spill, less what living costs, less what the dead take along.
            const total = (reserves: Iterable<number>, bodies: number, g: Float32Array) =>
              [...reserves].reduce((sum, value) => sum + value, 0) + bodies + laneSum(g, 0) + laneSum(g, 2);
            const digested = [...(middle.get('grazers') as Map<number, Account>).values()].reduce(
              (sum, { intake }) => sum + intake,
              0,
            );
            const start = total(before.values(), bodiesBefore, groundBefore);
            const end = total(
              [...now.values()].map(({ energy }) => energy),
              [...now.values()].reduce((sum, { body }) => sum + body, 0),
              ground,
            );
            // A bite's damage stands among the victim's costs; what the biter gained of it is no loss.
            const expected = start - (grassGone - digested) + gained - spent - lost;
            expect(Math.abs(end - expected)).toBeLessThanOrEqual(dead * 2 ** -13 + 16 * ulp * start);
            expect(end).toBeLessThanOrEqual(start * (1 + 16 * ulp));
            if (grazers.count + hunters.count === 0) break;
          }
        }),
      ),
      runs(8),
    );
  });
});
