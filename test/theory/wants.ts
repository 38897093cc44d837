import { type PropertyGradient, propertyGradient } from '../../src/analysis/tangent/policy-twin.ts';
import { floatsNamed } from '../../src/ecs/table.ts';
import { covariance, mean, standardError, variance } from '../../src/math/statistics.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';

/** Length of a step of learning. */
const alpha = 0.02;

interface Case {
  readonly seed: string;
  readonly founders: number;
  /** Correlation of taste and value. */
  readonly honesty: number;
  /** Founder deviation of the weights of policies. */
  readonly deviation?: number;
  /** Weights of the reward: the same for all, or standard deviation of the locus among founders where it is a locus that varies. */
  readonly rewards: Readonly<Record<string, { readonly founder?: number; readonly deviation?: number }>>;
}

/**
 * Organisms that rest on fruit of either kind, with food for all: eating brings its whole appetite or, where the fruit poisons, costs as
 * much. Each life has its own draw, so that value is 1 or -1 with chance 1/2.
 */
function tasters({ seed, founders, honesty, deviation = 0, rewards }: Case): Simulation {
  const none = { maximum: 1e-6, founder: 5e-7, deviation: 0 };
  const signals = ['energy', 'damage', 'cue', 'social', 'novelty', 'taste', 'pain'];
  const scene = {
    version: 1,
    name: 'tasters',
    title: 'Tasters',
    habitat: {
      kind: 'plane',
      width: 256,
      height: 256,
      grass: { capacity: 0 },
      fruit: { capacity: 50, cover: 1, pattern: 'uniform', regrowth: 1 },
      kinds: { share: 0.5, grain: 4 },
    },
    populations: {
      tasters: {
        founders,
        senses: ['energy', 'kinds'],
        policy: { hidden: 3, deviation },
        traits: {
          'body.size': { deviation: 0 },
          'body.speed': { minimum: 0, ...none },
          'diet.fruit': { minimum: 0.999999, maximum: 1, founder: 0.9999995, deviation: 0 },
          'learning.rate': { founder: alpha, deviation: 0 },
          'learning.trace': none,
          'learning.halving': none,
          ...Object.fromEntries(signals.map((id) => [`reward.${id}`, { founder: 0, deviation: 0, ...rewards[id] }])),
        },
        energy: { founder: 500, storage: 1000, living: 0, moving: 0, swiftness: 0, feeding: 0 },
        life: { maturity: 100_000, span: 350_000, accident: 0 },
        mechanisms: {
          learning: { on: true, layers: deviation === 0 ? 'biases' : 'all', baseline: 0 },
          poison: { on: true, share: 1, cost: 1, honesty },
        },
      },
    },
  };
  return createSimulation(parseScene(scene, 'tasters'), seed);
}

const populationOf = (simulation: Simulation) => simulation.populations[0] as EmbodiedPopulation;

/** Value and taste of eating for each organism where it rests, in shares of its appetite: 1 or -1. */
function signalsOf(simulation: Simulation) {
  const { table } = populationOf(simulation);
  const { ground } = simulation;
  const palates = table.u32({ name: 'palate', type: 'u32' });
  const [x, y] = [table.f32('x'), table.f32('y')];
  return Array.from({ length: table.count }, (_, row) => {
    const cell = Math.floor(y[row] / 4) * (ground?.columns ?? 0) + Math.floor(x[row] / 4);
    const kind = ground?.kinds?.[cell] ?? 0;
    const value = kind === (palates[row] & 2) >> 1 ? 1 : -1;
    return { value, taste: (palates[row] & (4 << kind)) === 0 ? value : -value };
  });
}

/** A slope by least squares over organisms. */
export interface Slope {
  readonly measured: number;
  readonly standardError: number;
  readonly expected: number;
}

/** Slopes of what an organism gains in its life. */
export interface WeightSelection extends Slope {
  /** On the weight times the product of signal and value, which is the same for an organism all its life. */
  readonly bySignal: Slope;
  /** Mean of that product over organisms. */
  readonly product: { readonly mean: number; readonly standardError: number };
}

/** By least squares, with errors that allow for gains that vary more at large x (White 1980). */
function slopeOf(x: readonly number[], y: readonly number[], expected: number): Slope {
  const spread = variance(x);
  const measured = covariance(x, y) / spread;
  const [middle, height] = [mean(x), mean(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const left = (x[i] - middle) * (y[i] - height - measured * (x[i] - middle));
    sum += left * left;
  }
  return { measured, standardError: Math.sqrt(sum) / (x.length * spread), expected };
}

/**
 * Selection gradient on the weight of a signal: organisms decide N times with a chance of 1/2 at first. To first order the bias
 * of eating grows by alpha r S/4 a tick, so that the expected gain V sum p has the slope alpha V S N (N - 1) / 32 on r, and E[V S] is the
 * correlation. What a chance of 1/2 would have brought is subtracted, as it is the same for all weights.
 */
export function selectionOnWeight(
  seed: string,
  signal: 'taste' | 'energy',
  honesty: number,
  founders = 6000,
  ticks = 40,
): WeightSelection {
  const simulation = tasters({ seed, founders, honesty, rewards: { [signal]: { deviation: 0.5 } } });
  const { table } = populationOf(simulation);
  const gained = new Map<number, number>();
  const products = new Map<number, number>();
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    const [id, eat] = [table.f64('id'), table.f32('eat')];
    // Values are whole: the quanta of feeding are left out.
    for (const [row, { value, taste }] of signalsOf(simulation).entries()) {
      products.set(id[row], signal === 'taste' ? taste * value : 1);
      gained.set(id[row], (gained.get(id[row]) ?? 0) + (eat[row] - 0.5) * value);
    }
  }
  const weights = Array.from(table.f32(floatsNamed(`reward.${signal}`)).subarray(0, table.count));
  const ids = Array.from(table.f64('id').subarray(0, table.count));
  simulation.dispose();
  const gains = ids.map((id) => gained.get(id) ?? 0);
  const agree = ids.map((id) => products.get(id) ?? 0);
  const each = (alpha * ticks * (ticks - 1)) / 32;
  const correlation = signal === 'taste' ? honesty : 1;
  return {
    ...slopeOf(weights, gains, each * correlation),
    bySignal: slopeOf(
      weights.map((weight, i) => weight * agree[i]),
      gains,
      each,
    ),
    product: { mean: mean(agree), standardError: standardError(agree) },
  };
}

/**
 * First step of learning of policies drawn at random, along the gradient of the chance p to eat: its mean over organisms, and that of
 * alpha sum_s r_s ntcov(p, U_s), with ntcov the inner product of the gradients of p and of the expected signal p U_s.
 */
export function firstStep(seed: string, energy: number, taste: number, founders = 6000) {
  const rewards = { energy: { founder: energy }, taste: { founder: taste } };
  const simulation = tasters({ seed, founders, honesty: 0, deviation: 0.7, rewards });
  const population = populationOf(simulation);
  const { table, layout, policy } = population;
  const { network } = policy;
  const output = policy.actions.findIndex(({ id }) => id === 'eat');
  simulation.step();
  const [inputs, genome, weights] = [table.f32('inputs'), table.f32('genome'), table.f32(floatsNamed('weights'))];
  const width = table.columns.inputs.width;
  const steps: number[] = [];
  const bySignal: { energy: number[]; taste: number[] } = { energy: [], taste: [] };
  for (const [row, { value, taste: tasted }] of signalsOf(simulation).entries()) {
    const from = row * layout.stride;
    const seen = inputs.subarray(row * width, row * width + network.inputs);
    const { gradient }: PropertyGradient = propertyGradient(network, genome, from, seen, { kind: 'chance', output });
    let [along, square] = [0, 0];
    for (let slot = 0; slot < network.length; slot++) {
      along += gradient[slot] * (weights[from + slot] - genome[from + slot]);
      square += gradient[slot] * gradient[slot];
    }
    steps.push(along);
    bySignal.energy.push(value * square);
    bySignal.taste.push(tasted * square);
  }
  simulation.dispose();
  const expected = steps.map((_, i) => alpha * (energy * bySignal.energy[i] + taste * bySignal.taste[i]));
  const difference = steps.map((step, i) => step - expected[i]);
  /** Slope of steps on the covariance with one signal, the signs of the signals being independent. */
  const slope = (signal: 'energy' | 'taste') => {
    const x = bySignal[signal];
    const products = x.map((one, i) => one * steps[i]);
    const squares = mean(x.map((one) => one * one));
    return { measured: mean(products) / squares, standardError: standardError(products) / squares };
  };
  return {
    difference: { mean: mean(difference), standardError: standardError(difference) },
    energy: slope('energy'),
    taste: slope('taste'),
    alpha,
  };
}
