import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { Recorder, type RecorderOptions } from '../../../src/export/recorder.ts';
import { summarise } from '../../../src/export/summary.ts';
import { covariance, mean, variance } from '../../../src/math/statistics.ts';
import { traits } from '../../../src/population/traits.ts';
import type { Probe } from '../../../src/simulation/types.ts';
import { ByteCollector } from './byte-collector.ts';
import { type FakeOrganism, FakeWorld } from './fake-world.ts';

const names = ['prey', 'predators'];

/** A small deterministic history: births, deaths, offspring, two populations. */
class History {
  readonly world = new FakeWorld(names);
  readonly all: (FakeOrganism & { population: number; deathTick: number | null })[] = [];
  private random = 1;

  constructor() {
    for (const p of names.keys()) for (let i = 0; i < 6; i++) this.world.living[p].push(this.make(p, -1, undefined));
  }

  step(): void {
    const { world } = this;
    world.tick++;
    for (const p of names.keys()) {
      world.dead[p] = world.living[p].filter(() => this.draw() < 0.2);
      world.living[p] = world.living[p].filter((organism) => !world.dead[p].includes(organism));
      for (const organism of world.dead[p]) {
        organism.cause = Math.floor(this.draw() * 3);
        (organism as (typeof this.all)[number]).deathTick = world.tick;
      }
      world.born[p] = world.living[p]
        .filter(() => this.draw() < 0.25)
        .map((parent) => {
          parent.offspring++;
          return this.make(p, parent.id, parent);
        });
      world.living[p].push(...world.born[p]);
    }
  }

  private make(population: number, parent: number, from: FakeOrganism | undefined): FakeOrganism {
    const id = this.all.length;
    const organism = {
      population,
      id,
      parent,
      founder: from?.founder ?? id,
      birthTick: this.world.tick,
      generation: from ? from.generation + 1 : 0,
      offspring: 0,
      x: Math.fround(this.draw() * 512),
      y: Math.fround(this.draw() * 512),
      traits: traits.map(() => Math.fround(this.draw())),
      deathTick: null,
    };
    this.all.push(organism);
    return organism;
  }

  private draw(): number {
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
    return this.random / 2 ** 32;
  }
}

const probe: Probe = {
  id: 'my-probe',
  title: 'Mine',
  description: 'Mine.',
  columns: [
    { name: 'living', title: 'Living', unit: 'organisms' },
    { name: 'nothing', title: 'Nothing', unit: '' },
  ],
  start: () => ({ columns: probe.columns, sample: ({ populations }) => [populations[0].count, Number.NaN] }),
};

function open(csv = false): { files: Map<string, ByteCollector>; options: RecorderOptions } {
  const files = new Map<string, ByteCollector>();
  const options: RecorderOptions = {
    every: 5,
    genomes: 'living',
    csv,
    probes: [probe],
    open: (name) => {
      const file = files.get(name) ?? new ByteCollector();
      files.set(name, file);
      return file.sink;
    },
  };
  return { files, options };
}

const read = (files: Map<string, ByteCollector>, name: string) =>
  parquetReadObjects({ file: (files.get(`${name}.parquet`) as ByteCollector).buffer() });

/** Runs a history of `ticks` ticks under a recorder, and hands over what it wrote. */
function record(ticks: number) {
  const history = new History();
  const simulation = history.world.simulation();
  const { files, options } = open();
  const recorder = new Recorder(simulation, options);
  for (let t = 0; t < ticks; t++) {
    history.step();
    recorder.afterTick(simulation);
  }
  recorder.finish(simulation);
  return { history, simulation, files, recorder };
}

describe('organisms', () => {
  test('every organism that ever lived has one row, with its parents, times and traits', async () => {
    const { history, files } = record(23);
    const rows = await read(files, 'organisms');
    expect(rows.length).toBe(history.all.length);
    const byId = new Map(rows.map((row) => [Number(row.id), row]));
    for (const o of history.all) {
      const row = byId.get(o.id) as Record<string, unknown>;
      expect(row).toMatchObject({
        parents: o.parent < 0 ? [] : [BigInt(o.parent)],
        parent_shares: o.parent < 0 ? [] : [1],
        birth_tick: BigInt(o.birthTick),
        death_tick: o.deathTick === null ? null : BigInt(o.deathTick),
        death_cause: o.deathTick === null ? null : ['starvation', 'predation', 'age'][o.cause as number],
        species_id: null,
        generation: o.generation,
        offspring_count: o.offspring,
        population: names[o.population],
        founder_id: BigInt(o.founder),
        x: o.x,
        y: o.y,
        body_size: o.traits[0],
        marker_3: o.traits[10],
      });
      expect(row.genome ?? null).toEqual(o.deathTick === null ? [o.id, o.id / 2] : null);
    }
  });

  test('genomes can be left out', async () => {
    const history = new History();
    const { files, options } = open();
    new Recorder(history.world.simulation(), { ...options, genomes: 'none' }).finish(history.world.simulation());
    for (const row of await read(files, 'organisms')) expect(row.genome ?? null).toBeNull();
  });
});

describe('trait_series', () => {
  test('is the definition: moments of the living, covariance over those that died since the previous row', async () => {
    const ticks = 23;
    const { files } = record(ticks);
    const rows = await read(files, 'trait_series');
    // The same history again, with every organism remembered.
    const history = new History();
    const samples = [0, 5, 10, 15, 20, 23];
    let previous = 0;
    let r = 0;
    for (let tick = 0; tick <= ticks; tick++) {
      if (tick > 0) history.step();
      if (!samples.includes(tick)) continue;
      for (const p of names.keys()) {
        const living = history.world.living[p];
        const dead = history.all.filter((o) => o.population === p && o.deathTick !== null && o.deathTick > previous);
        const offspring = dead.map((o) => o.offspring);
        for (const [t, trait] of traits.entries()) {
          const row = rows[r++];
          const values = living.map((o) => o.traits[t]);
          expect(row).toMatchObject({
            tick: BigInt(tick),
            population: names[p],
            species_id: null,
            trait: trait.id,
            n: living.length,
            died: dead.length,
          });
          expect(row.mean).toBeCloseTo(mean(values), 12);
          expect(row.variance).toBeCloseTo(variance(values), 12);
          const none = dead.length < 2 || offspring.every((n) => n === 0);
          if (none) expect(row.cov_w).toBeNull();
          else
            expect(row.cov_w).toBeCloseTo(
              covariance(
                dead.map((o) => o.traits[t]),
                offspring,
              ) / mean(offspring),
              10,
            );
        }
      }
      previous = tick;
    }
    expect(r).toBe(rows.length);
    expect(rows.some(({ cov_w }) => cov_w !== null)).toBe(true);
  });
});

test('probes: a row a measure, NaN is null', async () => {
  const { files, history } = record(7);
  const rows = await read(files, 'probes');
  expect(rows.map(({ tick }) => Number(tick))).toEqual([0, 0, 5, 5, 7, 7]);
  expect(rows.at(-2)).toMatchObject({
    probe: 'my-probe',
    measure: 'living',
    unit: 'organisms',
    value: history.world.living[0].length,
  });
  expect(rows.at(-1)).toMatchObject({ measure: 'nothing', value: null });
});

test('loci say what stands where in a genome', async () => {
  const { files } = record(1);
  expect(await read(files, 'loci')).toEqual(
    names.flatMap((population) => [
      { population, position: 0, segment: 'policy.weights', name: 'bias>h1' },
      { population, position: 1, segment: 'body.size', name: 'body.size' },
    ]),
  );
});

test('a recorder that goes on from a checkpoint writes the same files to the byte', () => {
  const whole = record(23);
  for (const stop of [0, 5, 20]) {
    const history = new History();
    const simulation = history.world.simulation();
    const { files, options } = open();
    const first = new Recorder(simulation, options);
    let saved = structuredClone(first.state());
    let lengths = new Map([...files].map(([name, { length }]) => [name, length]));
    for (let t = 0; t < stop; t++) {
      history.step();
      first.afterTick(simulation);
    }
    if (stop > 0) {
      saved = structuredClone(first.state());
      lengths = new Map([...files].map(([name, { length }]) => [name, length]));
    }
    for (const [name, file] of files) file.truncate(lengths.get(name) as number);
    const second = new Recorder(simulation, options, saved);
    for (let t = stop; t < 23; t++) {
      history.step();
      second.afterTick(simulation);
    }
    second.finish(simulation);
    expect(second.totals).toEqual(whole.recorder.totals);
    expect([...files.keys()]).toEqual([...whole.files.keys()]);
    for (const [name, file] of files) {
      expect(Buffer.compare(file.bytes(), whole.files.get(name)?.bytes() as Uint8Array), `${name} after ${stop}`).toBe(0);
    }
  }
});

test('the summary counts every birth and death, and says when a population died out', () => {
  const { history, simulation, recorder } = record(23);
  const summary = summarise(simulation, recorder.totals, { ticksAsked: 23, rows: { organisms: 1 }, seconds: 2 });
  for (const [p, name] of names.entries()) {
    const all = history.all.filter(({ population }) => population === p);
    const dead = all.filter(({ deathTick }) => deathTick !== null);
    const { living, births, deaths, deaths_by_cause } = summary.populations[name];
    expect({ living, births, deaths }).toEqual({ living: all.length - dead.length, births: all.length - 6, deaths: dead.length });
    expect(deaths_by_cause.age).toBe(dead.filter(({ cause }) => cause === 2).length);
  }
  expect(summary.extinct).toBe(false);
  expect(summary.outcome).toMatch(/^After tick 23, \d+ prey live; \d+ predators live\.$/);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  const { world } = history;
  world.dead[1] = world.living[1];
  world.living[1] = [];
  world.tick++;
  recorder.totals.afterTick(simulation);
  const later = summarise(simulation, recorder.totals, { ticksAsked: 30, rows: {}, seconds: null });
  expect(later.populations.predators).toMatchObject({ living: 0, extinct_at: 24, mean_generation: null, traits: null });
  expect(later.outcome).toContain('the predators died out at tick 24');
});

test('a probe that gives too few values is named', () => {
  const { options } = open();
  const short: Probe = { ...probe, start: () => ({ columns: probe.columns, sample: () => [1] }) };
  expect(() => new Recorder(new History().world.simulation(), { ...options, probes: [short] })).toThrow(
    "probe 'my-probe' gave 1 values",
  );
});
