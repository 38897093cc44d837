import { describe, expect, it } from 'vitest';
import { fixationChain } from '../../src/analysis/lab/fixation-chain.ts';
import { innate } from '../../src/analysis/lab/questions/innate.ts';
import { log } from '../../src/math/elementary.ts';
import { mean, standardError } from '../../src/math/statistics.ts';

const ways = ['clones', 'clones that learn', 'sex', 'sex and learning'];

/** Share of populations, a way each, in which everything becomes innate, with its standard error, and how long that took. */
function shares(values: { dimensions: number; size: number; trials: number }, reward: number, populations: number) {
  const runs = Array.from({ length: populations }, (_, r) =>
    innate.measure({ form: 'needle', parameters: { reward }, values: { ...values, generations: 5000 }, seed: `innate ${r}` }),
  );
  return ways.map((way, w) => {
    const rows = runs.map((run) => run[w]);
    expect(rows[0].keys).toEqual([way]);
    const [fixed, times] = [0, 1].map((m) => rows.map(({ measures }) => measures[m]));
    return { way, share: mean(fixed), error: standardError(fixed), time: mean(times.filter((time) => !Number.isNaN(time))) };
  });
}

describe('what is learned becomes innate', () => {
  it.each([2])('without a reward with the chance 4^-L that one founder has all of %i loci right', (dimensions) => {
    // Every copy at the end comes from some founder, and founders' loci are right independently, a quarter of them.
    for (const { way, share, error } of shares({ dimensions, size: 10, trials: 20 }, 0, 150)) {
      expect(Math.abs(share - 0.25 ** dimensions), way).toBeLessThan(4 * error);
    }
  });

  it('of one locus, without learning, with the chance of the Wright-Fisher chain', () => {
    const [size, reward] = [20, 0.1];
    const { fixation } = fixationChain('wright-fisher', size, log(1 + reward));
    // Founders that have it right are binomial.
    let [expected, chance] = [0, 0.75 ** size];
    for (let k = 0; k <= size; k++) {
      expected += chance * fixation[k];
      chance *= ((size - k) / (k + 1)) * (0.25 / 0.75);
    }
    expect(expected).toBeGreaterThan(0.4);
    for (const { way, share, error } of shares({ dimensions: 1, size, trials: 20 }, reward, 150)) {
      if (way === 'clones' || way === 'sex') expect(Math.abs(share - expected), way).toBeLessThan(4 * error);
    }
  });
});
