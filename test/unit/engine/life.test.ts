import { afterEach, describe, expect, it } from 'vitest';
import { deathCauses } from '../../../src/population/death-causes.ts';
import { traitIds } from '../../../src/population/traits.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { column, huntWorld, ids, makeWorld, organisms, smallWorld } from './worlds.ts';

const open: PlaneSimulation[] = [];
const world = (scene: PlaneScene, seed?: string) => {
  const made = makeWorld(scene, seed);
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

/** Nobody pays for anything, is hungry, grows old or has offspring. */
const still = {
  energy: { founder: 5, storage: 10, living: 0, moving: 0, swiftness: 0, feeding: 0, biting: 0 },
  // Founders are up to a quarter of the span old.
  life: { maturity: 100_000, span: 100_000, accident: 0 },
  diet: { appetite: 0 },
};

/** Rows of the living by id. */
const rowsById = (simulation: PlaneSimulation, name: string) => {
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) throw new Error(name);
  return { population, rows: new Map(ids(population).map((id, row) => [id, row])) };
};

describe('founders', () => {
  it('stand on the plane with unit headings, of ages up to a quarter of the span, numbered from 0', () => {
    const simulation = world(huntWorld());
    let next = 0;
    for (const population of simulation.populations) {
      const { founders, life, energy } = population.parameters;
      expect(population.count).toBe(founders);
      expect(ids(population)).toEqual(Array.from({ length: founders }, (_, i) => next + i));
      next += founders;
      const { table } = population;
      for (let row = 0; row < founders; row++) {
        expect(table.f32('x')[row]).toBeGreaterThanOrEqual(0);
        expect(table.f32('x')[row]).toBeLessThan(96);
        expect(table.f32('y')[row]).toBeLessThan(64);
        expect(Math.hypot(table.f32('headingX')[row], table.f32('headingY')[row])).toBeCloseTo(1, 6);
        expect(table.i32('birthTick')[row]).toBeLessThanOrEqual(0);
        expect(table.i32('birthTick')[row]).toBeGreaterThan(-life.span / 4 - 1);
        expect(table.f64('parent')[row]).toBe(-1);
        expect(table.f64('founder')[row]).toBe(table.f64('id')[row]);
        expect(table.f32('energy')[row]).toBe(Math.fround(Math.min(energy.founder, table.f32('storage')[row])));
      }
      const keys = new Set(ids(population).map((_, row) => `${table.u32('keyLow')[row]} ${table.u32('keyHigh')[row]}`));
      expect(keys.size).toBe(founders);
    }
  });

  it('differ between seeds and are the same for the same seed', () => {
    const [a, b, c] = ['one', 'one', 'two'].map((seed) => world(smallWorld(), seed));
    expect(a.hash()).toBe(b.hash());
    expect(a.hash()).not.toBe(c.hash());
    expect(column(a.populations[0], 'genome')).not.toEqual(column(c.populations[0], 'genome'));
  });

  it('keep off barriers', () => {
    const simulation = world(smallWorld({ habitat: { barriers: [{ x: 0, y: 0, width: 72, height: 64 }] } }));
    expect(Math.min(...column(simulation.populations[0], 'x'))).toBeGreaterThanOrEqual(72);
  });
});

describe('births', () => {
  it('copy identity, pay the body and the gift, and lie near the parent', () => {
    const simulation = world(smallWorld({ foragers: { mechanisms: { mutation: { on: false } } } }));
    let seen = 0;
    for (let tick = 0; tick < 40; tick++) {
      const before = rowsById(simulation, 'foragers');
      const offspringBefore = new Map([...before.rows].map(([id, row]) => [id, before.population.table.u32('offspring')[row]]));
      const nextId = Math.max(-1, ...ids(before.population)) + 1;
      simulation.step();
      const { population, rows } = rowsById(simulation, 'foragers');
      const { table } = population;
      const births = simulation.births(population);
      for (let k = 0; k < births.count; k++) {
        seen++;
        const child = rows.get(births.id[k]) as number;
        const parent = rows.get(births.parent[k]) as number;
        expect(births.id[k]).toBeGreaterThanOrEqual(nextId);
        expect(table.f64('parent')[child]).toBe(births.parent[k]);
        expect(table.f64('founder')[child]).toBe(table.f64('founder')[parent]);
        expect(table.i32('birthTick')[child]).toBe(simulation.tick);
        expect(table.u32('generation')[child]).toBe(table.u32('generation')[parent] + 1);
        expect(births.generation[k]).toBe(table.u32('generation')[child]);
        expect(table.u32('offspring')[child]).toBe(0);
        expect(table.u32('offspring')[parent]).toBe((offspringBefore.get(births.parent[k]) ?? 0) + 1);
        expect(simulation.tick - 1 - table.i32('birthTick')[parent]).toBeGreaterThanOrEqual(5);
        expect(table.f32('energy')[child]).toBeGreaterThan(0);
        // The child has invest/(1 - invest) of what its parent kept, but for rounding.
        const share = table.f32('life.investment')[parent];
        expect(table.f32('energy')[child]).toBeCloseTo((table.f32('energy')[parent] * share) / (1 - share), 4);
        // Standard deviation 2: ten of them.
        const away = (a: number, b: number, size: number) => Math.min(Math.abs(a - b), size - Math.abs(a - b));
        expect(away(table.f32('x')[child], table.f32('x')[parent], 96)).toBeLessThan(20);
        expect(away(table.f32('y')[child], table.f32('y')[parent], 64)).toBeLessThan(20);
      }
    }
    expect(seen).toBeGreaterThan(50);
    expect(simulation.checkGuards()).toBeUndefined();
  });

  it('without mutation a child has its parent’s genome and traits; with it, its own', () => {
    for (const on of [false, true]) {
      const simulation = world(smallWorld({ foragers: { mechanisms: { mutation: { on, rate: 1 } } } }));
      let children = 0;
      for (let tick = 0; tick < 25; tick++) {
        simulation.step();
        const { population, rows } = rowsById(simulation, 'foragers');
        const births = simulation.births(population);
        for (let k = 0; k < births.count; k++) {
          children++;
          const [child, parent] = [births.id[k], births.parent[k]].map((id) => rows.get(id) as number);
          const { stride } = population.layout;
          const genome = (row: number) => population.table.f32('genome').slice(row * stride, (row + 1) * stride);
          const [a, b] = [genome(child), genome(parent)];
          if (on) {
            for (const { slot } of population.layout.loci) expect(a[slot]).not.toBe(b[slot]);
            const padding = [...a.keys()].filter((slot) => !population.layout.loci.some((locus) => locus.slot === slot));
            for (const slot of padding) expect(a[slot]).toBe(0);
          } else expect(a).toEqual(b);
          for (const trait of traitIds) {
            const values = population.table.f32(trait);
            if (!on) expect(values[child]).toBe(values[parent]);
          }
        }
      }
      expect(children).toBeGreaterThan(20);
    }
  });

  it('do not take place before maturity', () => {
    const simulation = world(smallWorld({ foragers: { life: { maturity: 1000, span: 2000 } } }));
    let births = 0;
    simulation.observe({ afterTick: (s) => void (births += s.births(s.populations[0]).count) });
    // The oldest founders are 500 ticks old.
    simulation.step(100);
    expect(births).toBe(0);
  });
});

describe('deaths', () => {
  it('are told with their causes, and the dead are gone', () => {
    const simulation = world(huntWorld());
    const causes = new Set<string>();
    for (let tick = 0; tick < 150; tick++) {
      const before = simulation.populations.map((population) => new Set(ids(population)));
      simulation.step();
      for (const [p, population] of simulation.populations.entries()) {
        const deaths = simulation.deaths(population);
        const births = simulation.births(population);
        const now = new Set(ids(population));
        expect(population.count).toBe(before[p].size + births.count - deaths.count);
        for (let k = 0; k < deaths.count; k++) {
          expect(before[p].has(deaths.id[k])).toBe(true);
          expect(now.has(deaths.id[k])).toBe(false);
          causes.add(deathCauses[deaths.cause[k]]);
          expect(deaths.birthTick[k]).toBeLessThanOrEqual(simulation.tick);
          expect(deaths.x[k]).toBeGreaterThanOrEqual(0);
          expect(deaths.x[k]).toBeLessThan(96);
          expect(deaths.traits[k * traitIds.length]).toBeGreaterThan(0.39);
        }
      }
    }
    expect([...causes].sort()).toEqual(expect.arrayContaining(['age', 'predation', 'starvation']));
    expect(simulation.checkGuards()).toBeUndefined();
  });

  it.each([
    ['starvation', { foragers: { energy: { founder: 0.01, living: 1 } } }],
    ['age', { foragers: { ...still, life: { maturity: 1000, span: 10, accident: 0 } } }],
    ['accident', { foragers: { ...still, life: { ...still.life, accident: 0.9 } } }],
  ])('of %s alone where nothing else can kill', (cause, change) => {
    const simulation = world(smallWorld(change));
    const told = new Set<string>();
    simulation.observe({
      afterTick(s) {
        const deaths = s.deaths(s.populations[0]);
        for (let k = 0; k < deaths.count; k++) told.add(deathCauses[deaths.cause[k]]);
      },
    });
    simulation.step(60);
    expect([...told]).toEqual([cause]);
  });

  it('leave carrion where they happen, which rots', () => {
    const yieldShare = 0.5;
    const simulation = world(
      smallWorld({
        habitat: { carrion: { yield: yieldShare, decay: 0.1 } },
        foragers: { ...still, life: { ...still.life, accident: 0.05 }, founders: 100 },
      }),
    );
    const population = simulation.populations[0];
    const carrion = () => {
      const values = simulation.ground.values();
      return Array.from({ length: values.length / 4 }, (_, cell) => values[4 * cell + 2]);
    };
    const energies = new Map(ids(population).map((id, row) => [id, population.table.f32('energy')[row]]));
    const bodies = new Map(ids(population).map((id, row) => [id, population.table.f32('body')[row]]));
    const expected = carrion();
    for (let tick = 0; tick < 20; tick++) {
      simulation.step();
      for (const [cell, value] of expected.entries()) expected[cell] = value - 0.1 * value;
      const deaths = simulation.deaths(population);
      for (let k = 0; k < deaths.count; k++) {
        const cell = Math.floor(deaths.y[k] / 4) * simulation.ground.columns + Math.floor(deaths.x[k] / 4);
        expected[cell] += yieldShare * ((energies.get(deaths.id[k]) as number) + (bodies.get(deaths.id[k]) as number));
      }
      // Whole multiples of 2^-14 a carcass, of which a handful lies on a cell.
      for (const [cell, value] of carrion().entries()) expect(Math.abs(value - expected[cell])).toBeLessThan(5e-4);
    }
    expect(Math.max(...expected)).toBeGreaterThan(1);
  });
});

describe('capacity', () => {
  it('is never exceeded and told once while it lasts', () => {
    const simulation = world(smallWorld({ foragers: { capacity: 160, founders: 150 } }));
    for (let tick = 0; tick < 80; tick++) {
      simulation.step();
      expect(simulation.populations[0].count).toBeLessThanOrEqual(160);
    }
    const notices = simulation.notices.filter(({ kind }) => kind === 'capacity');
    expect(notices.length).toBeGreaterThanOrEqual(1);
    expect(notices.length).toBeLessThan(6);
    expect(notices[0].text).toBe('foragers is at its capacity of 160; further births do not take place.');
  });

  it('lots decide who gives birth: neither low rows nor high ones are favoured', () => {
    // Everybody is ready in the first tick, and there is room for a quarter.
    const founders = 400;
    const simulation = world(
      smallWorld({
        foragers: {
          ...still,
          founders,
          capacity: 500,
          energy: { ...still.energy, founder: 10 },
          life: { ...still.life, maturity: 0 },
          traits: { 'life.threshold': { founder: 0.3, deviation: 0 } },
        },
      }),
    );
    simulation.step();
    const { population } = rowsById(simulation, 'foragers');
    const births = simulation.births(population);
    expect(births.count).toBe(100);
    const parents = [...births.parent.subarray(0, 100)];
    expect(new Set(parents).size).toBe(100);
    // Mean of 100 drawn without replacement from 0..399: sd of one is 115.5, times the finite-population factor.
    const mean = parents.reduce((sum, id) => sum + id, 0) / 100;
    const error = (Math.sqrt((founders ** 2 - 1) / 12) / 10) * Math.sqrt((founders - 100) / (founders - 1));
    expect(Math.abs(mean - 199.5)).toBeLessThan(4 * error);
  });
});

describe('extinction', () => {
  it('stops the run and says so', () => {
    const simulation = world(smallWorld({ foragers: { energy: { founder: 0.01, living: 1 } } }));
    expect(simulation.step(50)).toBe(1);
    expect(simulation.status).toBe('extinct');
    expect(simulation.tick).toBe(1);
    expect(simulation.notices).toEqual([{ tick: 1, kind: 'extinction', population: 'foragers', text: 'foragers died out.' }]);
    expect(simulation.step(3)).toBe(0);
    expect(simulation.step()).toBe(0);
    const twin = simulation.fork();
    open.push(twin);
    expect(twin.status).toBe('extinct');
    expect(twin.hash()).toBe(simulation.hash());
  });

  it('of one population does not stop the other', () => {
    const simulation = world(huntWorld({ energy: { founder: 0.01, living: 1 } }));
    expect(simulation.step(30)).toBe(30);
    expect(simulation.status).toBe('running');
    expect(simulation.notices.filter(({ kind }) => kind === 'extinction').map(({ population }) => population)).toEqual([
      'hunters',
    ]);
    expect(simulation.checkGuards()).toBeUndefined();
  });
});

describe('barriers', () => {
  const barriers = [{ x: 40, y: 0, width: 8, height: 64 }];
  const inside = (x: number) => x >= 40 && x < 48;

  it('let nobody in, and nothing grows on them', () => {
    const simulation = world(smallWorld({ habitat: { barriers, grass: { cover: 1, pattern: 'uniform' } } }));
    for (let tick = 0; tick < 60; tick++) {
      simulation.step();
      for (const x of column(simulation.populations[0], 'x')) expect(inside(x)).toBe(false);
    }
    const ground = simulation.ground.values();
    const walls = simulation.ground.barrier();
    expect(walls.reduce((sum, value) => sum + value, 0)).toBe(2 * 16);
    for (const [cell, wall] of walls.entries()) if (wall) expect(ground[4 * cell]).toBe(0);
  });

  it('whom a new one has caught may walk out', () => {
    const simulation = world(smallWorld({ foragers: { founders: 300 } }));
    simulation.set('habitat.barriers', barriers);
    const caught = new Set(
      ids(simulation.populations[0]).filter((_, row) => inside(simulation.populations[0].table.f32('x')[row])),
    );
    expect(caught.size).toBeGreaterThan(5);
    simulation.step(40);
    const { population } = rowsById(simulation, 'foragers');
    const { table } = population;
    let freed = 0;
    for (const [row, id] of ids(population).entries()) {
      if (!inside(table.f32('x')[row])) {
        if (caught.has(id)) freed++;
      } else expect(caught.has(id) || caught.has(table.f64('parent')[row]) || table.u32('generation')[row] > 0).toBe(true);
    }
    expect(freed).toBeGreaterThan(0);
  });

  it('walls of the plane keep everybody inside', () => {
    const simulation = world(smallWorld({ habitat: { edge: 'wall' } }));
    let onEdge = 0;
    for (let tick = 0; tick < 60; tick++) {
      simulation.step();
      for (const x of column(simulation.populations[0], 'x')) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThan(96);
        if (x === 0 || x > 95.999) onEdge++;
      }
    }
    expect(onEdge).toBeGreaterThan(0);
  });
});

describe('actions', () => {
  const offered = (scene: PlaneScene, name: string) => rowsById(world(scene), name).population.policy.actions.map(({ id }) => id);

  it('are offered only where something gives them effect', () => {
    expect(offered(smallWorld(), 'foragers')).toEqual(['turn', 'thrust', 'eat']);
    expect(offered(huntWorld(), 'foragers')).toEqual(['turn', 'thrust', 'eat']);
    expect(offered(huntWorld(), 'hunters')).toEqual(['turn', 'thrust', 'eat', 'bite']);
    expect(offered(smallWorld({ foragers: { senses: ['signals', 'grass'] } }), 'foragers')).toEqual([
      'turn',
      'thrust',
      'eat',
      'signal',
    ]);
  });

  it('without appetite or teeth nobody eats or is hurt', () => {
    const simulation = world(huntWorld({ bite: { targets: ['foragers'], reach: 0 } }));
    simulation.step(20);
    expect(Math.max(...column(simulation.populations[0], 'hurt'))).toBe(0);
  });

  it('a bite tears energy from its victim, and the biter gains', () => {
    const simulation = world(huntWorld());
    let [hurt, gained] = [0, 0];
    for (let tick = 0; tick < 30; tick++) {
      simulation.step();
      hurt += column(simulation.populations[0], 'hurt').reduce((sum, value) => sum + value, 0);
      gained += column(simulation.populations[1], 'intake').reduce((sum, value) => sum + value, 0);
    }
    expect(hurt).toBeGreaterThan(1);
    expect(gained).toBeGreaterThan(0.5);
  });

  it('who can bite two populations bites one of them in a tick', () => {
    const rabbits = { founders: 200, senses: ['grass'], life: { maturity: 1000, span: 5000 }, energy: { founder: 8 } };
    const simulation = world(huntWorld({ bite: { targets: ['foragers', 'rabbits'], reach: 20, damage: 0.25 } }, { rabbits }));
    const [foragers, hunters, rabbit] = simulation.populations;
    for (let tick = 0; tick < 10; tick++) {
      const size = column(hunters, 'body.size');
      simulation.step();
      const bites = column(hunters, 'bite').filter((value) => value > 0).length;
      const most = Math.max(...size) / 0.4;
      const hurt = [foragers, rabbit].map((one) => column(one, 'hurt').reduce((sum, value) => sum + value, 0));
      // Each bite tears at most 0.25 times the largest ratio of sizes; the dead of the tick take their wounds with them.
      expect(hurt[0] + hurt[1]).toBeLessThanOrEqual(bites * 0.25 * most);
    }
    expect(simulation.checkGuards()).toBeUndefined();
  });

  it('cannibals may bite their own kind, and never themselves', () => {
    const simulation = world(smallWorld({ foragers: { bite: { targets: ['foragers'], reach: 8, damage: 0.5 } } }));
    simulation.step(15);
    expect(Math.max(...column(simulation.populations[0], 'hurt'))).toBeGreaterThan(0);
    const alone = world(
      smallWorld({ foragers: { ...still, founders: 1, bite: { targets: ['foragers'], reach: 32, damage: 5 } } }),
    );
    expect(alone.step(50)).toBe(50);
    expect(column(alone.populations[0], 'hurt')[0]).toBe(0);
  });
});

describe('senses', () => {
  it('of nobody are 0 when the others have died out', () => {
    const simulation = world(huntWorld({ energy: { founder: 0.01, living: 10 } }));
    simulation.step(5);
    expect(simulation.populations[1].count).toBe(0);
    const foragers = simulation.populations[0];
    const at = foragers.policy.senses.find(({ id }) => id === 'others')?.at as number;
    const stride = foragers.table.columns.inputs.width;
    const inputs = column(foragers, 'inputs');
    for (let row = 0; row < foragers.count; row++) {
      expect([...inputs.subarray(row * stride + at, row * stride + at + 4)]).toEqual([0, 0, 0, 0]);
    }
  });

  it('of all kinds at once give numbers in their ranges', () => {
    const senses = [
      'grass',
      'fruit',
      'carrion',
      'cue',
      'barrier',
      'underfoot',
      'neighbours',
      'others',
      'size',
      'likeness',
      'signals',
      'energy',
      'age',
      'hurt',
      'memory',
    ];
    const simulation = world(
      smallWorld({
        habitat: { cue: { grass: 1 }, fruit: { capacity: 1 }, barriers: [{ x: 8, y: 8, width: 8, height: 8 }] },
        foragers: { senses, policy: { hidden: 6, memory: 3 } },
      }),
    );
    simulation.step(30);
    const [foragers] = simulation.populations;
    expect(foragers.policy.network.inputs).toBe(foragers.policy.senses.flatMap(({ labels }) => labels).length);
    const stride = foragers.table.columns.inputs.width;
    const inputs = column(foragers, 'inputs');
    for (let row = 0; row < foragers.count; row++) {
      if (foragers.table.i32('birthTick')[row] === simulation.tick) continue;
      for (const { id, at, labels } of foragers.policy.senses) {
        for (const value of inputs.subarray(row * stride + at, row * stride + at + labels.length)) {
          expect(Number.isFinite(value), id).toBe(true);
          if (id === 'memory' || id === 'size') expect(Math.abs(value)).toBeLessThanOrEqual(1);
          else expect(value, id).toBeGreaterThanOrEqual(0);
          if (['grass', 'fruit', 'barrier', 'neighbours', 'likeness', 'signals', 'cue'].includes(id)) {
            expect(value, id).toBeLessThanOrEqual(1.0001);
          }
        }
      }
    }
    expect(simulation.checkGuards()).toBeUndefined();
  });

  it('the memory is what the memory outputs said in the tick before', () => {
    const simulation = world(smallWorld({ foragers: { senses: ['energy', 'memory'], policy: { hidden: 4, memory: 2 } } }));
    simulation.step(3);
    const [foragers] = simulation.populations;
    const memory = new Map(ids(foragers).map((id, row) => [id, [...column(foragers, 'memory').subarray(2 * row, 2 * row + 2)]]));
    expect(Math.max(...column(foragers, 'memory').map(Math.abs))).toBeGreaterThan(0);
    simulation.step();
    const at = foragers.policy.senses.find(({ id }) => id === 'memory')?.at as number;
    const stride = foragers.table.columns.inputs.width;
    const inputs = column(foragers, 'inputs');
    for (const [row, id] of ids(foragers).entries()) {
      if (!memory.has(id)) continue;
      expect([...inputs.subarray(row * stride + at, row * stride + at + 2)]).toEqual(memory.get(id));
    }
  });
});

it('organisms() tells organisms apart', () => {
  const simulation = world(smallWorld());
  expect(new Set(organisms(simulation.populations[0]).values()).size).toBe(150);
});
