import { writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrate } from '../../../src/experiment/calibrate.ts';
import { collectSweep } from '../../../src/experiment/collect.ts';
import type { Sweep } from '../../../src/experiment/expand-plan.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import type { RunResult } from '../../../src/experiment/run-result.ts';
import type { Sink } from '../../../src/export/index.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { call, finishedFiles, testIo, Workplace } from '../cli/test-io.ts';
import { sweepOf } from './small-plan.ts';

const bowl = {
  version: 1,
  name: 'bowl',
  title: 'Bowl',
  ticks: 40,
  habitat: { kind: 'landscape', form: 'bowl', dimensions: 6, model: 'wright-fisher' },
  populations: {
    lineage: {
      founders: 40,
      start: { mean: 1 },
      mechanisms: {
        mutation: { on: true, rate: 1, deviation: 0.02 },
        transfer: { on: true, kind: 'loci', rate: 0.1 },
      },
    },
  },
};
const width = 'habitat.forms.bowl.width';
const deviation = 'populations.lineage.mechanisms.mutation.deviation';
const plan = {
  version: 1,
  name: 'bowls',
  scene: bowl,
  vary: { [width]: [1, 2], [deviation]: [0.02, 0.1] },
  seeds: '1..2',
  ticks: 20,
  every: 5,
};

type Row = Record<string, unknown>;

/** Performs a sweep and collects it in memory. */
function collected(sweep: Sweep) {
  const results = new Map<string, RunResult>(sweep.runs.map((run) => [run.id, performRun(runTask(sweep, run))]));
  const files = new Map<string, Buffer>();
  const open = (name: string): Sink => {
    files.set(name, Buffer.alloc(0));
    return (chunk) => void files.set(name, Buffer.concat([files.get(name) as Buffer, chunk]));
  };
  const told = collectSweep(sweep, ({ id }) => results.get(id), open);
  const rows = async (name: string): Promise<Row[]> => {
    const { buffer, byteOffset, byteLength } = files.get(`${name}.parquet`) as Buffer;
    return parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
  };
  return { results, files, told, rows };
}

describe('a sweep over a landscape', () => {
  test('collects what its probes, traits and causes of death are', async () => {
    const sweep = sweepOf(plan);
    const { results, told, rows, files } = collected(sweep);
    expect(told.runs).toBe(8);
    const summary = await rows('summary');
    expect(summary).toHaveLength(8);
    for (const [i, run] of sweep.runs.entries()) {
      const result = results.get(run.id) as RunResult;
      const world = createSimulation(run.cell.scene, run.seed);
      world.step(20);
      expect(result.summary.hash).toBe(world.hash());
      world.dispose();
      expect(summary[i]).toMatchObject({
        [width.replaceAll('.', '_')]: run.cell.values[0],
        hash: result.summary.hash,
        living: 40n,
        deaths: 800n,
        deaths_replaced: 800n,
        deaths_refused: 0n,
        x1_mean: result.summary.populations.lineage.traits?.x1.mean,
        x6_variance: result.summary.populations.lineage.traits?.x6.variance,
      });
      expect(Object.keys(summary[i])).not.toContain('body_size_mean');
    }
    const measures = new Set((await rows('probes')).map(({ measure }) => measure));
    for (const name of ['lineage.fitness.mean', 'lineage.gradient', 'lineage.x6.variance']) expect(measures).toContain(name);
    expect([...files.keys()]).toContain('figures/landscape-lineage.fitness.mean.svg');
    // Wider mutation climbs faster.
    const at = (row: Row) => [row[deviation.replaceAll('.', '_')], row.x1_mean as number] as const;
    const means = (value: number) => summary.map(at).flatMap(([of, x]) => (of === value ? [x] : []));
    expect(Math.max(...means(0.1))).toBeLessThan(Math.min(...means(0.02)));
  });

  test('has a column for every trait that any of its genomes has', async () => {
    const carries = 'populations.lineage.genome.carries';
    const sweep = sweepOf({ ...plan, vary: { 'habitat.dimensions': [2, 4], [carries]: [[], ['marker.2']] }, seeds: ['1'] });
    const summary = await collected(sweep).rows('summary');
    const present = summary.map((row) => ['x1_mean', 'x3_mean', 'marker_2_variance'].map((name) => row[name] !== null));
    expect(present).toEqual([
      [true, false, false],
      [true, false, true],
      [true, true, false],
      [true, true, true],
    ]);
  });

  test('of one organism at a time tells of refused mutants', async () => {
    const lone = { ...bowl, populations: { lineage: { ...bowl.populations.lineage, founders: 1 } } };
    const scene = { ...lone, habitat: { ...bowl.habitat, model: 'annealing' } };
    const [row] = await collected(sweepOf({ ...plan, scene, vary: {}, seeds: ['1'] })).rows('summary');
    expect(row).toMatchObject({ living: 1n, births: 20n, deaths: 20n });
    expect(row.deaths_refused).toBeGreaterThan(0n);
  });

  test('keeps tables, and is calibrated by its largest genomes', () => {
    const sweep = sweepOf({ ...plan, keep: ['organisms', 'census'], vary: { 'habitat.dimensions': [2, 40, 3] } });
    const { tables, summary } = performRun(runTask(sweep, sweep.runs[0]));
    expect(Object.keys(tables)).toEqual(['census', 'organisms']);
    expect(summary.rows.organisms).toBe(40 * 21);
    let looks = 0;
    const { worldBytes, secondsPerRun } = calibrate(sweep, () => 50 * looks++);
    expect(secondsPerRun).toBeCloseTo(0.05, 5);
    const largest = createSimulation(sweep.cells[1].scene, 'x');
    expect(worldBytes).toBe(largest.bytes);
    largest.dispose();
  });

  test.each([
    [{ 'habitat.forms.bowl.widht': [1] }, /vary: habitat\.forms\.bowl\.widht: unknown key 'widht'.*known: width/],
    [{ [width]: [-1] }, /vary: habitat\.forms\.bowl\.width: -1 is too small/],
    [{ 'habitat.forms.hill.width': [1] }, /vary: habitat\.forms\.hill\.width: unknown key 'hill'/],
    [{ 'habitat.grass.regrowth': [0.1] }, /vary: habitat\.grass\.regrowth: unknown key 'grass'/],
    [{ 'populations.lineage.capacity': [10] }, /vary: populations\.lineage\.capacity: unknown key 'capacity'/],
    [{ 'habitat.model': ['annealing'] }, /founders: the model 'annealing' follows one organism at a time; give 1, not 40/],
  ])('refuses %j in one line', (vary, message) => {
    let told = '';
    try {
      sweepOf({ ...plan, vary });
    } catch (error) {
      told = (error as Error).message;
    }
    expect(told).toMatch(message);
    expect(told).not.toContain('\n');
  });
});

describe('the command line on a landscape', () => {
  let place: Workplace;
  const scene = () => place.at('bowl.json');
  beforeAll(() => {
    place = new Workplace();
    writeFileSync(scene(), JSON.stringify(bowl));
    const habitat = { ...bowl.habitat, form: 'rugged', dimensions: 3 };
    writeFileSync(place.at('rugged.json'), JSON.stringify({ ...bowl, habitat }));
  });
  afterAll(() => place.remove());

  test('runs, is stopped and goes on to the same files, replays, validates, exports and describes', async () => {
    const flags = ['--seed', '1', '--every', '10', '--genomes', 'all'];
    const whole = await call(['run', scene(), ...flags, '--out', place.at('whole')]);
    expect([whole.status, whole.err.split('\n')[0]]).toEqual([0, `bowl, seed 1: 40 ticks into ${place.at('whole')}`]);
    expect(place.names('whole')).toEqual(finishedFiles);

    let breaths = 0;
    const io = testIo({
      breathe: async () => {
        if (++breaths === 3) io.stop('SIGINT');
      },
    });
    expect((await call(['run', scene(), ...flags, '--out', place.at('cut')], io)).status).toBe(130);
    expect((await call(['run', '--resume', '--out', place.at('cut')])).status).toBe(0);
    for (const name of finishedFiles.filter((file) => file.endsWith('.parquet'))) {
      expect(place.read('cut', name).equals(place.read('whole', name)), name).toBe(true);
    }

    const replayed = await call(['replay', place.at('whole', 'provenance.json')]);
    expect([replayed.status, replayed.out]).toEqual([0, expect.stringContaining('The replay ends as recorded')]);
    const valid = await call(['validate', place.at('whole')]);
    expect([valid.status, valid.out]).toEqual([0, expect.stringContaining('organisms.parquet: valid Parquet, 1640 rows')]);
    const exported = await call(['export', place.at('whole'), '--format', 'all', '--out', place.at('exported')]);
    expect([exported.status, exported.err]).toEqual([0, '']);
    expect(exported.out).toMatch(/tskit\/\*\.txt: tskit, \d+ nodes/);
    const tree = await call(['tree', place.at('whole')]);
    expect([tree.status, tree.out]).toEqual([0, expect.stringContaining('genealogy, by first parents, of 40 of the 40 living')]);
  });

  test('says in one line what does not fit', async () => {
    const refused = await call(['run', place.at('rugged.json'), '--seed', '1', '--out', place.at('none')]);
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toMatch(/^upslope: .*3 partners among 3 dimensions; give at most 2\n$/);
    const unknown = await call(['run', scene(), '--set', 'habitat.forms.bowl.widht=2', '--out', place.at('none')]);
    expect(unknown).toMatchObject({ status: 2, out: '' });
    expect(unknown.err).toMatch(/^upslope: habitat\.forms\.bowl\.widht: unknown key 'widht'[^\n]*\n$/);
  });

  test('says what a sweep would cost, or in one line what is wrong with it', async () => {
    const flags = ['--seeds', '1..2', '--ticks', '20', '--every', '10', '--dry-run', '--out', place.at('sweep')];
    const made = await call(['sweep', '--scene', scene(), '--vary', `${width}=1,2`, '--vary', `${deviation}=0.02,0.1`, ...flags]);
    expect([made.status, made.out + made.err]).toEqual([0, expect.stringContaining('8 runs')]);
    const wrong = await call(['sweep', '--scene', scene(), '--vary', 'habitat.forms.bowl.widht=1', ...flags]);
    expect(wrong.status).toBe(2);
    expect(wrong.err).toMatch(/^upslope: [^\n]*unknown key 'widht'[^\n]*\n$/);
  });

  test('lists landscapes and which probes measure them', async () => {
    const { out } = await call(['mechanisms']);
    expect(out).toContain('Landscapes (habitat.form;');
    expect(out).toMatch(/ {2}bowl\n[\s\S]*?width=1 /);
    expect(out).toContain('Habitats: landscape');
  });
});
