import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { exp, log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  trials: parameter(z.int().min(1).max(1_000_000).default(1000), {
    title: 'Trials per life',
    description: 'Number of guesses at the loci that its genes leave open.',
    unit: 'trials',
    live: true,
  }),
  reward: parameter(z.number().min(0).max(1e6).default(19), {
    title: 'Reward',
    description:
      'Added to a fitness of 1 when the first trial finds the right setting; when found later, in proportion to the trials left.',
    unit: 'fitness',
    live: true,
  }),
});

/** Hinton and Nowlan's learning: guessing what genes leave open. */
export const trialLearning: Mechanism<z.infer<typeof parameters>> = {
  id: 'trial-learning',
  title: 'Learning by trial',
  group: 'life',
  summary: 'Organisms guess, all their lives, at the loci that their genes leave open.',
  lookFor:
    'The Baldwin effect: learning makes a slope where there was none, and genes come to fix what had to be learned. Needs the landscape needle.',
  source: 'Hinton & Nowlan (1987), Complex Systems 1: 495; Baldwin (1896), Am. Nat. 30: 441.',
  needs: ['trials'],
  parameters,
  logFitness(population, { trials, reward }, { tick, stream, openLoci }) {
    const { table } = population;
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    return (row) => {
      const open = openLoci?.(population, row) ?? -1;
      // Nothing to find, or found already without any trial: the landscape accounts for that.
      if (open <= 0) return 0;
      // The first success of independent trials with chance 2^-open is geometric, by its inverse.
      const chance = exp(-Math.LN2 * open);
      const uniform = drawUniform(stream, low[row], high[row], tick, 0);
      const failures = Math.floor(log(1 - uniform) / log(1 - chance));
      return failures >= trials ? 0 : log(1 + (reward * (trials - 1 - failures)) / trials);
    };
  },
};
