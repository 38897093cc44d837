import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writePedigree } from '../../../src/export/alife/pedigree.ts';
import { validateAlife } from '../../../src/export/alife/validate-alife.ts';
import type { Sink } from '../../../src/export/export-table.ts';
import type { History } from '../../../src/export/history.ts';
import { historyOfRecord } from '../../../src/export/history-of-record.ts';
import { readHistoryFiles } from '../../../src/export/history-reader.ts';
import { describeProvenance, type Provenance } from '../../../src/export/provenance.ts';
import { sampleHistory } from '../../../src/export/sample-history.ts';
import { summarise } from '../../../src/export/summary.ts';
import { Recorder, type RecorderOptions } from '../../../src/export/table-recorder.ts';
import { writeExtendedNewick } from '../../../src/export/trees/extended-newick.ts';
import { organismNetwork } from '../../../src/export/trees/organism-network.ts';
import { validateExtendedNewick } from '../../../src/export/trees/validate-extended-newick.ts';
import { validateTskit } from '../../../src/export/tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles, tskitWriters } from '../../../src/export/tskit/write-tskit.ts';
import { type FileSource, sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { validateFiles } from '../../../src/export/validate/validate-files.ts';
import { covariance, mean } from '../../../src/math/statistics.ts';
import type { Population } from '../../../src/population/population.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { LandscapeScene } from '../../../src/scene/schema.ts';
import { worldTraitsOf } from '../../../src/scene/vocabulary-of.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { smallWorld } from '../engine/worlds.ts';
import { ByteCollector } from './byte-collector.ts';

const ticks = 23;
const every = 5;
const founders = 24;

/** A landscape on which genomes are handed down in every way there is. */
function scene(habitat: Record<string, unknown> = {}, lineage: Record<string, unknown> = {}): LandscapeScene {
  return parseScene(
    {
      version: 1,
      name: 'bowl',
      title: 'Bowl',
      habitat: { kind: 'landscape', form: 'bowl', dimensions: 12, ...habitat },
      populations: {
        lineage: {
          founders,
          start: { mean: 1, deviation: 0.2 },
          genome: { ploidy: 2, carries: ['marker.1', 'mutation.scale'] },
          mechanisms: {
            mutation: { on: true, rate: 0.3, deviation: 0.05, evolvable: true },
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 2 },
            transfer: { on: true, kind: 'loci', rate: 0.15 },
          },
          ...lineage,
        },
      },
      record: {
        pedigree: { all: true },
        census: { every: 5 },
        fossils: { every: 10, sample: 2 },
        species: { every: 5, sample: 20, smallest: 2, patience: 1 },
      },
    },
    'bowl',
  ) as LandscapeScene;
}
const asexual = { genome: { ploidy: 1 }, mechanisms: { mutation: { on: true, rate: 1, deviation: 0.05 } } };

const worlds: Simulation[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.dispose();
});

function open(genomes: RecorderOptions['genomes'], simulation: Simulation) {
  const files = new Map<string, ByteCollector>();
  const options: RecorderOptions = {
    every,
    genomes,
    csv: true,
    probes: probesOf(simulation),
    open: (name) => {
      const file = files.get(name) ?? new ByteCollector();
      files.set(name, file);
      return file.sink;
    },
  };
  return { files, options };
}

type Files = Map<string, ByteCollector>;
const read = (files: Files, name: string): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: (files.get(`${name}.parquet`) as ByteCollector).buffer() });
const sourceOf = (files: Files, name: string) => sourceOfChunks([(files.get(name) as ByteCollector).bytes()]);

function run(of = scene(), genomes: RecorderOptions['genomes'] = 'all') {
  const simulation = createSimulation(of, '7');
  worlds.push(simulation);
  const { files, options } = open(genomes, simulation);
  const recorder = new Recorder(simulation, options);
  simulation.observe(recorder);
  simulation.step(ticks);
  recorder.finish(simulation);
  return { simulation, recorder, files, population: simulation.populations[0] };
}

const provenanceOf = (simulation: Simulation, genomes: RecorderOptions['genomes']): Provenance =>
  describeProvenance(simulation, {
    scene: simulation.initialScene as unknown as Provenance['scene'],
    seedGenerated: false,
    record: { every, genomes, csv: true },
    environment: {},
  });

/** The history that the files of a run tell. */
const historyOf = (simulation: Simulation, files: Files): Promise<History> =>
  readHistoryFiles(provenanceOf(simulation, 'all'), {
    organisms: sourceOf(files, 'organisms.parquet'),
    loci: sourceOf(files, 'loci.parquet'),
    species: sourceOf(files, 'species.parquet'),
    events: sourceOf(files, 'events.parquet'),
  });

const written = (write: (sink: Sink) => void): string => {
  const parts: Uint8Array[] = [];
  write((chunk) => void parts.push(chunk.slice()));
  return Buffer.concat(parts).toString();
};
const bytesOf = (text: string) => [new TextEncoder().encode(text)];

const models = [
  ['wright-fisher, diploid pairs with transfers', {}, {}],
  ['moran, haploid pairs', { model: 'moran' }, { genome: { ploidy: 1, carries: ['mutation.scale'] } }],
  ['wright-fisher, clones', {}, asexual],
  ['annealing', { model: 'annealing' }, { ...asexual, founders: 1 }],
  ['fixation', { model: 'fixation' }, { ...asexual, founders: 1 }],
] as const;

describe('tables of a landscape', () => {
  test.each(models)('have its traits and causes of death, and are valid: %s', async (_, habitat, lineage) => {
    const { simulation, files, population } = run(scene(habitat, lineage));
    expect(worldTraitsOf(simulation.scene)).toEqual({
      traits: population.traits,
      deathCauses: population.deathCauses,
    });
    const rows = await read(files, 'organisms');
    const dead = rows.filter(({ death_tick }) => death_tick !== null);
    expect(dead.length).toBeGreaterThan(10);
    for (const { death_cause } of dead) expect(population.deathCauses).toContain(death_cause);
    for (const row of rows) {
      expect(Object.keys(row)).not.toContain('body_size');
      // Its place is what its first two loci were.
      expect([row.x, row.y]).toEqual([row.x1, row.x2]);
    }
    const sources = new Map<string, FileSource>([...files.keys()].map((name) => [name, sourceOf(files, name)]));
    const verdicts = [];
    for await (const verdict of validateFiles(sources)) verdicts.push(verdict);
    expect(verdicts.map(({ problem }) => problem).filter((problem) => problem !== undefined)).toEqual([]);
    expect(verdicts.length).toBe(files.size);
    const series = await read(files, 'trait_series');
    expect(new Set(series.map(({ trait }) => trait))).toEqual(new Set(population.traits.map(({ id }) => id)));
    expect((await read(files, 'probes')).length).toBeGreaterThan(10);
  });

  test('a refused mutant is born and dies in the same tick', async () => {
    const { simulation, recorder, files } = run(scene({ model: 'annealing' }, { ...asexual, founders: 1 }));
    const rows = await read(files, 'organisms');
    expect(rows.length).toBe(ticks + 1);
    const refused = rows.filter(({ death_cause }) => death_cause === 'refused');
    expect(refused.length).toBeGreaterThan(3);
    for (const { birth_tick, death_tick } of refused) expect(birth_tick).toBe(death_tick);
    const { populations } = summarise(simulation, recorder.totals, { ticksAsked: ticks, rows: {}, seconds: null });
    expect(populations.lineage).toMatchObject({
      living: 1,
      births: ticks,
      deaths: ticks,
      deaths_by_cause: { replaced: ticks - refused.length, refused: refused.length },
    });
    expect(Object.keys(populations.lineage.traits as object)).toEqual(simulation.populations[0].traits.map(({ id }) => id));
  });

  test.each(models)('census rows alone fulfil Price’s equation for every trait: %s', async (_, habitat, lineage) => {
    const { files, population } = run(scene(habitat, lineage));
    const rows = await read(files, 'census');
    let moved = 0;
    for (let tick = 0; tick + 5 <= 20; tick += 5) {
      const [from, to] = [tick, tick + 5].map((at) => rows.filter((row) => Number(row.tick) === at));
      const w = from.map(({ descendants }) => descendants as number);
      for (const { id } of population.traits) {
        const column = id.replaceAll('.', '_');
        const ledger = (row: Record<string, unknown>) =>
          Object.keys(row).reduce(
            (sum, key) => (key.startsWith('ledger_') && key.endsWith(`_${column}`) ? sum + (row[key] as number) : sum),
            0,
          );
        const selection = covariance(
          w,
          from.map((row) => row[column] as number),
        );
        const before = from.reduce((sum, row, i) => sum + w[i] * ledger(row), 0) / to.length;
        const transmission = mean(to.map(ledger)) - before;
        const change = mean(to.map((row) => row[column] as number)) - mean(from.map((row) => row[column] as number));
        expect(Math.abs(change - selection / mean(w) - transmission)).toBeLessThan(1e-9);
        moved = Math.max(moved, Math.abs(change));
      }
    }
    expect(moved).toBeGreaterThan(0.01);
  });

  test('go on from a checkpoint to the same byte', () => {
    const whole = run();
    for (const stop of [0, 5, 15]) {
      const before = createSimulation(scene(), '7');
      worlds.push(before);
      const { files, options } = open('all', before);
      const first = new Recorder(before, options);
      before.observe(first);
      before.step(stop);
      const saved = structuredClone(first.state());
      const lengths = new Map([...files].map(([name, { length }]) => [name, length]));
      const after = simulationFromSnapshot(before.snapshot());
      worlds.push(after);
      before.step(3);
      for (const [name, file] of files) file.truncate(lengths.get(name) as number);
      const second = new Recorder(after, options, saved);
      after.observe(second);
      after.step(ticks - stop);
      second.finish(after);
      for (const [name, file] of files) {
        expect(Buffer.compare(file.bytes(), whole.files.get(name)?.bytes() as Uint8Array), `${name} after ${stop}`).toBe(0);
      }
    }
  });
});

describe('a table is known for its habitat’s by its columns', () => {
  let files: Files;
  beforeAll(() => {
    files = run().files;
  });
  const check = async (name: string, change: (csv: string) => string) => {
    const csv = change((files.get(name) as ByteCollector).text());
    for await (const { problem } of validateFiles(new Map([[name, sourceOfChunks(bytesOf(csv))]]))) return problem;
    return 'not looked at';
  };
  const head = (from: string, to: string) => (csv: string) => csv.replace(from, to);

  test('a coordinate that is missing or too many, and a column of the other habitat, are named', async () => {
    expect(await check('census.csv', (csv) => csv)).toBeUndefined();
    expect(await check('census.csv', head(',x3,', ',x9,'))).toBe("census.csv, line 1: the table census has no column 'x9'");
    expect(await check('census.csv', head(',x3,', ',body_size,'))).toMatch(/has no column 'body_size'/);
    expect(await check('organisms.csv', head(',x1,x2,', ',x2,x1,'))).toBe('organisms.csv, line 1: the column x1 is out of order');
    const without = (csv: string) => {
      const at = csv.split('\n', 1)[0].split(',').indexOf('x1');
      return csv.replace(/^.*$/gm, (line) => (line === '' ? line : line.split(',').toSpliced(at, 1).join()));
    };
    expect(await check('census.csv', without)).toBe('census.csv, line 1: the column x1 is missing');
  });

  test('those of a plane are what they were', async () => {
    const simulation = createSimulation(smallWorld({ foragers: { founders: 10 } }), 'plane');
    worlds.push(simulation);
    const plane = open('living', simulation);
    new Recorder(simulation, plane.options).finish(simulation);
    const sources = new Map([...plane.files.keys()].map((name) => [name, sourceOf(plane.files, name)]));
    for await (const { problem } of validateFiles(sources)) expect(problem).toBeUndefined();
    expect((plane.files.get('census.csv') as ByteCollector).text()).toContain(',body_size,');
  });
});

type Texts = Record<TskitFile, string>;
const tables = (history: History, sampled?: Uint8Array): Texts => {
  const writers = tskitWriters(history, sampled);
  return Object.fromEntries(tskitFiles.map((name) => [name, written(writers[name])])) as Texts;
};
const checkTskit = (texts: Texts, length: number) =>
  validateTskit(
    Object.fromEntries(tskitFiles.map((name) => [name, bytesOf(texts[name])])) as unknown as Record<
      TskitFile,
      Iterable<Uint8Array>
    >,
    length,
  );
const rowsOf = (text: string) =>
  text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split('\t'));

/** Haplotypes of the samples by the id of their organism, read off the tables site by site, from each node upwards. */
function haplotypesInTables(texts: Texts): Map<number, string[]> {
  const ids = rowsOf(texts['individuals.txt']).map(
    ([, , , metadata]) => JSON.parse(Buffer.from(metadata, 'base64').toString()).id as number,
  );
  const above = new Map<string, number[][]>();
  for (const [left, right, parent, child] of rowsOf(texts['edges.txt'])) {
    above.set(child, [...(above.get(child) ?? []), [Number(left), Number(right), Number(parent)]]);
  }
  const states = new Map(rowsOf(texts['mutations.txt']).map(([site, node, , state]) => [`${site} ${node}`, Number(state)]));
  const sites = rowsOf(texts['sites.txt']);
  const found = new Map<number, string[]>();
  for (const [node, [isSample, , , individual]] of rowsOf(texts['nodes.txt']).entries()) {
    if (isSample === '0') continue;
    const values = sites.map(([position, ancestral], site) => {
      for (let at: number | undefined = node; at !== undefined; ) {
        const state = states.get(`${site} ${at}`);
        if (state !== undefined) return state;
        at = above.get(String(at))?.find(([left, right]) => left <= Number(position) && Number(position) < right)?.[2];
      }
      return Number(ancestral);
    });
    const id = ids[Number(individual)];
    found.set(id, [...(found.get(id) ?? []), values.join()]);
  }
  return found;
}

/** The same from the world. */
function haplotypesInWorld(population: Population, row: number): string[] {
  const { layout, ploidy } = population;
  const whole = population.genomeOf(row);
  return Array.from({ length: ploidy }, (_, h) => layout.loci.map(({ slot }) => whole[h * layout.stride + slot]).join());
}

describe('lineage formats of a landscape with transfers locus by locus', () => {
  test('tskit: one node for all that a haplotype receives in a tick, and the genomes of the living to the bit', async () => {
    const { simulation, files, population } = run();
    const history = await historyOf(simulation, files);
    const { transfers, organisms } = history;
    const loci = population.layout.loci.length;
    const groups = new Set(
      Array.from(transfers.tick, (tick, k) => `${tick} ${transfers.recipient[k]} ${transfers.recipientHaplotype[k]}`),
    );
    const receivers = new Set(Array.from(transfers.tick, (tick, k) => `${tick} ${transfers.recipient[k]}`));
    expect(transfers.count).toBeGreaterThan(1.5 * groups.size);
    const texts = tables(history);
    expect(checkTskit(texts, loci)).toMatchObject({
      nodes: 2 * organisms.count + groups.size,
      individuals: organisms.count + receivers.size,
    });
    const nodeTimes = rowsOf(texts['nodes.txt']).map(([, time]) => Number(time));
    const donorsOf = new Map<number, Set<number>>();
    for (const [, , parent, child] of rowsOf(texts['edges.txt'])) {
      if (nodeTimes[Number(child)] % 1 === 0) continue;
      donorsOf.set(Number(child), (donorsOf.get(Number(child)) ?? new Set()).add(Number(parent)));
    }
    expect(donorsOf.size).toBe(groups.size);
    expect(Math.max(...[...donorsOf.values()].map(({ size }) => size))).toBeGreaterThan(3);
    const found = haplotypesInTables(texts);
    expect(found.size).toBe(population.count);
    const ids = population.table.f64('id');
    for (let row = 0; row < population.count; row++) {
      expect(found.get(ids[row])?.sort()).toEqual(haplotypesInWorld(population, row).sort());
    }
    const part = sampleHistory(history, 2);
    expect(haplotypesInTables(tables(part.history, part.sampled)).size).toBe(2);
  });

  test('tskit: two transfers that replace one locus of a haplotype in a tick are refused', async () => {
    const { simulation, files } = run();
    const history = await historyOf(simulation, files);
    const { transfers } = history;
    const twice = transfers.tick.findIndex(
      (tick, k) =>
        tick === transfers.tick[k + 1] &&
        transfers.recipient[k] === transfers.recipient[k + 1] &&
        transfers.recipientHaplotype[k] === transfers.recipientHaplotype[k + 1],
    );
    const [start, end] = [transfers.start.slice(), transfers.end.slice()];
    start[twice + 1] = start[twice];
    end[twice + 1] = end[twice];
    expect(() => tables({ ...history, transfers: { ...transfers, start, end } })).toThrow(
      /two transfers to organism \d+ at tick \d+ both replace locus \d+/,
    );
  });

  test('the record in memory tells the same transfers as the tables', async () => {
    const { simulation, recorder, files } = run();
    const fromTables = await historyOf(simulation, files);
    const fromRecord = historyOfRecord(simulation, recorder.record, provenanceOf(simulation, 'all'));
    expect(fromRecord.organisms).toEqual(fromTables.organisms);
    const tell = ({ transfers, organisms }: History) =>
      Array.from(transfers.tick, (tick, k) =>
        [
          tick,
          organisms.id[transfers.recipient[k]],
          transfers.recipientHaplotype[k],
          transfers.start[k],
          transfers.end[k],
          transfers.donorId[k],
          transfers.donorHaplotype[k],
        ].join(),
      ).sort();
    expect(tell(fromRecord)).toEqual(tell(fromTables));
    const loci = simulation.populations[0].layout.loci.length;
    expect(checkTskit(tables(fromRecord), loci)).toEqual(checkTskit({ ...tables(fromTables), ...noSites }, loci));
  });
  /** A record says nothing of what births changed. */
  const noSites = { 'sites.txt': 'position\tancestral_state\n', 'mutations.txt': 'site\tnode\ttime\tderived_state\tparent\n' };

  test('ALife pedigree: every donor once, nobody its own', async () => {
    const { simulation, files } = run();
    const history = await historyOf(simulation, files);
    const pedigree = written((sink) => writePedigree(history, sink));
    expect(validateAlife('pedigree.csv', bytesOf(pedigree), { oneAncestor: false })).toBe(history.organisms.count);
    const { transfers, organisms } = history;
    const wanted = Array.from(organisms.id, () => new Set<number>());
    for (let k = 0; k < transfers.count; k++) wanted[transfers.recipient[k]].add(transfers.donorId[k]);
    for (const [row, line] of pedigree.split('\n').slice(1, -1).entries()) {
      const list = /(\[[^[]*\])"?$/.exec(line)?.[1];
      wanted[row].delete(organisms.id[row]);
      expect(list).toBe(wanted[row].size === 0 ? '[none]' : `[${[...wanted[row]].join()}]`);
    }
  });

  test('extended Newick: a hybrid node for each donor of a tick', async () => {
    const { simulation, files } = run();
    const history = await historyOf(simulation, files);
    const network = organismNetwork(history, 'all');
    const text = written((sink) =>
      writeExtendedNewick(network.tree, network.reticulations, { present: history.endTick, label: network.label }, sink),
    );
    expect(validateExtendedNewick(bytesOf(text)).hybrids).toBe(network.reticulations.count);
    const { transfers, organisms } = history;
    const pairs = new Set(
      Array.from(transfers.tick, (tick, k) => `${tick} ${transfers.recipient[k]} ${transfers.donor[k]}`).filter(
        (_, k) => transfers.recipient[k] !== transfers.donor[k],
      ),
    );
    const seconds = organisms.secondParent.filter((second, row) => second >= 0 && second !== organisms.firstParent[row]);
    expect(network.reticulations.count).toBe(pairs.size + seconds.length);
    expect(text).toMatch(/transfer\d+\.2#H\d+/);
  });
});
