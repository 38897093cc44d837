import json from '../../scenes/meadow.json';
import { effectMetric } from '../../src/analysis/assay/effect-metric.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { solvePositive } from '../../src/math/cholesky.ts';
import { mean } from '../../src/math/statistics.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { expectedFitness } from './expected-fitness.ts';
import { markdownTable } from './markers.ts';
import { correlate, cpuSeconds, lociOf, type PowerFork, powerFork } from './power-fork.ts';
import type { Verification } from './verification.ts';

const ticks = [2000, 8000];
const horizons = [100, 200, 400, 800];
const usual = 400;
const forks = 40;
/** Seconds of CPU that an assay may take. */
const budget = 360;

/** Estimates of the gradient, one a draw; a draw is a fork or a pair of them. */
interface Design {
  readonly name: string;
  readonly gradients: readonly Float64Array[];
  readonly perDraw: number;
  /** CPU seconds of a fork. */
  readonly cpu: number;
}

/** Power of a design at some loci: of one draw the square of signal and noise, over all pairs of draws. */
function powerAt(gradients: readonly Float64Array[], loci: readonly number[]) {
  const squares = gradients.map((g) => loci.reduce((sum, l) => sum + g[l] * g[l], 0));
  const sum = loci.map((l) => gradients.reduce((all, g) => all + g[l], 0));
  const ofAll = (n: number, total: number, square: number) => {
    const signal = (total - square) / (n * (n - 1));
    return { signal, noise: square / n - signal };
  };
  const n = gradients.length;
  const square = squares.reduce((all, one) => all + one, 0);
  const whole = ofAll(
    n,
    sum.reduce((all, s) => all + s * s, 0),
    square,
  );
  const without = gradients.map((g, i) => {
    const rest = loci.reduce((all, l, at) => all + (sum[at] - g[l]) * (sum[at] - g[l]), 0);
    const { signal, noise } = ofAll(n - 1, rest, square - squares[i]);
    return signal / noise;
  });
  const centre = mean(without);
  const error = Math.sqrt(((n - 1) / n) * without.reduce((all, one) => all + (one - centre) ** 2, 0));
  return { ...whole, ratio: whole.signal / whole.noise, error };
}

/** Cosine of the means of two designs, corrected for the noise of both; draws of one place share theirs, so pairs of them are left out. */
function cosineBetween(a: Design, b: Design, loci: readonly number[]): number {
  const n = Math.min(a.gradients.length, b.gradients.length);
  const dotOf = (x: ArrayLike<number>, y: ArrayLike<number>) => loci.reduce((sum, l) => sum + x[l] * y[l], 0);
  const total = (of: Design) =>
    Float64Array.from(of.gradients[0], (_, l) => of.gradients.slice(0, n).reduce((sum, g) => sum + g[l], 0));
  const same = a.gradients.slice(0, n).reduce((sum, g, i) => sum + dotOf(g, b.gradients[i]), 0);
  const signal = (dotOf(total(a), total(b)) - same) / (n * (n - 1));
  return signal / Math.sqrt(powerAt(a.gradients, loci).signal * powerAt(b.gradients, loci).signal);
}

/** Fitness without what circumstances foretell. */
const controlled = (fork: PowerFork, h: number) => {
  const expected = expectedFitness(fork.fitness[h], fork.circumstances);
  return fork.fitness[h].map((w, k) => w - expected[k]);
};

/** Least squares of fitness on all perturbations at once. */
function regress(fork: PowerFork, h: number): Float64Array {
  const { moved, sizes, fitness } = fork;
  const loci = sizes.length;
  const products = new Float64Array(loci * loci);
  for (let at = 0; at < moved.length; at += loci)
    for (let i = 0; i < loci; i++) for (let j = 0; j <= i; j++) products[i * loci + j] += moved[at + i] * moved[at + j];
  const count = fitness[h].length;
  const right = correlate(fitness[h], fork).map((b, l) => b * sizes[l] * count);
  return solvePositive(products, right).map((b, l) => b / sizes[l]);
}

/** Steps of weights by what they do to actions: those of mutation times information to the power of -share, with the same effect in all. */
function byEffect(snapshot: ArrayBuffer, policy: readonly number[], sizes: Float64Array, share: number): Float64Array {
  const world = simulationFromSnapshot(snapshot);
  const population = world.populations[0] as EmbodiedPopulation;
  const metric = effectMetric(population, assayedSlots(population));
  world.dispose();
  if (!metric) throw new Error('meadow has policies');
  const d = policy.length;
  const own = policy.map((_, i) => metric.information[i * d + i]);
  const floor = [...own].sort((a, b) => a - b)[d >> 1] / 50;
  const held = own.map((f) => Math.max(f, floor));
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const factor = Math.sqrt(sum(held) / sum(held.map((f) => f ** (1 - 2 * share))));
  const steps = sizes.slice();
  for (const [i, l] of policy.entries()) steps[l] *= factor * held[i] ** -share;
  return steps;
}

function designsOf(snapshot: ArrayBuffer, name: string) {
  const { policy, traits, sizes } = lociOf(snapshot);
  const scaled = (factor: number) => sizes.map((s, l) => (policy.includes(l) ? factor * s : s));
  const designs: Design[] = [];
  const make = (
    label: string,
    steps: Float64Array,
    pairs: boolean,
    at: readonly number[],
    read: (fork: PowerFork, f: number) => void,
  ) => {
    for (let f = 0; f < forks; f++) {
      const draw = pairs
        ? { seed: `${name}/${label}/${f >> 1}`, mirrored: f % 2 === 1 }
        : { seed: `${name}/${label}/${f}`, mirrored: false };
      read(powerFork(snapshot, { ...draw, sizes: steps }, at), f);
    }
  };
  const halve = (gradients: readonly Float64Array[]) =>
    Array.from({ length: gradients.length >> 1 }, (_, i) => gradients[2 * i].map((b, l) => (b + gradients[2 * i + 1][l]) / 2));
  const [byHorizon, cpus] = [horizons.map((): Float64Array[] => []), horizons.map((): number[] => [])];
  const [control, all, none]: [Float64Array[], Float64Array[], Float64Array[]] = [[], [], []];
  const seconds = [0, 0];
  const h = horizons.indexOf(usual);
  let before: PowerFork | undefined;
  make('plain', sizes, false, horizons, (fork) => {
    for (const i of horizons.keys()) {
      byHorizon[i].push(correlate(fork.fitness[i], fork));
      cpus[i].push(fork.cpu[i]);
    }
    const from = cpuSeconds();
    control.push(correlate(controlled(fork, h), fork));
    const between = cpuSeconds();
    all.push(regress(fork, h));
    seconds[0] += (between - from) / forks;
    seconds[1] += (cpuSeconds() - between) / forks;
    // Fitness of one fork on perturbations of another: a null that is planted.
    if (before) none.push(correlate(before.fitness[h], fork));
    before = fork;
  });
  // Counting at earlier horizons is not paid at the later ones, to the accuracy that matters.
  for (const [i, horizon] of horizons.entries())
    designs.push({ name: `horizon ${horizon}`, gradients: byHorizon[i], perDraw: 1, cpu: mean(cpus[i]) });
  const cpu = mean(cpus[h]);
  designs.push({ name: 'control variates', gradients: control, perDraw: 1, cpu: cpu + seconds[0] });
  designs.push({ name: 'least squares', gradients: all, perDraw: 1, cpu: cpu + seconds[1] });
  designs.push({ name: 'null: strangers', gradients: none, perDraw: 1, cpu });
  const single = (label: string, steps: Float64Array, pairs: boolean) => {
    const [gradients, controls, taken]: [Float64Array[], Float64Array[], number[]] = [[], [], []];
    make(label, steps, pairs, [usual], (fork) => {
      gradients.push(correlate(fork.fitness[0], fork));
      if (pairs) controls.push(correlate(controlled(fork, 0), fork));
      taken.push(fork.cpu[0]);
    });
    designs.push({ name: label, gradients: pairs ? halve(gradients) : gradients, perDraw: pairs ? 2 : 1, cpu: mean(taken) });
    if (pairs)
      designs.push({ name: `${label}, control variates`, gradients: halve(controls), perDraw: 2, cpu: mean(taken) + seconds[0] });
  };
  for (const size of [0.5, 2, 4]) single(`policy ${size}`, scaled(size), false);
  single('by root of effect', byEffect(snapshot, policy, sizes, 0.25), false);
  single('by effect', byEffect(snapshot, policy, sizes, 0.5), false);
  single('pairs', sizes, true);
  single('pairs, policy 2', scaled(2), true);
  return { designs, policy, traits };
}

const widthOf = (head: string) => Math.max(8, head.length) + 2;

/** Rows in the order in which they are printed. */
const names = [
  ...horizons.map((horizon) => `horizon ${horizon}`),
  ...['control variates', 'least squares', 'policy 0.5', 'policy 2', 'policy 4', 'by root of effect', 'by effect'],
  ...['pairs', 'pairs, control variates', 'pairs, policy 2', 'pairs, policy 2, control variates', 'null: strangers'],
];

/** Forks at which signal equals noise by design, and what a reliability of 0.8 then takes: means over seeds. */
function tablesOf(results: readonly Record<string, number>[]): Record<string, string[]> {
  const rows = names.map((name) => [
    name,
    ...ticks.flatMap((tick) => {
      const of = (key: string) => results.map((result) => result[`${tick}/${name}/${key}`]).filter(Number.isFinite);
      if (of('ratio').length === 0) return ['-', '-', '-', '-'];
      const ratio = mean(of('ratio'));
      const error = Math.sqrt(of('ratioError').reduce((sum, one) => sum + one * one, 0)) / of('ratioError').length;
      // From the mean of signal over noise, whose errors are even; its inverse has none where that is not clearly above 0.
      const known = ratio > 2 * error;
      return [
        `${ratio.toFixed(4)} ± ${error.toFixed(4)}`,
        known ? String(Math.ceil(4 / ratio)) : '-',
        known ? ((4 / ratio) * mean(of('cpu'))).toFixed(0) : '-',
        known && name !== `horizon ${usual}` ? mean(of('cosine')).toFixed(2) : '-',
      ];
    }),
  ]);
  const heads = ['signal over noise of a fork', 'forks for 0.8', 'CPU s for 0.8', 'cosine to the plain design'];
  return {
    power: markdownTable(
      ['design', ...ticks.flatMap((tick) => heads.map((head) => `${head}, tick ${tick.toLocaleString('en')}`))],
      rows,
    ),
  };
}

/** What each design of an assay buys: reliability of the gradient of meadow's policies, and CPU seconds. */
export const power: Verification = {
  name: 'power',
  scenes: ['meadow'],
  title: `Power of assays of meadow (${forks} forks a design, horizon ${usual}, perturbations of one mutation, one fork a draw, unless the name says otherwise). F1: forks at which signal equals noise. reliability: of the whole, at ${budget} CPU seconds; forks and seconds for 0.8; cosine to the plain design, corrected for the noise of both`,
  mostSeeds: 2,
  measure(seed) {
    const simulation = createSimulation(parseScene(json, 'meadow'), String(seed));
    const numbers: Record<string, number> = {};
    for (const tick of ticks) {
      simulation.step(tick - simulation.tick);
      const { designs, policy, traits } = designsOf(simulation.snapshot(), `${seed}/${tick}`);
      const plain = designs.find(({ name }) => name === `horizon ${usual}`) as Design;
      for (const design of designs) {
        const put = (key: string, value: number) => {
          numbers[`${tick}/${design.name}/${key}`] = value;
        };
        const own = powerAt(design.gradients, policy);
        put('F1', design.perDraw / own.ratio);
        put('error', (design.perDraw * own.error) / own.ratio ** 2);
        put('ratio', own.ratio / design.perDraw);
        put('ratioError', own.error / design.perDraw);
        put('length', Math.sqrt(Math.max(0, own.signal)));
        put('traits', design.perDraw / powerAt(design.gradients, traits).ratio);
        put('cpu', design.cpu);
        put('cosine', cosineBetween(design, plain, policy));
      }
    }
    simulation.dispose();
    return numbers;
  },
  judge(results) {
    const heads = [
      'F1',
      's.e.',
      'CPU s a fork',
      `reliability in ${budget} s`,
      'forks for 0.8',
      'CPU s for 0.8',
      'F1 traits',
      'length',
      'cosine',
    ];
    const lines: string[] = [];
    for (const [r, result] of results.entries()) {
      for (const tick of ticks) {
        lines.push(
          '',
          `seed ${r + 1}, tick ${tick}`,
          `${'design'.padEnd(36)}${heads.map((head) => head.padStart(widthOf(head))).join('')}`,
        );
        for (const name of names) {
          const of = (key: string) => result[`${tick}/${name}/${key}`] ?? Number.NaN;
          const known = of('ratio') > 0;
          const reliability = of('ratio') / (of('ratio') + of('cpu') / budget);
          const cells = [
            known ? of('F1').toFixed(1) : '-',
            known ? of('error').toFixed(1) : '-',
            of('cpu').toFixed(2),
            known ? reliability.toFixed(2) : 'none',
            known ? String(Math.ceil(4 * of('F1'))) : '-',
            known ? (4 * of('F1') * of('cpu')).toFixed(0) : '-',
            of('traits').toFixed(2),
            of('length').toFixed(3),
            known ? of('cosine').toFixed(2) : '-',
          ];
          lines.push(`${name.padEnd(36)}${cells.map((cell, i) => cell.padStart(widthOf(heads[i]))).join('')}`);
        }
      }
    }
    const nulls = results.flatMap((result) =>
      ticks.map((tick) => [result[`${tick}/null: strangers/ratio`], result[`${tick}/null: strangers/ratioError`]]),
    );
    lines.push(
      '',
      `signal over noise of strangers: ${nulls.map(([ratio, error]) => `${ratio.toFixed(4)} ± ${error.toFixed(4)}`).join(', ')}`,
    );
    return { lines, holds: nulls.every(([ratio, error]) => Math.abs(ratio) < 4 * error) };
  },
  tables: tablesOf,
};
