// Landscapes on which fitness is the payoff of a game against the others.

import { z } from 'zod';
import { exp, log, logistic } from '../../math/elementary.ts';
import { parameter } from '../../parameter/parameter.ts';
import type { Genomes, Landscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const common = {
  base: parameter(z.number().min(0).max(1_000_000).default(1), {
    title: 'Base fitness',
    description: 'Fitness without any payoff. Fitness must stay positive whatever the payoff.',
    unit: 'fitness',
    live: false,
    step: 0.1,
  }),
  strength: parameter(z.number().min(0).max(1000).default(0.5), {
    title: 'Strength',
    description: 'How much fitness a payoff of 1 adds.',
    unit: 'fitness/payoff',
    live: false,
    step: 0.05,
  }),
};

const payoff = (title: string, description: string, value: number) =>
  parameter(z.number().min(0).max(1000).default(value), { title, description, unit: 'payoff', live: false, step: 0.1 });

const hawkDoveParameters = z.strictObject({
  value: payoff('Value V', 'The prize of a contest: half of it each for two doves, all of it for a hawk that meets a dove.', 1),
  cost: payoff(
    'Cost C',
    'Cost of losing a fight: two hawks get (V - C) / 2 each. With C > V the stable share of hawks is V / C.',
    2,
  ),
  ...common,
});

const rockPaperScissorsParameters = z.strictObject({
  win: payoff('Win', 'Payoff of the winner.', 1),
  loss: payoff('Loss', 'Subtracted from the loser. Win above loss: shares spiral in to 1/3 if selection is weak; below: out.', 1),
  ...common,
});

const gameParameters = z.strictObject({
  payoffs: parameter(
    z
      .array(z.array(z.number().min(-1000).max(1000)).min(2).max(16))
      .min(2)
      .max(16)
      .default([
        [1, 0],
        [0, 1],
      ]),
    {
      title: 'Payoffs',
      description: 'A row for each own strategy, a column for each strategy of the other; 2 to 16 strategies.',
      unit: 'payoff',
      live: false,
    },
  ),
  ...common,
});

interface Stakes {
  readonly base: number;
  readonly strength: number;
}

/** With two strategies, one locus: the log odds of the first. Otherwise one locus per strategy, and their softmax is played. */
const lociOf = (strategies: number) => (strategies === 2 ? 1 : strategies);

function playGame(
  id: string,
  payoffs: readonly (readonly number[])[],
  { base, strength }: Stakes,
  names = payoffs.map((_, k) => `strategy${k + 1}`),
): Landscape {
  const n = payoffs.length;
  const uneven = payoffs.findIndex((row) => row.length !== n);
  if (uneven >= 0) {
    throw new RangeError(
      `landscape '${id}': payoffs has ${n} rows, but row ${uneven} has ${payoffs[uneven].length} entries; give ${n}`,
    );
  }
  const dimensions = lociOf(n);
  const least = Math.min(...payoffs.flat());
  if (!(base + strength * least > 0)) {
    throw new RangeError(
      `landscape '${id}': fitness base + strength x payoff falls to ${base} + ${strength} x ${least}; raise base or lower strength`,
    );
  }
  const own = new Float64Array(n);
  /** Expected payoff of each pure strategy against the organisms last met. */
  const expected = new Float64Array(n);
  const mean = new Float64Array(n);
  let count = 0;
  let met = false;

  /** Writes the probabilities with which a genome plays its strategies to `own`. */
  const mix = (genomes: Genomes, at: number) => {
    if (n === 2) {
      own[0] = logistic(genomes[at]);
      own[1] = logistic(-genomes[at]);
      return;
    }
    let most = -Infinity;
    for (let k = 0; k < n; k++) most = Math.max(most, genomes[at + k]);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += own[k] = exp(genomes[at + k] - most);
    for (let k = 0; k < n; k++) own[k] /= sum;
  };
  const expect = (genomes: Genomes, at: number): number => {
    if (!met) throw new RangeError(`landscape '${id}' has met no organisms: call meet before asking for fitness`);
    mix(genomes, at);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += own[k] * expected[k];
    return sum;
  };

  return {
    dimensions,
    strategies: { names, shares: () => mean.map((sum) => sum / count) },
    meet(genomes, organisms, stride) {
      if (!(organisms >= 1)) throw new RangeError(`landscape '${id}' met ${organisms} organisms; it needs at least one`);
      count = organisms;
      mean.fill(0);
      for (let row = 0; row < count; row++) {
        mix(genomes, row * stride);
        for (let k = 0; k < n; k++) mean[k] += own[k];
      }
      for (let k = 0; k < n; k++) {
        expected[k] = 0;
        for (let other = 0; other < n; other++) expected[k] += (payoffs[k][other] * mean[other]) / count;
      }
      met = true;
    },
    logFitness: (genomes, at) => log(base + strength * expect(genomes, at)),
    gradient(genomes, at, out, outAt = 0) {
      const earned = expect(genomes, at);
      const scale = strength / (base + strength * earned);
      if (n === 2) out[outAt] = scale * own[0] * own[1] * (expected[0] - expected[1]);
      else for (let k = 0; k < n; k++) out[outAt + k] = scale * own[k] * (expected[k] - earned);
    },
  };
}

/** Hawks fight for V and risk C; doves share or give way. The one locus is the log odds of playing hawk. */
export const hawkDove: LandscapeForm<z.infer<typeof hawkDoveParameters>> = {
  id: 'hawk-dove',
  title: 'Hawk and dove',
  summary: 'Fight or give way: being a hawk pays among doves and costs among hawks.',
  source: 'Maynard Smith & Price (1973), Nature 246: 15-18; Maynard Smith (1982), Evolution and the Theory of Games.',
  parameters: hawkDoveParameters,
  dimensionsOf: () => 1,
  make(_dimensions, { value, cost, ...stakes }) {
    const payoffs = [
      [(value - cost) / 2, value],
      [0, value / 2],
    ];
    return playGame('hawk-dove', payoffs, stakes, ['hawk', 'dove']);
  },
};

/** Each strategy beats one and loses to another. The softmax of the three loci is played. */
export const rockPaperScissors: LandscapeForm<z.infer<typeof rockPaperScissorsParameters>> = {
  id: 'rock-paper-scissors',
  title: 'Rock, paper, scissors',
  summary: 'Each strategy beats one and is beaten by another, so that none is best for long.',
  source:
    'Maynard Smith (1982), Evolution and the Theory of Games; Hofbauer & Sigmund (1998), Evolutionary Games and Population Dynamics, ch. 7.',
  parameters: rockPaperScissorsParameters,
  dimensionsOf: () => 3,
  make(_dimensions, { win, loss, ...stakes }) {
    const payoffs = [
      [0, -loss, win],
      [win, 0, -loss],
      [-loss, win, 0],
    ];
    return playGame('rock-paper-scissors', payoffs, stakes, ['rock', 'paper', 'scissors']);
  },
};

/**
 * Any game of two to sixteen strategies: f = log(base + strength p.A q), p the genome's own mixed strategy and q the mean of
 * those met, including its own if it was among them. Genomes play mixed strategies, because a pure one chosen by
 * the largest locus would have no gradient; loci far out (40 and more) are in effect pure.
 */
export const game: LandscapeForm<z.infer<typeof gameParameters>> = {
  id: 'game',
  title: 'Custom payoffs',
  summary: 'Fitness is what a mixed strategy earns against the strategies of all others.',
  source:
    'Taylor & Jonker (1978), Math. Biosci. 40: 145-156; Hofbauer & Sigmund (1998), Evolutionary Games and Population Dynamics.',
  parameters: gameParameters,
  dimensionsOf: ({ payoffs }) => lociOf(payoffs.length),
  make: (_dimensions, { payoffs, ...stakes }) => playGame('game', payoffs, stakes),
};
