import { afterEach, describe, expect, it } from 'vitest';
import { CladeTracker } from '../../../src/analysis/assay/clade-tracker.ts';
import { DescendantCounter } from '../../../src/analysis/assay/descendant-counter.ts';
import { stopVariation } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { SubcladeWatch } from '../../../src/analysis/rivals/subclade-watch.ts';
import type { Table } from '../../../src/ecs/table.ts';
import type { Population } from '../../../src/population/population.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { applyChanges } from '../../../src/scene/set-path.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(one: T): T => {
  open.push(one);
  return one;
};
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

/** Grazers with short lives and enough to eat. */
const sceneOf = (revival: object, mechanisms: object = {}, patches?: 'overlapping' | 'separate') =>
  parseScene(
    {
      version: 1,
      name: 'bank',
      title: 'Bank',
      habitat: patches
        ? { kind: 'patches', generations: patches, nodes: 6, size: 15, grass: { capacity: 60, regrowth: 0.5 } }
        : { kind: 'plane', width: 64, height: 64, grass: { capacity: 3, cover: 1, regrowth: 0.2, pattern: 'uniform' } },
      populations: {
        grazers: {
          founders: 60,
          capacity: 150,
          senses: [patches ? 'food' : 'grass', 'energy'],
          policy: { hidden: 2, biases: { eat: 20 } },
          energy: { founder: 7, living: 0, moving: 0, swiftness: 0, feeding: 0 },
          life: { maturity: 2, span: 40 },
          mechanisms: { mutation: { on: true }, revival: { on: true, ...revival }, ...mechanisms },
        },
      },
    },
    'test',
  );
const worldOf = (...scene: Parameters<typeof sceneOf>) => keep(createSimulation(sceneOf(...scene), 'bank'));
const first = (simulation: Simulation) => simulation.populations[0];

/** Reserve and body of every organism, by id. */
function energies({ table: { count }, table }: Population): Map<number, number> {
  const [energy, body] = [(table as Table).f32('energy'), (table as Table).f32('body')];
  return new Map(Array.from(table.f64('id').subarray(0, count), (id, row) => [id, energy[row] + body[row]]));
}

/** Every organism by id: all state columns of its row. */
function rowsOf(simulation: Simulation): Map<number, string> {
  const { table } = first(simulation);
  const id = table.f64('id');
  return new Map(
    Array.from({ length: table.count }, (_, row) => [
      id[row],
      table.state
        .map((column) =>
          table
            .bytes(column)
            .subarray(row * column.rowBytes, (row + 1) * column.rowBytes)
            .join(),
        )
        .join(';'),
    ]),
  );
}

describe('revival', () => {
  it('with a share of 0 changes no organism, and off leaves no trace', () => {
    const [off, none] = [worldOf({ on: false }), worldOf({ share: 0, rate: 1 })];
    for (const world of [off, none]) world.step(60);
    expect(rowsOf(none)).toEqual(rowsOf(off));
    expect(first(none).bank?.count).toBeGreaterThan(100);
    none.set('populations.grazers.mechanisms.revival.on', false);
    expect(none.hash()).toBe(off.hash());
  });

  it('lets children of the dead be born where and at the cost of a host, one of so many births', () => {
    const simulation = worldOf({ share: 0.3, rate: 1 }, { mutation: { on: false } });
    const population = first(simulation);
    const table = population.table as Table;
    simulation.step(40);
    const genomes = new Map<number, string>();
    const living = () => new Set(population.table.f64('id').subarray(0, population.count));
    let [revived, births] = [0, 0];
    for (let tick = 0; tick < 100; tick++) {
      const { bank } = population;
      if (!bank) throw new Error('there is no bank');
      for (let row = 0; row < bank.count; row++) {
        const at = row * population.layout.stride;
        genomes.set(
          bank.table.f64('id')[row],
          bank.table
            .f32('genome')
            .slice(at, at + population.layout.stride)
            .join(),
        );
      }
      const before = living();
      const held = energies(population);
      simulation.step();
      // Nothing but food brings energy, and births hand it on.
      const intake = table.f32('intake');
      let expected = 0;
      for (const [row, id] of table.f64('id').subarray(0, population.count).entries())
        expected += before.has(id) ? (held.get(id) ?? 0) + intake[row] : 0;
      const total = [...energies(population).values()].reduce((sum, one) => sum + one, 0);
      expect(Math.abs(total - expected)).toBeLessThan(population.count * 16 * 2 ** -20);
      const born = simulation.births(population);
      births += born.count;
      for (let k = 0; k < born.count; k++) {
        expect(before.has(born.parent[k])).toBe(born.sinceDeath[k] === 0);
        if (born.sinceDeath[k] === 0) continue;
        revived++;
        expect(genomes.get(born.parent[k])).toBe(population.genomeOf(population.rowOf(born.id[k])).join());
      }
      expect(population.substitutes).toBeUndefined();
    }
    expect(births).toBeGreaterThan(300);
    expect(Math.abs(revived - 0.3 * births)).toBeLessThan(4 * Math.sqrt(0.3 * 0.7 * births));
  });

  it('goes through snapshots bit for bit, holds no more than its size, and gives up those that are dead for too long', () => {
    const simulation = worldOf({ share: 0.2, rate: 0.5, size: 15, youngest: 3, oldest: 25 });
    const population = first(simulation);
    let full = 0;
    for (let tick = 0; tick < 120; tick++) {
      simulation.step();
      const born = simulation.births(population);
      for (let k = 0; k < born.count; k++) {
        if (born.sinceDeath[k] > 0) expect(born.sinceDeath[k]).toBeGreaterThanOrEqual(3);
        expect(born.sinceDeath[k]).toBeLessThanOrEqual(25);
      }
      const { count = 0, table } = population.bank ?? {};
      expect(count).toBeLessThanOrEqual(15);
      for (const died of table?.i32('deathTick').subarray(0, count) ?? [])
        expect(simulation.tick + 1 - died).toBeLessThanOrEqual(25);
      if (count === 15) full++;
    }
    expect(full).toBeGreaterThan(0);
    const [restored, fork] = [keep(simulationFromSnapshot(simulation.snapshot())), keep(simulation.fork())];
    for (const world of [simulation, restored, fork]) world.step(40);
    for (const world of [restored, fork]) expect(world.hash()).toBe(simulation.hash());
    // Its bank is state too.
    const emptied = keep(simulation.fork());
    emptied.set('populations.grazers.mechanisms.revival.on', false);
    emptied.set('populations.grazers.mechanisms.revival.on', true);
    expect(emptied.hash()).not.toBe(simulation.hash());
  });

  it('as a hall of fame keeps parents only', () => {
    const simulation = worldOf({ share: 0, rate: 0.3, kept: 'parents' });
    simulation.step(80);
    const { count = 0, table } = first(simulation).bank ?? {};
    expect(count).toBeGreaterThan(20);
    for (const offspring of table?.u32('offspring').subarray(0, count) ?? []) expect(offspring).toBeGreaterThan(0);
  });

  it('as a full hall of fame has parents in proportion to their offspring (within 4 standard errors)', () => {
    const [founders, size, ticks] = [500, 20, 60];
    const scene = {
      version: 1,
      name: 'fame',
      title: 'Fame',
      habitat: { kind: 'landscape', model: 'wright-fisher', form: 'linear', forms: { linear: { slope: 0 } }, dimensions: 1 },
      populations: {
        line: { founders, mechanisms: { revival: { on: true, kept: 'parents', share: 0, rate: 0.1, size } } },
      },
    };
    const simulation = keep(createSimulation(parseScene(scene, 'test'), 'fame'));
    const offspring: number[] = [];
    for (let tick = 0; tick < ticks; tick++) {
      simulation.step();
      const { count = 0, table } = first(simulation).bank ?? {};
      // All entered in this tick: about 50 would, whose ranks decide.
      expect(count).toBe(size);
      offspring.push(...(table?.u32('offspring').subarray(0, count) ?? []));
    }
    // Numbers of offspring are binomial, 1 on average: weighted by themselves their mean is E[k^2] / E[k] = 2 - 1 / N, and their variance nearly 1.
    const found = offspring.reduce((sum, one) => sum + one, 0) / offspring.length;
    expect(Math.abs(found - (2 - 1 / founders))).toBeLessThan(4 / Math.sqrt(offspring.length));
  });

  it('is known to the record: whose child each is, with its genome, also after the record was put away', () => {
    const scene = sceneOf({ share: 0.3, rate: 0.5, size: 40 }, { transfer: { on: true, rate: 0.05 } });
    const changes = [{ path: 'record.census.every', value: 25 }];
    const simulation = keep(createSimulation(applyChanges(scene, changes, { atStart: true }), 'bank'));
    const population = first(simulation);
    const whole = keep(new LifeRecord(simulation));
    simulation.observe(whole);
    let record = whole;
    let revived = 0;
    for (let tick = 0; tick < 120; tick++) {
      if (tick === 60) {
        record = keep(new LifeRecord(simulation, { saved: whole.state() }));
        simulation.observe(record);
      }
      simulation.step();
      const born = simulation.births(population);
      for (let k = 0; k < born.count; k++) {
        const child = record.individual(born.id[k]);
        const parent = record.individual(born.parent[k]);
        expect(child?.parents[0]).toBe(born.parent[k]);
        expect(child?.generation).toBe((parent?.generation ?? -9) + 1);
        if (born.sinceDeath[k] === 0) continue;
        revived++;
        expect(simulation.tick - (parent?.deathTick ?? 0)).toBe(born.sinceDeath[k]);
        expect(record.genomesOf([born.id[k]])[0]).toEqual(population.genomeOf(population.rowOf(born.id[k])));
      }
    }
    expect(revived).toBeGreaterThan(50);
    expect(record.state()).toEqual(whole.state());
  });

  it('brings roots where the record began later, and descendants of none that lived when a window opened', () => {
    const simulation = worldOf({ share: 0.3, rate: 0.5, oldest: 1000 });
    const population = first(simulation);
    simulation.step(60);
    const record = keep(new LifeRecord(simulation));
    const counter = new DescendantCounter(simulation, population);
    const opened = simulation.tick;
    simulation.observe(record);
    simulation.observe(counter);
    let roots = 0;
    for (let tick = 0; tick < 30; tick++) {
      simulation.step();
      const born = simulation.births(population);
      for (let k = 0; k < born.count; k++) {
        const before = born.sinceDeath[k] > 0 && simulation.tick - born.sinceDeath[k] <= opened;
        expect(record.individual(born.id[k])?.parents.length).toBe(before ? 0 : 1);
        if (before) roots++;
      }
    }
    expect(roots).toBeGreaterThan(5);
    const descendants = counter.count().reduce((sum, one) => sum + one, 0);
    expect(descendants).toBeLessThan(population.count);
    expect(descendants).toBeGreaterThan(0);
  });

  it.each(['overlapping', 'separate'] as const)('works on patches too (generations %s)', (generations) => {
    const simulation = worldOf({ share: 0.3, rate: 0.5 }, {}, generations);
    const population = first(simulation);
    const record = keep(new LifeRecord(simulation));
    simulation.observe(record);
    let revived = 0;
    for (let tick = 0; tick < 40; tick++) {
      const before = population.count;
      simulation.step();
      const born = simulation.births(population);
      expect(population.count).toBe(before + born.count - simulation.deaths(population).count);
      for (const since of born.sinceDeath.subarray(0, born.count)) if (since > 0) revived++;
    }
    expect(revived).toBeGreaterThan(20);
    const restored = keep(simulationFromSnapshot(simulation.snapshot()));
    for (const world of [simulation, restored]) world.step(10);
    expect(restored.hash()).toBe(simulation.hash());
  });

  it.each([
    ['deathTick', 1000, /an organism of the bank of grazers was born at tick .* and dead at tick 1000/],
    ['deathTick', -1000, /an organism of the bank of grazers was born at tick .* and dead at tick -1000/],
    ['genome', Number.NaN, /genome of the bank of grazers holds a value that is not a finite number/],
  ] as const)('is refused in a snapshot with a %s of %d', (column, value, message) => {
    const simulation = worldOf({});
    simulation.step(60);
    const { table } = first(simulation).bank ?? {};
    if (!table?.count) throw new Error('the bank is empty');
    if (column === 'genome') table.f32(column)[0] = value;
    else table.i32(column)[0] = value;
    expect(() => simulationFromSnapshot(simulation.snapshot())).toThrow(message);
  });

  it('is followed by clades without keeping those that left it', () => {
    const simulation = worldOf({ share: 0.3, rate: 0.5, size: 20 });
    simulation.step(10);
    const population = first(simulation);
    const [clades, watch] = [new CladeTracker(simulation, population), new SubcladeWatch(simulation, population)];
    const living = new Set(population.table.f64('id').subarray(0, population.count));
    const subclades = new Map([...living].sort((a, b) => a - b).map((id, place) => [id, place]));
    // All that were born since, by their first parents; those of parents that had died before begin clades of their own.
    const expected = new Map([...living].map((id) => [id, id]));
    simulation.observe(clades);
    simulation.observe(watch);
    for (let tick = 0; tick < 150; tick++) {
      simulation.step();
      const { id, parent, count } = simulation.births(population);
      for (let k = 0; k < count; k++) expected.set(id[k], expected.get(parent[k]) ?? id[k]);
      const kept = [clades, watch].map((one) => Object.values(one).flatMap((part) => (part instanceof Map ? part.size : [])));
      for (const size of kept.flat()) expect(size).toBeLessThanOrEqual(population.count + 20);
    }
    const ids = population.table.f64('id').slice(0, population.count).sort();
    expect([...clades.clades()]).toEqual([...ids].map((id) => expected.get(id)));
    const { members } = watch.close(simulation);
    expect([...members]).toEqual([...ids].map((id) => subclades.get(expected.get(id) ?? -1) ?? -1));
    expect(new Set(members).size).toBeGreaterThan(1);
  });

  it('is switched off by assays and contests', () => {
    const simulation = worldOf({});
    stopVariation(simulation, first(simulation));
    expect(first(simulation).parameters.mechanisms.revival.on).toBe(false);
    expect(first(simulation).bank).toBeUndefined();
  });

  it('is refused where it cannot work', () => {
    expect(() => sceneOf({ youngest: 9, oldest: 8 })).toThrow(
      /youngest: 9 is above oldest, 8: none could return; lower youngest/,
    );
    const landscape = {
      version: 1,
      name: 'bank',
      title: 'Bank',
      habitat: { kind: 'landscape', form: 'bowl', model: 'annealing' },
      populations: { line: { founders: 1, mechanisms: { revival: { on: true } } } },
    };
    expect(() => parseScene(landscape, 'test')).toThrow(
      /'annealing' has no births that the dead could have; use wright-fisher or moran/,
    );
  });
});
