import { afterEach, describe, expect, it } from 'vitest';
import meadow from '../../../scenes/meadow.json';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { drawUniform } from '../../../src/math/draws.ts';
import { streamKey } from '../../../src/math/streams.ts';
import { traitIds } from '../../../src/population/traits.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { type Packable, pack, unpack } from '../../../src/record/pack.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { ids, smallWorld } from '../engine/worlds.ts';

const open: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(made: T): T => {
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

const record = { census: { every: 60 }, fossils: { every: 50, sample: 2 }, species: { every: 50 } };

/** Meadow on a smaller plane. */
const smallMeadow = () =>
  parseScene(
    {
      ...meadow,
      habitat: { ...meadow.habitat, width: 192, height: 192 },
      populations: { foragers: { ...meadow.populations.foragers, founders: 200 } },
      record,
    },
    'meadow.json',
  );

const sexual = { mutation: { on: true }, 'sexual-reproduction': { on: true, reach: 16 }, recombination: { on: true } };
const transfer = { on: true, rate: 0.01, loci: 12 };
const scenes: Record<string, () => Scene> = {
  meadow: smallMeadow,
  haploid: () => smallWorld({ foragers: { mechanisms: sexual }, record: { ...record, pedigree: { window: 80 } } }),
  'haploid, no recombination': () =>
    smallWorld({ foragers: { mechanisms: { ...sexual, recombination: { on: false } } }, record }),
  diploid: () =>
    smallWorld({ foragers: { mechanisms: sexual, genome: { ploidy: 2 } }, record: { ...record, pedigree: { window: 60 } } }),
  'diploid, no recombination': () =>
    smallWorld({ foragers: { mechanisms: { ...sexual, recombination: { on: false } }, genome: { ploidy: 2 } }, record }),
  'diploid clones': () => smallWorld({ foragers: { genome: { ploidy: 2 } }, record }),
  transfer: () => smallWorld({ foragers: { mechanisms: { mutation: { on: true }, transfer } }, record }),
  'all at once': () =>
    smallWorld({
      foragers: { mechanisms: { ...sexual, transfer, mutation: { on: true, rate: 1 } }, genome: { ploidy: 2 } },
      record: { ...record, pedigree: { window: 40 } },
    }),
};
const names = Object.keys(scenes);

function watched(scene: Scene, seed = 'record'): { simulation: Simulation; watcher: LifeRecord } {
  const simulation = keep(createSimulation(scene, seed));
  const watcher = keep(new LifeRecord(simulation));
  simulation.observe(watcher);
  return { simulation, watcher };
}

const bytesOf = (state: Packable): Buffer => Buffer.concat(pack(state));
const bits = (genome: Float32Array | undefined) => genome && Buffer.from(genome.slice().buffer).toString('hex');

describe.each(names)('the record of %s', (name) => {
  it('puts the genomes of all the living together', () => {
    const { simulation, watcher } = watched(scenes[name]());
    let births = 0;
    for (let tick = 0; tick < 300; tick++) {
      simulation.step();
      births += simulation.births(simulation.populations[0]).count;
    }
    expect(births).toBeGreaterThan(50);
    for (const population of simulation.populations) {
      const genomes = watcher.genomesOf(ids(population));
      for (const [row, genome] of genomes.entries()) expect(bits(genome)).toBe(bits(population.genomeOf(row)));
      const [id] = ids(population);
      expect(bits(watcher.genomeOf(id))).toBe(bits(population.genomeOf(0)));
    }
    expect([watcher.genomeOf(1e9), watcher.masksOf(1e9)]).toEqual([undefined, undefined]);
  });

  it('has ledgers that say where every trait comes from', () => {
    const { simulation, watcher } = watched(scenes[name]());
    const [population] = simulation.populations;
    // What the founders would have handed down unchanged, by shares alone.
    const base = new Map<number, number[]>();
    const traitsOf = (row: number) => traitIds.map((trait) => population.table.f32(floatsNamed(trait))[row]);
    for (const [row, id] of ids(population).entries()) base.set(id, traitsOf(row));
    simulation.observe({
      afterTick() {
        const births = simulation.births(population);
        for (let k = 0; k < births.count; k++) {
          const [one, two] = [base.get(births.parent[k]), base.get(births.mate[k])] as [number[], number[] | undefined];
          const share = births.share[k];
          base.set(
            births.id[k],
            one.map((value, t) => (two ? share * value + (1 - share) * two[t] : value)),
          );
        }
      },
    });
    simulation.step(300);
    watcher.finish(simulation);
    const [census] = watcher.lastCensus;
    const rows = new Map(ids(population).map((id, row) => [id, row]));
    let [worst, most] = [0, 0];
    for (let k = 0; k < census.count; k++) {
      const now = traitsOf(rows.get(census.id[k]) as number);
      const founders = base.get(census.id[k]) as number[];
      for (let t = 0; t < traitIds.length; t++) {
        let sum = 0;
        for (let m = 0; m < census.mechanisms.length; m++) {
          sum += census.ledgers[(k * census.mechanisms.length + m) * traitIds.length + t];
        }
        worst = Math.max(worst, Math.abs(now[t] - founders[t] - sum));
        most = Math.max(most, Math.abs(sum));
      }
    }
    expect(most).toBeGreaterThan(0.01);
    // Traits are below 8; every generation rounds a few sums of float64, and there are fewer than 300 of them.
    expect(worst).toBeLessThan(300 * 8 * 8 * 2 ** -53);
  });

  it('goes on from a snapshot as it would have', () => {
    const { simulation, watcher } = watched(scenes[name]());
    simulation.step(130);
    const [snapshot, saved] = [simulation.snapshot(), bytesOf(watcher.state())];
    simulation.step(140);
    const other = keep(simulationFromSnapshot(snapshot));
    const again = keep(new LifeRecord(other, { saved: unpack(saved) }));
    expect(bytesOf(again.state()).equals(saved)).toBe(true);
    other.observe(again);
    other.step(140);
    expect(other.hash()).toBe(simulation.hash());
    expect(bytesOf(again.state()).equals(bytesOf(watcher.state()))).toBe(true);
    expect(again.fossils.length).toBe(2 * 6);
  });

  it('does not change what it watches', () => {
    const { simulation } = watched(scenes[name]());
    const alone = keep(createSimulation(scenes[name](), 'record'));
    simulation.step(200);
    alone.step(200);
    expect(simulation.hash()).toBe(alone.hash());
  });
});

describe('the record', () => {
  it('tells individuals as the world has them', () => {
    const { simulation, watcher } = watched(scenes.haploid());
    const [population] = simulation.populations;
    simulation.step(200);
    const { table } = population;
    for (const [row, id] of ids(population).entries()) {
      expect(watcher.individual(id)).toMatchObject({
        id,
        population: 0,
        founder: table.f64('founder')[row],
        generation: table.u32('generation')[row],
        birthTick: table.i32('birthTick')[row],
        offspring: table.u32('offspring')[row],
        deathTick: null,
        cause: null,
      });
      const line = watcher.lineOf(id);
      expect(line[0]).toBe(id);
      expect(line[line.length - 1]).toBe(table.f64('founder')[row]);
      expect(line.length).toBe(table.u32('generation')[row] + 1);
    }
    expect(watcher.individual(1e9)).toBe(undefined);
    expect(watcher.lineOf(1e9)).toEqual([]);
    expect([...watcher.livingDescendants(1e9)]).toEqual([]);
  });

  it('has the dead of a tick until the next one', () => {
    const { simulation, watcher } = watched(smallMeadow());
    const [population] = simulation.populations;
    let childless: number[] = [];
    for (let tick = 1; tick <= 200; tick++) {
      simulation.step();
      for (const id of childless) expect(watcher.individual(id)).toBe(undefined);
      const { count, id, cause, offspring } = simulation.deaths(population);
      childless = [];
      for (let k = 0; k < count; k++) {
        expect(watcher.individual(id[k])).toMatchObject({ deathTick: tick, cause: cause[k], offspring: offspring[k] });
        if (offspring[k] === 0 && !watcher.individual(id[k])?.fossil) childless.push(id[k]);
      }
    }
  });

  it('draws fossils by the keys of organisms, and keeps them as they were', () => {
    const { simulation, watcher } = watched(smallMeadow());
    const [population] = simulation.populations;
    for (const tick of [0, 50, 100]) {
      simulation.step(tick - simulation.tick);
      const { table } = population;
      const stream = streamKey('record', 'record.fossils');
      const draws = ids(population)
        .map((id, row) => ({
          id,
          row,
          draw: drawUniform(stream, table.u32('keyLow')[row], table.u32('keyHigh')[row], tick, 0),
        }))
        .sort((a, b) => a.draw - b.draw);
      const kept = watcher.fossils.filter((fossil) => fossil.tick === tick);
      expect(kept.map(({ organism }) => organism)).toEqual(draws.slice(0, 2).map(({ id }) => id));
      for (const [i, fossil] of kept.entries()) {
        const { row } = draws[i];
        expect(fossil).toMatchObject({
          population: 0,
          reason: 'sample',
          species: 0,
          x: table.f32('x')[row],
          y: table.f32('y')[row],
        });
        expect(bits(fossil.genome)).toBe(bits(population.genomeOf(row)));
        expect([...fossil.traits]).toEqual(traitIds.map((trait) => table.f32(floatsNamed(trait))[row]));
      }
    }
    expect(watcher.fossils.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5]);
    const [id] = ids(population);
    expect(watcher.keepFossil(simulation, id)).toMatchObject({ id: 6, organism: id, reason: 'request', tick: 100 });
    expect(watcher.keepFossil(simulation, 1e9)).toBe(undefined);
    simulation.step(150);
    for (const { organism } of watcher.fossils) expect(watcher.individual(organism)?.fossil).toBe(true);
  });

  it('forgets lines that have died out', () => {
    const { simulation, watcher } = watched(smallMeadow());
    simulation.step(400);
    const needed = new Set<number>();
    const [population] = simulation.populations;
    const dead = simulation.deaths(population);
    const heads = [...ids(population), ...watcher.fossils.map(({ organism }) => organism), ...dead.id.subarray(0, dead.count)];
    for (const id of heads) for (const ancestor of watcher.lineOf(id)) needed.add(ancestor);
    expect(watcher.individuals.kept).toBe(needed.size);
    expect(watcher.bytes).toBeGreaterThan(0);
  });

  it('begins with the living as roots where it has not seen their births', () => {
    const simulation = keep(createSimulation(smallMeadow(), 'record'));
    simulation.step(100);
    const watcher = keep(new LifeRecord(simulation));
    simulation.observe(watcher);
    const [population] = simulation.populations;
    const before = new Set(ids(population));
    for (const id of before) expect(watcher.individual(id)).toMatchObject({ id, parents: [], shares: [] });
    simulation.step(100);
    for (const id of ids(population)) {
      const line = watcher.lineOf(id);
      expect(before.has(line[line.length - 1])).toBe(true);
    }
  });

  it('refuses a saved state of another tick', () => {
    const { simulation, watcher } = watched(smallMeadow());
    const saved = watcher.state();
    simulation.step(100);
    expect(() => new LifeRecord(simulation, { saved })).toThrow('the saved record does not know organism');
  });

  it('refuses to go on after it has missed births', () => {
    const simulation = keep(createSimulation(smallMeadow(), 'record'));
    const watcher = keep(new LifeRecord(simulation));
    simulation.step(100);
    const end = simulation.observe(watcher);
    expect(() => simulation.step(100)).toThrow('call afterTick after every tick');
    end();
  });

  it('takes a census at the start, every so often, and at the end', () => {
    const { simulation, watcher } = watched(smallMeadow());
    const told: [number, number, boolean][] = [];
    const end = watcher.onCensus(({ tick, count, descendants }) => told.push([tick, count, descendants !== undefined]));
    const counts: number[] = [simulation.populations[0].count];
    for (const tick of [60, 120, 150]) {
      simulation.step(tick - simulation.tick);
      counts.push(simulation.populations[0].count);
    }
    expect(watcher.lastCensus[0]).toMatchObject({ tick: 120, count: counts[2], descendants: undefined });
    watcher.finish(simulation);
    watcher.finish(simulation);
    expect(told).toEqual([
      [0, counts[0], true],
      [60, counts[1], true],
      [120, counts[2], true],
      [150, counts[3], false],
    ]);
    expect(watcher.censuses).toEqual([]);
    end();
  });
});
