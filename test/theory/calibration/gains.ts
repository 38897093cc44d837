// Climbs: gains on a slope, whose gradient is known, and percentiles of steps where nothing is selected.
import type { EffectMetric } from '../../../src/analysis/assay/effect-metric.ts';
import { dot } from '../../../src/analysis/lab/direction.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { followClimb } from '../gains.ts';
import { withWorld } from '../lab-worlds.ts';
import { all, type Calibration, within } from './row.ts';

const d = 6;
const pairs = 10;
const t = studentQuantile(0.975, pairs - 1);
const climb = { horizon: 1, forks: 2 * pairs, size: 3 };

/** Gains of all parts of all subjects in two intervals. */
export const gain: Calibration = {
  name: 'gain of a climb',
  world: `400 clones on a slope in ${d} loci with mutation, two intervals of three generations, ${pairs} pairs of forks of one generation; with Student's quantile for as many pairs less one`,
  trials: { few: 8, many: 500 },
  trial(index) {
    const slope = 0.6;
    const world = { form: 'linear', parameters: { slope }, dimensions: d, size: 400, sigma: 0.1, start: { deviation: 0.1 } };
    return withWorld(world, `climb ${index}`, (simulation) => {
      const { tick } = simulation;
      const log = followClimb(simulation, { ...climb, ticks: [tick, tick + 3, tick + 6], seed: `climb ${index}` });
      const b = new Float64Array(d).fill(slope / Math.sqrt(d));
      return all(
        log.intervals.flatMap(({ parts, subjects: [{ segments }] }) =>
          segments[0].parts.flatMap(({ part, gain: value, gainError }, p) =>
            part === 'other' || part === 'outside' || gainError === 0
              ? []
              : [within(value - t * gainError, dot(parts[p].step, b), value + t * gainError)],
          ),
        ),
      );
    });
  },
};

const sex = { 'sexual-reproduction': { on: true }, recombination: { on: true, chromosomes: d } };

/** Loci as if a policy had them, whose effects on actions are unequal and correlated. */
const metric: EffectMetric = {
  loci: Array.from({ length: d }, (_, l) => l),
  information: Float64Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    return (i === j ? 1 + i : 0) + 0.5 * Math.sqrt((1 + i) * (1 + j));
  }),
};

/** Percentiles of the steps of population, clades and a line. */
export const percentile: Calibration = {
  name: 'percentile of a step of a climb',
  world: `200 clones or sexual organisms of ${d} loci without selection, three intervals of four generations, ${pairs} pairs of forks: steps of the population (selection, within and between clades, mutation), of clades and of a line, in three metrics`,
  trials: { few: 10, many: 1000 },
  trial(index) {
    const world = {
      form: 'linear',
      parameters: { slope: 0 },
      dimensions: d,
      size: 200,
      sigma: 0.02,
      start: { deviation: 0.3 },
      mechanisms: index % 2 === 1 ? sex : {},
    };
    return withWorld(world, `neutral climb ${index}`, (simulation) => {
      const { tick } = simulation;
      const log = followClimb(simulation, {
        ...climb,
        ticks: [tick, tick + 4, tick + 8, tick + 12],
        seed: `neutral ${index}`,
        lines: true,
        metric,
      });
      const ids = simulation.populations[0].table.f64('id');
      const line = log.line(ids[0], namedStream(String(index), 'line')) ?? [];
      const subjects = [...log.intervals.flatMap((interval) => interval.subjects), ...line.map(({ gains }) => gains)];
      const percentiles = subjects.flatMap(({ segments: [{ parts }] }) =>
        parts.flatMap((part) =>
          [part.percentile, part.percentileThroughG, part.effects?.percentile ?? Number.NaN].filter(
            (value) => !Number.isNaN(value),
          ),
        ),
      );
      return all(percentiles.map((value) => within(0.025, value, 0.975)));
    });
  },
};
