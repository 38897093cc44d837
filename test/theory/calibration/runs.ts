// Means over runs and differences over pairs: real runs of a tiny world, drawn from a pool whose mean is the truth.
import { LiveBands } from '../../../src/app/instruments/runs/live-bands.ts';
import { SampledRows } from '../../../src/app/instruments/runs/sampled-rows.ts';
import { differencesOf } from '../../../src/experiment/differences.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import type { RunResult } from '../../../src/experiment/run-result.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { smallPlan, sweepOf } from '../../unit/experiment/small-plan.ts';
import { all, type Calibration, within } from './row.ts';

const poolSize = 120;
let pool: RunResult[] | undefined;

/** Runs of one tiny world that differ in the seed. */
function runs(): RunResult[] {
  if (!pool) {
    const sweep = sweepOf({ ...smallPlan, vary: {}, seeds: `1..${poolSize}`, ticks: 40, every: 40 });
    pool = sweep.runs.map((run) => performRun(runTask(sweep, run)));
  }
  return pool;
}

const last = ({ probes: { measures, ticks } }: RunResult) => (ticks.length - 1) * measures.length;

/** Measures that vary in the pool at the last tick, and are there in every run: of the others the truth is another in every sample. */
function measuresOf(all: readonly RunResult[]): number[] {
  const { measures } = all[0].probes;
  return Array.from(measures.keys()).filter((m) => {
    const values = all.map((run) => run.probes.values[last(run) + m]);
    return values.every(Number.isFinite) && new Set(values).size > all.length / 10;
  });
}

function draw(index: number, count: number, name: string): RunResult[] {
  const stream = namedStream(String(index), name);
  return Array.from({ length: count }, () => runs()[stream.integer(poolSize)]);
}

const sizes = [5, 8, 10, 20];

/** Bands of the page, whose means are those of `means.parquet` and of its figures. */
export const means: Calibration = {
  name: 'means over runs',
  world: `${poolSize} runs of two dozen grazers after 40 ticks; samples of ${sizes.join(', ')} of them; truth: mean of all`,
  trials: { few: 40, many: 1000 },
  trial(index) {
    const count = sizes[index % sizes.length];
    const drawn = draw(index, count, 'means');
    const { measures } = drawn[0].probes;
    const rows = new SampledRows(count, 1);
    for (const [r, run] of drawn.entries()) {
      rows.begin(r, measures.length);
      rows.add(r, run.probes.values.slice(last(run)));
    }
    const bands = new LiveBands(rows, [drawn.map((_, r) => r)], 0);
    return all(
      measuresOf(runs()).flatMap((m) => {
        bands.show(m);
        bands.refresh(() => true);
        const point = bands.bands[0][0];
        const truth = runs().reduce((sum, run) => sum + run.probes.values[last(run) + m] / poolSize, 0);
        return point && !Number.isNaN(point.low) ? [within(point.low, truth, point.high)] : [];
      }),
    );
  },
};

/** Differences between two kinds of runs, the first of which is so many standard deviations higher in every measure. */
function compared(index: number, planted: number) {
  const count = sizes[index % 3];
  const sweep = sweepOf({
    ...smallPlan,
    vary: { 'populations.grazers.mechanisms.mutation.on': [true, false] },
    seeds: `1..${count}`,
    ticks: 40,
    every: 40,
  });
  const drawn = draw(index, 2 * count, `pairs ${planted}`);
  const shifted = (run: RunResult): RunResult => ({
    ...run,
    probes: { ...run.probes, values: run.probes.values.map((value) => value + planted) },
  });
  const places = new Map(sweep.runs.map(({ id }, r) => [id, r]));
  const known = new Set(measuresOf(runs()).map((m) => runs()[0].probes.measures[m].name));
  const differences = differencesOf(sweep, (id) => {
    const r = places.get(id) as number;
    return r < count ? shifted(drawn[r]) : drawn[r];
  });
  return differences.filter(({ tick, measure }) => tick === 40 && known.has(measure.name));
}

const pairs = (planted: number): Calibration => ({
  name: planted === 0 ? 'differences over pairs, none' : 'differences over pairs, planted',
  world: `5, 8 or 10 pairs of the same runs, ${planted === 0 ? 'no true difference' : `a difference of ${planted} added to the first`}`,
  trials: { few: 40, many: 1000 },
  trial: (index) =>
    all(compared(index, planted).flatMap(({ low, high }) => (Number.isNaN(low) ? [] : [within(low, planted, high)]))),
});

export const noDifference = pairs(0);
export const plantedDifference = pairs(3);

export const stars: Calibration = {
  name: 'stars of a comparison',
  world: 'the same pairs without a true difference: no star at all',
  over: true,
  trials: { few: 40, many: 1000 },
  trial: (index) => all([!compared(index, 0).some(({ holm }) => holm < 0.05)]),
};

export const pValues: Calibration = {
  name: 'p of a difference',
  world: 'the same pairs without a true difference: p of 0.05 or more',
  trials: { few: 40, many: 1000 },
  trial: (index) => all(compared(index, 0).flatMap(({ p }) => (Number.isNaN(p) ? [] : [p >= 0.05]))),
};
