import { parquetReadObjects } from 'hyparquet';
import { afterEach, describe, expect, test } from 'vitest';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { digestText, runIdentity } from '../../../src/export/run-identity.ts';
import { software } from '../../../src/export/software.ts';
import { summarise } from '../../../src/export/summary.ts';
import { Recorder, type RecorderOptions } from '../../../src/export/table-recorder.ts';
import { covariance, mean, variance } from '../../../src/math/statistics.ts';
import { deathCauses } from '../../../src/population/death-causes.ts';
import type { Population } from '../../../src/population/population.ts';
import { traits } from '../../../src/population/traits.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Observer, Probe, Simulation } from '../../../src/simulation/types.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';
import { ByteCollector } from './byte-collector.ts';

const ticks = 43;
const every = 5;
const rich = { width: 128, height: 96, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } };
const record = {
  census: { every: 10, genomes: true },
  fossils: { every: 20, sample: 3 },
  species: { every: 10, sample: 60, distance: 0.5, smallest: 3, patience: 1 },
};

/** Two populations that hand down their genes in every way there is. */
function scene(more: Record<string, unknown> = {}): PlaneScene {
  const common = { senses: ['grass', 'energy'], policy: { hidden: 5 }, energy: { founder: 4, storage: 6 } };
  return smallWorld({
    habitat: rich,
    foragers: { founders: 80, mechanisms: { mutation: { on: true }, transfer: { on: true, rate: 0.02, reach: 12 } } },
    populations: {
      pairs: {
        ...common,
        founders: 90,
        genome: { ploidy: 2 },
        life: { maturity: 5, span: 90 },
        mechanisms: { 'sexual-reproduction': { on: true, reach: 15 }, recombination: { on: true }, mutation: { on: true } },
      },
      hermits: {
        ...common,
        founders: 70,
        life: { maturity: 5, span: 90 },
        mechanisms: { 'sexual-reproduction': { on: true, reach: 20 }, recombination: { on: true }, mutation: { on: true } },
      },
    },
    record,
    ...more,
  });
}

interface Life {
  id: number;
  population: number;
  parents: number[];
  shares: number[];
  founder: number;
  generation: number;
  birthTick: number;
  birthX: number;
  birthY: number;
  deathTick: number | null;
  cause: number | null;
  offspring: number;
  traits: number[];
}

/** Everybody who ever lived, by plain looks at the world after every tick. */
class Chronicle implements Observer {
  readonly all = new Map<number, Life>();
  readonly transfers: { tick: number; population: number; recipient: number; donor: number }[] = [];

  constructor(simulation: Simulation) {
    for (const [p, { table, count }] of simulation.populations.entries()) {
      for (let row = 0; row < count; row++) {
        const id = table.f64('id')[row];
        this.all.set(id, {
          id,
          population: p,
          parents: [],
          shares: [],
          founder: id,
          generation: 0,
          birthTick: table.i32('birthTick')[row],
          birthX: table.f32('x')[row],
          birthY: table.f32('y')[row],
          deathTick: null,
          cause: null,
          offspring: 0,
          traits: [],
        });
      }
    }
  }

  afterTick(simulation: Simulation): void {
    for (const [p, population] of simulation.populations.entries()) {
      const [births, deaths, transfers] = [
        simulation.births(population),
        simulation.deaths(population),
        simulation.transfers(population),
      ];
      for (let k = 0; k < transfers.count; k++) {
        const [recipient, donor] = [transfers.recipient[k], transfers.donor[k]];
        this.transfers.push({ tick: simulation.tick, population: p, recipient, donor });
      }
      for (let k = 0; k < births.count; k++) {
        const id = births.id[k];
        const alone = births.mate[k] < 0;
        const first = this.all.get(births.parent[k]) as Life;
        first.offspring++;
        this.all.set(id, {
          id,
          population: p,
          parents: alone ? [births.parent[k]] : [births.parent[k], births.mate[k]],
          shares: alone ? [1] : [births.share[k], 1 - births.share[k]],
          founder: first.founder,
          generation: first.generation + 1,
          birthTick: simulation.tick,
          birthX: births.x[k],
          birthY: births.y[k],
          deathTick: null,
          cause: null,
          offspring: 0,
          traits: [],
        });
      }
      for (let k = 0; k < deaths.count; k++) {
        const life = this.all.get(deaths.id[k]) as Life;
        life.deathTick = simulation.tick;
        life.cause = deaths.cause[k];
        life.traits = [...deaths.traits.subarray(k * traits.length, (k + 1) * traits.length)];
      }
    }
  }

  /** Notes the traits of those who live. */
  lookAtLiving(simulation: Simulation): void {
    for (const { table, count } of simulation.populations) {
      for (let row = 0; row < count; row++) {
        (this.all.get(table.f64('id')[row]) as Life).traits = traits.map(({ id }) => table.f32(floatsNamed(id))[row]);
      }
    }
  }

  of(population: number): Life[] {
    return [...this.all.values()].filter((life) => life.population === population);
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

function open(genomes: RecorderOptions['genomes'] = 'living'): { files: Map<string, ByteCollector>; options: RecorderOptions } {
  const files = new Map<string, ByteCollector>();
  const options: RecorderOptions = {
    every,
    genomes,
    csv: false,
    probes: [probe],
    open: (name) => {
      const file = files.get(name) ?? new ByteCollector();
      files.set(name, file);
      return file.sink;
    },
  };
  return { files, options };
}

const worlds: Simulation[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.dispose();
});
const world = (of = scene()) => {
  const made = makeWorld(of, 'recorder');
  worlds.push(made);
  return made;
};

const read = (files: Map<string, ByteCollector>, name: string) =>
  parquetReadObjects({ file: (files.get(`${name}.parquet`) as ByteCollector).buffer() });

/** A run under a recorder and a chronicle, and what the recorder wrote. */
function run(genomes: RecorderOptions['genomes'] = 'living') {
  const simulation = world();
  const { files, options } = open(genomes);
  const recorder = new Recorder(simulation, options);
  const chronicle = new Chronicle(simulation);
  simulation.observe(recorder);
  simulation.observe(chronicle);
  simulation.step(ticks);
  recorder.finish(simulation);
  chronicle.lookAtLiving(simulation);
  return { simulation, files, recorder, chronicle };
}

describe('organisms', () => {
  test('every organism that ever lived has one row, with its parents, times and traits', async () => {
    const { simulation, files, chronicle } = run();
    const rows = await read(files, 'organisms');
    expect(rows.length).toBe(chronicle.all.size);
    const names = simulation.populations.map(({ name }) => name);
    const pairs = new Set<string>();
    for (const row of rows) {
      const life = chronicle.all.get(Number(row.id)) as Life;
      expect(row).toMatchObject({
        parents: life.parents.map(BigInt),
        parent_shares: life.shares,
        birth_tick: BigInt(life.birthTick),
        death_tick: life.deathTick === null ? null : BigInt(life.deathTick),
        death_cause: life.cause === null ? null : deathCauses[life.cause],
        generation: life.generation,
        offspring_count: life.offspring,
        population: names[life.population],
        founder_id: BigInt(life.founder),
        birth_x: life.birthX,
        birth_y: life.birthY,
        body_size: life.traits[0],
        marker_3: life.traits[10],
      });
      const { ploidy, layout } = simulation.populations[life.population];
      const gametes = [row.gamete_1, row.gamete_2].map((list) => (list ?? null) as bigint[] | null);
      if (life.parents.length < 2) expect(gametes).toEqual([null, null]);
      else {
        pairs.add(`${names[life.population]} ${gametes.filter((list) => list !== null).length}`);
        const [first] = gametes as [bigint[]];
        // The haploid's share of its first parent is what the list says.
        const bounds = [0, ...first.slice(1).map(Number), layout.loci.length];
        let own = 0;
        for (let i = 0; i + 1 < bounds.length; i++) if ((Number(first[0]) + i) % 2 === 0) own += bounds[i + 1] - bounds[i];
        if (ploidy === 1) expect(own / layout.loci.length).toBeCloseTo(life.shares[0], 12);
      }
      const genome = (row.genome ?? null) as number[] | null;
      if (life.deathTick !== null) expect(genome).toBeNull();
      else expect(genome).toHaveLength(ploidy * layout.loci.length);
    }
    expect([...pairs].sort()).toEqual(['hermits 1', 'pairs 2']);
    const [pair] = simulation.populations.filter(({ ploidy }) => ploidy === 2);
    const living = rows.find((row) => Number(row.id) === pair.table.f64('id')[0]);
    const whole = pair.genomeOf(0);
    const { loci, stride } = pair.layout;
    expect(living?.genome).toEqual([0, 1].flatMap((h) => loci.map(({ slot }) => whole[h * stride + slot])));
  });

  test('genomes can be left out', async () => {
    const { files } = run('none');
    for (const row of await read(files, 'organisms')) expect(row.genome ?? null).toBeNull();
  });
});

describe('trait_series', () => {
  test('is the definition: moments of the living, covariance over those that died since the previous row', async () => {
    const { files, chronicle, simulation } = run();
    const rows = (await read(files, 'trait_series')).filter(({ species_id }) => species_id === null);
    const samples = [...Array.from({ length: Math.floor(ticks / every) + 1 }, (_, i) => i * every), ticks];
    expect(rows.length).toBe(samples.length * simulation.populations.length * traits.length);
    let covered = 0;
    for (const [i, tick] of samples.entries()) {
      for (const [p, { name }] of simulation.populations.entries()) {
        const dead = chronicle
          .of(p)
          .filter(({ deathTick }) => deathTick !== null && deathTick <= tick && deathTick > (samples[i - 1] ?? 0));
        const offspring = dead.map((life) => life.offspring);
        const own = rows.filter((row) => Number(row.tick) === tick && row.population === name);
        expect(own.map((row) => row.trait)).toEqual(traits.map(({ id }) => id));
        for (const [t, row] of own.entries()) {
          expect(row.died).toBe(dead.length);
          if (dead.length < 2 || offspring.every((n) => n === 0)) expect(row.cov_w).toBeNull();
          else {
            covered++;
            const values = dead.map((life) => life.traits[t]);
            expect(row.cov_w).toBeCloseTo(covariance(values, offspring) / mean(offspring), 10);
          }
        }
      }
    }
    expect(covered).toBeGreaterThan(50);
    for (const [p, { name, count }] of simulation.populations.entries()) {
      const values = chronicle.of(p).flatMap(({ deathTick, traits: own }) => (deathTick === null ? [own[0]] : []));
      const row = rows.find((one) => Number(one.tick) === ticks && one.population === name && one.trait === traits[0].id);
      expect(row).toMatchObject({ n: count });
      expect(row?.mean).toBeCloseTo(mean(values), 12);
      expect(row?.variance).toBeCloseTo(variance(values), 12);
    }
  });

  test('has rows of each species at the looks, whose numbers sum to the living', async () => {
    const { files, simulation } = run();
    const rows = (await read(files, 'trait_series')).filter(
      ({ species_id, trait }) => species_id !== null && trait === 'body.size',
    );
    const looks = new Set(rows.map(({ tick }) => Number(tick)));
    expect([...looks]).toEqual([0, 10, 20, 30, 40, ticks]);
    const probes = await read(files, 'probes');
    const living = probes.find(({ tick, measure }) => Number(tick) === 40 && measure === 'living');
    const own = rows.filter((row) => Number(row.tick) === 40 && row.population === simulation.populations[0].name);
    expect(own.reduce((sum, { n }) => sum + (n as number), 0)).toBe(living?.value);
  });
});

describe('what the record adds', () => {
  test('events hold every transfer and notice, and species events that fit the species', async () => {
    const { files, chronicle, simulation, recorder } = run();
    const rows = await read(files, 'events');
    const transfers = rows.filter(({ kind }) => kind === 'transfer');
    expect(transfers.map(({ tick, actor, other }) => [tick, actor, other].map(Number))).toEqual(
      chronicle.transfers.map(({ tick, recipient, donor }) => [tick, recipient, donor]),
    );
    expect(transfers.length).toBeGreaterThan(20);
    const { loci } = simulation.populations[0].layout;
    for (const { locus_start, locus_end, actor_haplotype } of transfers) {
      expect(Number(locus_end)).toBeGreaterThan(Number(locus_start));
      expect(Number(locus_end)).toBeLessThanOrEqual(loci.length);
      expect(actor_haplotype).toBe(0);
    }
    const species = await read(files, 'species');
    expect(species.map(({ id }) => Number(id))).toEqual(recorder.record.species.entries.map(({ id }) => id));
    const begun = rows
      .filter(({ kind }) => kind === 'species-origin' || kind === 'species-split')
      .map(({ actor }) => Number(actor));
    expect(begun.sort((a, b) => a - b)).toEqual(species.map(({ id }) => Number(id)));
    for (const { population, genome } of species) {
      const of = simulation.populations.find(({ name }) => name === population);
      expect(genome).toHaveLength((of?.ploidy ?? 0) * (of?.layout.loci.length ?? 0));
    }
  });

  test('events come in the order of ticks, changes of parameters among them', async () => {
    const simulation = world();
    const { files, options } = open();
    const recorder = new Recorder(simulation, options);
    simulation.observe(recorder);
    for (const at of [3, 11, 12, 30]) simulation.schedule(at, 'habitat.grass.regrowth', 0.3 + at / 1000);
    simulation.step(ticks);
    recorder.finish(simulation);
    const rows = await read(files, 'events');
    const told = rows.map(({ tick }) => Number(tick));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(rows.filter(({ kind }) => kind === 'change').map(({ tick }) => Number(tick))).toEqual([3, 11, 12, 30]);
  });

  test('descendants and clades of a census are those of the pedigree in the table of organisms', async () => {
    const { files } = run();
    const organisms = await read(files, 'organisms');
    const census = await read(files, 'census');
    const byId = new Map(organisms.map((row) => [Number(row.id), row]));
    for (const [from, to] of [
      [10, 20],
      [40, ticks],
    ]) {
      const own = census.filter(({ tick }) => Number(tick) === from);
      const shares = new Map(own.map(({ id }) => [Number(id), 0]));
      // Each organism that lives at the end walks back along all its parents to those who lived at the beginning.
      const walk = (id: number, share: number): void => {
        const row = byId.get(id) as Record<string, unknown>;
        if (Number(row.birth_tick) <= from) shares.set(id, (shares.get(id) ?? Number.NaN) + share);
        else
          for (const [i, parent] of (row.parents as bigint[]).entries())
            walk(Number(parent), share * (row.parent_shares as number[])[i]);
      };
      const clades = new Map<number, number>();
      for (const { id, clade_id } of census.filter(({ tick }) => Number(tick) === to)) {
        walk(Number(id), 1);
        clades.set(Number(id), Number(clade_id));
      }
      for (const { id, descendants } of own) expect(descendants).toBeCloseTo(shares.get(Number(id)) as number, 9);
      if (to - from !== 10) continue;
      for (const [id, clade] of clades) {
        let up = byId.get(id) as Record<string, unknown>;
        while (Number(up.birth_tick) > from) up = byId.get(Number((up.parents as bigint[])[0])) as Record<string, unknown>;
        expect(clade).toBe(Number(up.id));
      }
    }
  });

  test('a census has a row for everybody, and descendants that add up to the next census', async () => {
    const { files, chronicle, simulation } = run();
    const rows = await read(files, 'census');
    const censuses = [0, 10, 20, 30, 40, ticks];
    expect([...new Set(rows.map(({ tick }) => Number(tick)))]).toEqual(censuses);
    for (const [p, { name }] of simulation.populations.entries()) {
      const counts = censuses.map((tick) => {
        const own = rows.filter((row) => Number(row.tick) === tick && row.population === name);
        const living = chronicle.of(p).filter((life) => life.birthTick <= tick && (life.deathTick ?? Infinity) > tick);
        expect(own.map(({ id }) => Number(id))).toEqual(living.map(({ id }) => id));
        return own;
      });
      for (const [i, own] of counts.entries()) {
        if (i + 1 === counts.length) for (const { descendants } of own) expect(descendants).toBeNull();
        else expect(own.reduce((sum, { descendants }) => sum + (descendants as number), 0)).toBeCloseTo(counts[i + 1].length, 6);
      }
      // Price's equation holds from these rows alone: selection, and transmission as the ledgers have it.
      for (const [from, to] of [
        [counts[1], counts[2]],
        [counts[3], counts[4]],
      ]) {
        if (to.length === 0) continue;
        const z = from.map((row) => row.body_size as number);
        const w = from.map((row) => row.descendants as number);
        const selection = covariance(w, z) / mean(w);
        const ledger = (row: Record<string, unknown>) =>
          Object.entries(row).reduce((sum, [key, value]) => sum + (/^ledger_.*_body_size$/.test(key) ? (value as number) : 0), 0);
        const before = from.reduce((sum, row, i) => sum + w[i] * ledger(row), 0) / to.length;
        const transmission = mean(to.map(ledger)) - before;
        const change = mean(to.map((row) => row.body_size as number)) - mean(z);
        expect(Math.abs(change - selection - transmission)).toBeLessThan(1e-9);
      }
    }
  });

  test('kept genomes are fossils, and on request ancestors as they were born', async () => {
    const { files, recorder, simulation } = run('kept');
    const rows = await read(files, 'genomes');
    const fossils = rows.filter(({ kept_as }) => kept_as === 'fossil');
    expect(fossils.length).toBe(3 * simulation.populations.length * 3);
    expect(fossils.map(({ fossil_id }) => Number(fossil_id))).toEqual(recorder.record.fossils.map(({ id }) => id));
    const ancestors = rows.filter(({ kept_as }) => kept_as === 'ancestor');
    expect(ancestors.length).toBeGreaterThan(10);
    expect((await read(run('living').files, 'genomes')).every(({ kept_as }) => kept_as === 'fossil')).toBe(true);
  });
});

test('what births changed is written for everybody, and is enough to put all genomes together', async () => {
  const { simulation, files } = run('all');
  const rows = (await read(files, 'organisms')).sort((a, b) => Number(a.id) - Number(b.id));
  const transfers = (await read(files, 'events')).filter(({ kind }) => kind === 'transfer');
  const genomes = new Map<number, Float32Array>();
  let next = 0;
  const handOver = (last: number) => {
    while (next < transfers.length && Number(transfers[next].tick) <= last) {
      const before = new Map([...genomes].map(([id, genome]) => [id, genome.slice()]));
      for (const tick = transfers[next].tick; next < transfers.length && transfers[next].tick === tick; next++) {
        const { actor, other, locus_start, locus_end } = transfers[next];
        const given = before.get(Number(other))?.subarray(Number(locus_start), Number(locus_end)) as Float32Array;
        genomes.get(Number(actor))?.set(given, Number(locus_start));
      }
    }
  };
  let born = 0;
  for (const row of rows) {
    handOver(Number(row.birth_tick));
    const { ploidy, layout } = simulation.populations.find(({ name }) => name === row.population) as Population;
    const loci = layout.loci.length;
    const genome = new Float32Array(ploidy * loci);
    const parents = (row.parents as bigint[]).map((id) => genomes.get(Number(id)) as Float32Array);
    for (let at = 0; parents.length > 0 && at < genome.length; at++) {
      const [h, locus] = [Math.floor(at / loci), at % loci];
      const list = ((h === 0 ? row.gamete_1 : row.gamete_2) ?? [h]) as (bigint | number)[];
      const source = (Number(list[0]) + list.slice(1).filter((change) => Number(change) <= locus).length) % 2;
      const parent = ploidy === 1 ? parents[source] : parents[h === 0 ? 0 : parents.length - 1];
      genome[at] = parent[(ploidy === 1 ? 0 : source * loci) + locus];
    }
    const [places, values] = [row.change_loci as bigint[], row.change_values as number[]];
    expect(places.length).toBe(parents.length === 0 ? genome.length : values.length);
    for (const [i, place] of places.entries()) genome[Number(place)] = values[i];
    genomes.set(Number(row.id), genome);
    born += parents.length > 0 ? 1 : 0;
  }
  handOver(ticks);
  for (const row of rows) if (row.genome) expect(genomes.get(Number(row.id))).toEqual(Float32Array.from(row.genome as number[]));
  expect(born).toBeGreaterThan(100);
  expect(transfers.length).toBeGreaterThan(20);
  for (const row of await read(run().files, 'organisms'))
    expect([row.change_loci ?? null, row.change_values ?? null]).toEqual([null, null]);
});

test('a census holds genomes while that is asked for', async () => {
  const simulation = world();
  const { files, options } = open();
  const recorder = new Recorder(simulation, options);
  const seen = new Map<string, Float32Array>();
  const note = () => {
    if (simulation.tick % 10 !== 0) return;
    for (const population of simulation.populations) {
      const { loci, stride } = population.layout;
      for (let row = 0; row < population.count; row++) {
        const whole = population.genomeOf(row);
        const list = Array.from({ length: population.ploidy }, (_, h) => loci.map(({ slot }) => whole[h * stride + slot])).flat();
        seen.set(`${simulation.tick} ${population.table.f64('id')[row]}`, Float32Array.from(list));
      }
    }
  };
  note();
  simulation.observe(recorder);
  simulation.observe({ afterTick: note });
  simulation.schedule(15, 'record.census.genomes', false);
  simulation.schedule(25, 'record.census.genomes', true);
  simulation.step(40);
  recorder.finish(simulation);
  const withGenomes = new Set<number>();
  for (const { tick, id, genome } of await read(files, 'census')) {
    if (genome === null || genome === undefined) continue;
    withGenomes.add(Number(tick));
    expect(Float32Array.from(genome as number[])).toEqual(seen.get(`${tick} ${id}`));
  }
  expect([...withGenomes]).toEqual([0, 10, 30, 40]);
  expect(recorder.record.lastCensus[0].genomes?.length).toBeGreaterThan(0);
});

test('runs has one row, with the scene and the name that a sweep gives to the run', async () => {
  const { simulation, files } = run();
  const [row, ...others] = await read(files, 'runs');
  expect(others).toEqual([]);
  const question = { sceneDigest: digestText(row.scene_json as string), seed: 'recorder', changes: [], ticks, every, keep: [] };
  expect(row).toMatchObject({
    run_id: runIdentity(question),
    seed: 'recorder',
    schema_version: 1,
    software_version: software.version,
  });
  expect(JSON.parse(row.scene_json as string)).toEqual(JSON.parse(JSON.stringify(simulation.initialScene)));
  const named = world();
  const { files: more, options } = open();
  new Recorder(named, { ...options, runId: '0'.repeat(32) }).finish(named);
  expect((await read(more, 'runs'))[0].run_id).toBe('0'.repeat(32));
});

test('probes: a row a measure, NaN is null', async () => {
  const { files, simulation } = run();
  const rows = await read(files, 'probes');
  expect(rows.slice(0, 6).map(({ tick }) => Number(tick))).toEqual([0, 0, 5, 5, 10, 10]);
  const [{ count }] = simulation.populations;
  expect(rows.at(-2)).toMatchObject({ probe: 'my-probe', measure: 'living', unit: 'organisms', value: count });
  expect(rows.at(-1)).toMatchObject({ measure: 'nothing', value: null });
});

test('loci say what stands where in a genome', async () => {
  const { files, simulation } = run();
  expect(await read(files, 'loci')).toEqual(
    simulation.populations.flatMap(({ name, layout }) =>
      layout.loci.map((locus, position) => ({ population: name, position, segment: locus.segment, name: locus.name })),
    ),
  );
});

test.each(['kept', 'all'] as const)(
  'a recorder that goes on from a checkpoint writes the same files to the byte: genomes %s',
  (genomes) => {
    const whole = run(genomes);
    for (const stop of [0, 5, 20, 40]) {
      const before = world();
      const { files, options } = open(genomes);
      const first = new Recorder(before, options);
      before.observe(first);
      before.step(stop);
      const saved = structuredClone(first.state());
      const lengths = new Map([...files].map(([name, { length }]) => [name, length]));
      const after = simulationFromSnapshot(before.snapshot());
      worlds.push(after);
      // What a killed run still wrote after its checkpoint.
      before.step(3);
      for (const [name, file] of files) file.truncate(lengths.get(name) as number);
      const second = new Recorder(after, options, saved);
      after.observe(second);
      after.step(ticks - stop);
      second.finish(after);
      expect(second.totals).toEqual(whole.recorder.totals);
      expect([...files.keys()]).toEqual([...whole.files.keys()]);
      for (const [name, file] of files) {
        expect(Buffer.compare(file.bytes(), whole.files.get(name)?.bytes() as Uint8Array), `${name} after ${stop}`).toBe(0);
      }
    }
  },
);

test('the summary counts every birth and death, and says when a population died out', () => {
  const { chronicle, simulation, recorder } = run();
  const summary = summarise(simulation, recorder.totals, { ticksAsked: ticks, rows: { organisms: 1 }, seconds: 2 });
  for (const [p, { name }] of simulation.populations.entries()) {
    const all = chronicle.of(p);
    const dead = all.filter(({ deathTick }) => deathTick !== null);
    const { living, births, deaths, deaths_by_cause } = summary.populations[name];
    const born = all.filter(({ parents }) => parents.length > 0).length;
    expect({ living, births, deaths }).toEqual({ living: all.length - dead.length, births: born, deaths: dead.length });
    expect(deaths_by_cause.age).toBe(dead.filter(({ cause }) => cause === deathCauses.indexOf('age')).length);
  }
  expect(summary.extinct).toBe(false);
  expect(summary.outcome).toMatch(/^After tick 43, \d+ foragers live; \d+ pairs live; \d+ hermits live\.$/);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);

  const barren = smallWorld({
    habitat: { grass: { capacity: 0 }, fruit: { capacity: 0 } },
    foragers: { founders: 20, energy: { founder: 0.1 } },
  });
  const doomed = world(barren);
  const other = new Recorder(doomed, open().options);
  doomed.observe(other);
  const made = doomed.step(500);
  const later = summarise(doomed, other.totals, { ticksAsked: 500, rows: {}, seconds: null });
  expect(later.populations.foragers).toMatchObject({ living: 0, extinct_at: made, mean_generation: null, traits: null });
  expect(later.outcome).toContain(`Extinct after tick ${made}`);
});

test('a probe that gives too few values is named', () => {
  const { options } = open();
  const short: Probe = { ...probe, start: () => ({ columns: probe.columns, sample: () => [1] }) };
  expect(() => new Recorder(world(), { ...options, probes: [short] })).toThrow("probe 'my-probe' gave 1 values");
});
