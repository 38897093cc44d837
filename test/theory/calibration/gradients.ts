// Observed gradients, percentiles among random directions and momentum, in populations of clades and in real ones.
import { ClimbLog } from '../../../src/analysis/climb/climb-log.ts';
import { type ClimbWindow, type CountedCensus, climbOfWindow } from '../../../src/analysis/climb/climb-of-window.ts';
import { climbMomentum } from '../../../src/analysis/climb/climb-over-time.ts';
import { projectLine } from '../../../src/analysis/climb/line-of-descent.ts';
import { observedGradient } from '../../../src/analysis/gradient/observed-gradient.ts';
import { percentileOf, randomCosines } from '../../../src/analysis/gradient/random-directions.ts';
import { cosine } from '../../../src/analysis/lab/direction.ts';
import { type NamedStream, namedStream } from '../../../src/math/streams.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { withWorld } from '../lab-worlds.ts';
import { all, type Calibration, within } from './row.ts';

const d = 4;
const ones = new Float64Array(d).fill(1);

/** Clades whose members share genes; luck of clades if told, else of organisms alone; fitness linear in traits. */
function census(tick: number, slopes: readonly number[], stream: NamedStream, luck: number): CountedCensus {
  const [clades, each] = [24, 6 + stream.integer(5)];
  const count = clades * each;
  const traits = new Float64Array(count * d);
  const [clade, descendants] = [new Float64Array(count), new Float64Array(count)];
  for (let c = 0; c < clades; c++) {
    const centre = Float64Array.from({ length: d }, () => 0.5 * stream.normal());
    const shared = luck * stream.normal();
    for (let i = 0; i < each; i++) {
      const k = c * each + i;
      clade[k] = c;
      let score = 4 + shared + stream.normal();
      for (let l = 0; l < d; l++) {
        traits[k * d + l] = centre[l] + stream.normal();
        score += 4 * slopes[l] * traits[k * d + l];
      }
      descendants[k] = Math.max(0, score);
    }
  }
  return { tick, count, species: new Float64Array(count), clade, traits, descendants };
}

const slopes = [0.1, -0.1, 0, 0.05];
const middle = (percentile: number) => percentile > 0.025 && percentile < 0.975;

const observed = (name: string, planted: readonly number[]): Calibration => ({
  name,
  world: `24 clades of 6 to 10 that share genes and luck, slopes of ${planted.join(', ')}`,
  trials: { few: 100, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), name);
    const { traits, clade, descendants } = census(0, planted, stream, 0.7);
    const { low, high } = observedGradient(traits, d, descendants as Float64Array, clade, 0);
    return all(planted.map((b, l) => within(low[l], b, high[l])));
  },
});
export const observedNull = observed('observed gradient, none', [0, 0, 0, 0]);
export const observedPlanted = observed('observed gradient, planted', slopes);

export const selectionPercentile: Calibration = {
  name: 'percentile of selection',
  world: '24 clades without selection: selection of one half on the gradient of the other, among random directions',
  trials: { few: 100, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), 'selection percentile');
    const [opened, closed] = [0, 100].map((tick) => census(tick, [0, 0, 0, 0], stream, 0));
    const { selection } = climbOfWindow(opened, closed, d, ones, undefined, stream);
    return all([middle(selection.percentile) && within(selection.low, selection.cosine, selection.high)]);
  },
};

export const stepPercentile: Calibration = {
  name: 'percentile of a step',
  world: 'changes of means of 24 clades between two censuses by chance, on a gradient from elsewhere',
  trials: { few: 100, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), 'step percentile');
    const [opened, closed] = [0, 100].map((tick) => census(tick, [0, 0, 0, 0], stream, 0));
    const gradient = Float64Array.from({ length: d }, () => stream.normal());
    const { steps } = climbOfWindow(opened, closed, d, ones, gradient, stream);
    return all(steps.filter(({ species }) => species === undefined).map(({ step }) => middle(step.percentile)));
  },
};

export const linePercentile: Calibration = {
  name: 'percentile of a line of descent',
  world: 'a step of one line by chance, on a gradient from elsewhere',
  trials: { few: 100, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), 'line percentile');
    const censuses = [0, 100].map((tick) => census(tick, [0, 0, 0, 0], stream, 0));
    const gradient = Float64Array.from({ length: d }, () => stream.normal());
    const log = new ClimbLog('line', d, String(index), { windows: [{ to: 0, gradient } as unknown as ClimbWindow], scale: ones });
    const steps = projectLine(
      censuses,
      [0, 1].map((c) => ({ census: c, row: 0 })),
      log,
      d,
      stream,
    );
    return all(steps.map(({ step }) => middle(step.percentile) && within(step.low, step.cosine, step.high)));
  },
};

export const directionPercentile: Calibration = {
  name: 'percentile of an assay',
  world: 'selection that is itself a random direction of 200 organisms in 20 loci, on a gradient from elsewhere',
  trials: { few: 100, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), 'assay percentile');
    const loci = 20;
    const deviations = Float64Array.from({ length: 200 * loci }, (_, at) => stream.normal() * (1 + (at % loci)));
    const b = Float64Array.from({ length: loci }, () => stream.normal());
    const selection = new Float64Array(loci);
    for (let k = 0; k < 200; k++) {
      const weight = stream.normal();
      for (let l = 0; l < loci; l++) selection[l] += weight * deviations[k * loci + l];
    }
    return all([middle(percentileOf(cosine(selection, b), randomCosines(deviations, loci, b, 199, stream)))]);
  },
};

/**
 * Momentum of planted windows: a gradient that lasts, drift that its estimate shares. Only intervals that are printed count: with a momentum of 0.5 and shared drift
 * hardly any is identified (a displacement and a gradient that last equally long cannot be told apart), so that is no row.
 */
const plantedMomentum = (momentum: number, shared: number): Calibration => ({
  name: `momentum, planted ${momentum}${shared ? ', drift in the gradient' : ''}`,
  world: '24 windows of 12 traits; of those where it is identified',
  trials: { few: 200, many: 3000 },
  trial(index) {
    const stream = namedStream(String(index), `momentum ${momentum} ${shared}`);
    const normals = (scale: number) => Float64Array.from({ length: 12 }, () => scale * stream.normal());
    let [gradient, move] = [normals(1), normals(0.1)];
    const windows = Array.from({ length: 24 }, (_, t) => {
      const turn = normals(0.3);
      gradient = gradient.map((g, l) => 0.95 * g + turn[l]);
      const drift = normals(0.3);
      move = move.map((m, l) => momentum * m + 0.5 * gradient[l] + drift[l]);
      const half = () => {
        const noise = normals(0.7);
        return gradient.map((g, l) => g + noise[l] + 2 * shared * drift[l]);
      };
      return { from: t, to: t + 1, displacement: move, gradient, responses: [half(), half()] } as unknown as ClimbWindow;
    });
    return printed(climbMomentum(windows), momentum);
  },
});

/** The interval of a fit, where there is one. */
const printed = (fit: ReturnType<typeof climbMomentum>, truth: number) =>
  all(fit?.identified ? [within(fit.low, truth, fit.high)] : []);

export const momentum = [
  plantedMomentum(0, 0),
  plantedMomentum(0, 1),
  plantedMomentum(0.5, 0),
  plantedMomentum(0.9, 0),
  plantedMomentum(0.9, 1),
];

/** What the page and `upslope analyse` do with a run, for a population in which nothing goes on by itself under a gradient that turns. */
export const momentumReal: Calibration = {
  name: 'momentum of a real population',
  world:
    '400 organisms, 4 loci under a bowl that walks at random, generations that do not overlap, 100 windows of one: nothing goes on by itself; where it is identified',
  trials: { few: 8, many: 400 },
  trial: (index) =>
    withWorld(
      {
        form: 'moving',
        parameters: { path: 'walk', speed: 1, width: 3 },
        dimensions: d,
        size: 400,
        sigma: 0.15,
        transfer: 0.3,
        start: { mean: 0, deviation: 0.5 },
        record: { census: { every: 1 } },
      },
      `momentum ${index}`,
      (simulation, population) => {
        const log = new ClimbLog(population.name, population.traits.length, String(index));
        const record = new LifeRecord(simulation);
        simulation.observe(record);
        record.onCensus((opened) => {
          const closed = record.lastCensus[0];
          if (opened.descendants && closed.tick > opened.tick) log.add(opened, closed);
        });
        simulation.step(100);
        return printed(climbMomentum(log.windows), 0);
      },
    ),
};
