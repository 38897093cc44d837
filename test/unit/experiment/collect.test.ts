import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { collectSweep } from '../../../src/experiment/collect.ts';
import type { Sweep } from '../../../src/experiment/expand-plan.ts';
import { drawFigure } from '../../../src/experiment/figure.ts';
import { meanInterval } from '../../../src/experiment/mean-interval.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import type { RunResult } from '../../../src/experiment/run-result.ts';
import type { Sink } from '../../../src/export/index.ts';
import { smallPlan, sweepOf } from './small-plan.ts';

/** Files of a collection in memory. */
function collect(sweep: Sweep, read: (id: string) => RunResult | undefined) {
  const files = new Map<string, Buffer>();
  const open = (name: string): Sink => {
    files.set(name, Buffer.alloc(0));
    return (chunk) => void files.set(name, Buffer.concat([files.get(name) as Buffer, chunk]));
  };
  const told = collectSweep(sweep, ({ id }) => read(id), open);
  const rows = async (name: string): Promise<Record<string, unknown>[]> => {
    const { buffer, byteOffset, byteLength } = files.get(`${name}.parquet`) as Buffer;
    const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    return (await parquetReadObjects({ file })) as Record<string, unknown>[];
  };
  return { files, told, rows };
}

const sweep = sweepOf({ ...smallPlan, keep: ['species'] });
const results = new Map(sweep.runs.map((run) => [run.id, performRun(runTask(sweep, run))]));

describe('collected tables', () => {
  const all = collect(sweep, (id) => results.get(id));

  test('a row a run, tick and measure, with what varied', async () => {
    const rows = await all.rows('probes');
    const expected = sweep.runs.flatMap((run) => {
      const { probes } = results.get(run.id) as RunResult;
      return [...probes.ticks].flatMap((tick, k) =>
        probes.measures.map(({ probe, name, unit }, m) => ({
          run: run.id,
          seed: run.seed,
          habitat_grass_regrowth: run.cell.values[0],
          populations_grazers_mechanisms_mutation_on: String(run.cell.values[1]),
          tick: BigInt(tick),
          probe,
          measure: name,
          unit,
          value: Number.isNaN(probes.values[k * probes.measures.length + m])
            ? null
            : probes.values[k * probes.measures.length + m],
        })),
      );
    });
    expect(rows.length).toBe(expected.length);
    expect(rows).toEqual(expected);
    expect(all.told.runs).toBe(12);
  });

  test('a row a population of each run', async () => {
    const rows = await all.rows('summary');
    expect(rows).toHaveLength(12);
    const { summary } = results.get(sweep.runs[7].id) as RunResult;
    expect(rows[7]).toMatchObject({
      seed: '2',
      habitat_grass_regrowth: 0.03,
      population: 'grazers',
      hash: summary.hash,
      living: BigInt(summary.populations.grazers.living),
      births: BigInt(summary.populations.grazers.births),
    });
  });

  test('means over seeds are those of the runs', async () => {
    const rows = await all.rows('means');
    const { measures } = (results.get(sweep.runs[0].id) as RunResult).probes;
    expect(rows).toHaveLength(4 * 4 * measures.length);
    const m = measures.findIndex(({ name }) => name === 'grazers.energy');
    const row = rows.find(
      (candidate) => candidate.combination === 3 && candidate.tick === 40n && candidate.measure === 'grazers.energy',
    );
    const values = sweep.runs.slice(6, 9).map(({ id }) => results.get(id)?.probes.values[2 * measures.length + m] as number);
    const mean = (values[0] + values[1] + values[2]) / 3;
    expect(row).toMatchObject({ runs: 3, mean, habitat_grass_regrowth: 0.03, unit: 'energy' });
    expect(row?.deviation).toBeCloseTo(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2), 12);
    // Three runs are too few for an interval; five have Student's.
    expect([row?.low, row?.high]).toEqual([null, null]);
  });

  test('five seeds have the interval of their mean', async () => {
    const five = sweepOf({ ...smallPlan, vary: {}, seeds: '1..5' });
    const made = new Map(five.runs.map((run) => [run.id, performRun(runTask(five, run))]));
    const { rows, files } = collect(five, (id) => made.get(id));
    const { measures } = (made.get(five.runs[0].id) as RunResult).probes;
    const m = measures.findIndex(({ name }) => name === 'grazers.energy');
    const values = five.runs.map(({ id }) => made.get(id)?.probes.values[2 * measures.length + m] as number);
    const row = (await rows('means')).find(({ tick, measure }) => tick === 40n && measure === 'grazers.energy');
    const { mean, low, high } = meanInterval(values);
    expect(row).toMatchObject({ runs: 5, mean, low, high });
    expect(high).toBeGreaterThan(low);
    expect(files.get('figures/census-grazers.energy.svg')?.toString()).toContain('95 % Student interval');
  });

  test('kept tables are copied', () => {
    const { id } = sweep.runs[2];
    expect(all.files.get(`runs/${id}/species.parquet`)).toEqual(Buffer.from((results.get(id) as RunResult).tables.species));
  });

  test('a figure a measure, each well-formed and with every combination', () => {
    const figures = [...all.files.keys()].filter((name) => name.endsWith('.svg'));
    expect(figures.length).toBe(all.told.figures);
    expect(figures).toContain('figures/census-grazers.population.svg');
    const svg = all.files.get('figures/census-grazers.population.svg')?.toString() ?? '';
    expect(svg).toContain('Living (organisms)');
    expect(svg).toContain('Time (ticks)');
    for (const label of ['regrowth 0.01, on true', 'regrowth 0.03, on false']) expect(svg).toContain(label);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    // Every element that is opened is closed.
    const stack: string[] = [];
    for (const [, end, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (end) expect(stack.pop()).toBe(name);
      else if (!empty) stack.push(name);
    }
    expect(stack).toEqual([]);
  });

  test('the same runs give the same bytes, and fewer runs fewer rows', async () => {
    expect(collect(sweep, (id) => results.get(id)).files).toEqual(all.files);
    const part = collect(sweep, (id) => (sweep.runs.findIndex((run) => run.id === id) % 2 ? results.get(id) : undefined));
    expect(part.told.runs).toBe(6);
    expect(new Set((await part.rows('probes')).map(({ run }) => run)).size).toBe(6);
    expect(new Set((await part.rows('means')).filter(({ tick }) => tick === 20n).map(({ runs }) => runs))).toEqual(
      new Set([1, 2]),
    );
  });
});

test('names of columns are not mistaken for each other', async () => {
  const twice = sweepOf({ ...smallPlan, vary: { ticks: [20, 40] }, seeds: ['a'] });
  const { rows } = collect(twice, (id) => performRun(runTask(twice, twice.runs[twice.runs.findIndex((run) => run.id === id)])));
  expect((await rows('summary')).map(({ ticks, ticks_2 }) => [ticks, ticks_2])).toEqual([
    [20n, 20],
    [40n, 40],
  ]);
});

describe('the interval of a mean', () => {
  test("is Student's from five values on", () => {
    const values = [3, 1, 4, 1, 5];
    const { mean, low, high, deviation, count, p } = meanInterval(values);
    expect([count, mean]).toEqual([5, 2.8]);
    expect(deviation).toBeCloseTo(Math.sqrt(3.2), 12);
    const half = (2.7764451052 * Math.sqrt(3.2)) / Math.sqrt(5);
    expect(low).toBeCloseTo(2.8 - half, 8);
    expect(high).toBeCloseTo(2.8 + half, 8);
    expect(p).toBeGreaterThan(0.02);
    expect(p).toBeLessThan(0.03);
    expect(meanInterval(values.slice(1))).toMatchObject({
      count: 4,
      mean: 2.75,
      low: Number.NaN,
      high: Number.NaN,
      p: Number.NaN,
    });
  });

  test('leaves out runs without a value, and says nothing of runs that are all alike', () => {
    const gaps = [1, Number.NaN, 2, 3, 4, Number.NaN, 5];
    expect(meanInterval(gaps)).toEqual(meanInterval([1, 2, 3, 4, 5]));
    expect(meanInterval([Number.NaN, 5])).toMatchObject({ count: 1, mean: 5, low: Number.NaN, deviation: Number.NaN });
    expect(meanInterval([Number.NaN])).toMatchObject({ count: 0, mean: Number.NaN });
    expect(meanInterval(new Array(9).fill(0.1))).toMatchObject({ deviation: 0, low: Number.NaN, p: Number.NaN });
  });
});

test('a figure without values is none, and one value has room', () => {
  const measure = { probe: 'p', name: 'a.b', title: 'B <&>', unit: '' };
  const point = { tick: 0, mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  expect(drawFigure(measure, [{ index: 0, label: 'x', points: [point] }], 1)).toBeUndefined();
  const svg = drawFigure(measure, [{ index: 0, label: 'x<y', points: [{ ...point, mean: 4 }] }], 40) ?? '';
  expect(svg).toContain('a: B &lt;&amp;&gt;, the first 1 of 40 combinations');
  expect(svg).toContain('x&lt;y');
  expect(svg).not.toContain('NaN');
});
