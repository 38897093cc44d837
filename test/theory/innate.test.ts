import { describe, expect, it } from 'vitest';
import { fixationChain } from '../../src/analysis/lab/fixation-chain.ts';
import { innate } from '../../src/analysis/lab/questions/innate.ts';
import { log } from '../../src/math/elementary.ts';
import { mean } from '../../src/math/statistics.ts';

const ways = ['clones', 'clones that learn', 'sex', 'sex and learning'];

/** Share of populations, by way, in which everything becomes innate. */
function shares(values: { dimensions: number; size: number; trials: number }, reward: number, populations: number) {
  const runs = Array.from({ length: populations }, (_, r) =>
    innate.measure({ form: 'needle', parameters: { reward }, values: { ...values, generations: 5000 }, seed: `innate ${r}` }),
  );
  return ways.map((way, w) => {
    expect(runs[0][w].keys).toEqual([way]);
    return { way, share: mean(runs.map((run) => run[w].measures[0])) };
  });
}

/** Four standard errors of a share of populations whose chance is known. */
const reach = (chance: number, populations: number) => 4 * Math.sqrt((chance * (1 - chance)) / populations);

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);

/** The chance of a and b and n - a - b in n draws with chances p, q and the rest. */
const multinomial = (n: number, a: number, b: number, p: number, q: number) =>
  choose(n, a) * choose(n - a, b) * p ** a * q ** b * Math.max(0, 1 - p - q) ** (n - a - b);

/**
 * The chance that a locus is right in all of a Wright-Fisher population in the end, by all of its states: how many organisms have it right, and how many
 * open. Founders have it right with chance 1/4 and open with chance 1/2.
 */
function rightInTheEnd(size: number, fitness: { right: number; open: number }): number {
  const states = Array.from({ length: size + 1 }, (_, a) =>
    Array.from({ length: size + 1 - a }, (_, b) => [a, b] as const),
  ).flat();
  const next = states.map(([a, b]) => {
    const [right, open] = [a * fitness.right, b * fitness.open];
    const sum = right + open + size - a - b;
    return states.map(([c, d]) => multinomial(size, c, d, right / sum, open / sum));
  });
  let chances = states.map(([a, b]) => multinomial(size, a, b, 0.25, 0.5));
  for (let generation = 0; generation < 400; generation++)
    chances = states.map((_, to) => chances.reduce((sum, chance, from) => sum + chance * next[from][to], 0));
  return chances[states.findIndex(([a]) => a === size)];
}

describe('what is learned becomes innate', () => {
  it('without a reward with the chance that one founder has both of two loci right', () => {
    // Every copy at the end comes from some founder, and founders' loci are right independently, a quarter of them.
    const populations = 200;
    for (const { way, share } of shares({ dimensions: 2, size: 8, trials: 20 }, 0, populations))
      expect(Math.abs(share - 1 / 16), way).toBeLessThan(reach(1 / 16, populations));
  });

  it('of one locus with the chance of the Wright-Fisher chain, with learning of three types', () => {
    const [size, reward, trials, populations] = [8, 3, 1000, 300];
    // An open locus is found after one failure in the mean: next to nothing of 1,000 trials.
    const learned = rightInTheEnd(size, { right: 1 + reward, open: 1 + (reward * (trials - 2)) / trials });
    const plain = rightInTheEnd(size, { right: 1 + reward, open: 1 });
    const { fixation } = fixationChain('wright-fisher', size, log(1 + reward));
    const byChain = Array.from(fixation, (chance, k) => choose(size, k) * 0.25 ** k * 0.75 ** (size - k) * chance);
    expect(plain).toBeCloseTo(
      byChain.reduce((sum, chance) => sum + chance, 0),
      9,
    );
    // Learning hides what is innate from selection: farther apart than both tolerances below, so that neither passes for the other.
    expect(plain - learned).toBeGreaterThan(2 * reach(0.5, populations));
    for (const { way, share } of shares({ dimensions: 1, size, trials }, reward, populations)) {
      const expected = way.includes('learn') ? learned : plain;
      expect(Math.abs(share - expected), way).toBeLessThan(reach(expected, populations));
    }
  });
});
