import { describe, expect, it } from 'vitest';
import { ChanceWatch } from '../../src/analysis/rivals/chance-displacement.ts';
import { displacement, rivalsOf } from '../../src/analysis/rivals/choose-rivals.ts';
import { meanFirstOffspring, medianFirstOffspring, type WaitingTime } from '../../src/analysis/rivals/first-offspring.ts';
import { rivalRates } from '../../src/analysis/rivals/rival-rates.ts';
import { namedStream } from '../../src/math/streams.ts';
import { rewrite, type World, withWorld } from './lab-worlds.ts';
import { followRivals } from './rivals.ts';

const [dimensions, slope, size] = [6, 0.6, 2000];
const perLocus = slope / Math.sqrt(dimensions);
/** By what the rivals differ: more at one locus, less at another, the same at the rest. */
const planted = [0.1, -0.04, 0, 0, 0, 0];
const advantage = perLocus * planted.reduce((sum, one) => sum + one, 0);

const world = (ploidy: 1 | 2): World => ({
  form: 'linear',
  parameters: { slope },
  dimensions,
  size,
  sigma: 0.05,
  ploidy,
  start: { deviation: 0 },
});

const labels = Array.from({ length: size }, (_, k) => k % 2);

// On a linear landscape log fitness is a sum over loci: genomes that differ by d are worth a d in log fitness a generation, and per
// generation one has e^(a d) times as many offspring as the other.
describe.each([1, 2] as const)('two clades planted on a slope, ploidy %i', (ploidy) => {
  it('are worth the planted difference on the assayed gradient, locus by locus, and grow apart by it', () => {
    withWorld(world(ploidy), `rivals ${ploidy}`, (simulation) => {
      const [population] = simulation.populations;
      const id = population.table.f64('id');
      const order = new Map([...id.subarray(0, size)].sort((a, b) => a - b).map((one, k) => [one, k]));
      rewrite(population, (row, genome) => {
        // The winner is the one with label 0.
        const sign = labels[order.get(id[row]) as number] === 0 ? 0.5 : -0.5;
        for (const [l, difference] of planted.entries()) genome[l] = sign * difference;
      });
      simulation.set('populations.line.mechanisms.mutation.on', false);
      const horizon = 5;
      const plan = { labels, ticks: horizon, horizon, forks: 20, size: 2, seed: `rivals ${ploidy}` };
      const { account, pair, worth } = followRivals(simulation, plan);
      for (const one of worth) {
        const expected = one.loci.reduce((sum, l) => sum + perLocus * planted[l] * horizon, 0);
        expect(Math.abs(one.worth - expected), one.name).toBeLessThan(4 * one.error + 1e-12);
      }
      expect(worth[0].error).toBeGreaterThan(0);
      const parted = displacement(pair.winner, pair.loser);
      const drift = Math.sqrt((2 * horizon) / (size / 2));
      expect(Math.abs(parted - advantage * horizon)).toBeLessThan(4 * drift);
      const rates = rivalRates(account, pair, namedStream('rivals', 'rates'));
      const [growth, births, deaths] = ['growth', 'births', 'deaths'].map((measure) =>
        rates.find((one) => one.measure === measure),
      );
      // All die after a tick; of the births the winner has a share of e^d to 1, d what it has gained by then.
      expect([deaths?.winner.value, deaths?.loser.value]).toEqual([1, 1]);
      let [wins, lives, losses, lost] = [0, 0, 0, 0];
      for (let t = 0; t < horizon; t++) {
        const ratio = Math.exp(advantage * t);
        const [share, next] = [ratio / (1 + ratio), Math.exp(advantage * (t + 1)) / (1 + Math.exp(advantage * (t + 1)))];
        lives += share;
        wins += next;
        lost += 1 - share;
        losses += 1 - next;
      }
      const expected = wins / lives - losses / lost;
      for (const rate of [growth, births])
        expect(Math.abs((rate?.difference.value ?? 0) - expected)).toBeLessThan(4 * (rate?.difference.error ?? 0));
    });
  });
});

describe('chance', () => {
  it('is the drift of both: 95 % of shadows of a neutral world lie within what binomial sampling gives', () => {
    const ticks = 4;
    withWorld({ ...world(1), parameters: { slope: 0 } }, 'chance', (simulation) => {
      const [population] = simulation.populations;
      const watch = new ChanceWatch(simulation, population, 'chance', 400);
      simulation.step(ticks);
      const rivals = rivalsOf('clade', labels, new Float64Array(size).fill(1));
      const found = watch.close(rivals, population.count, [0, 1], { winner: 0, loser: 1 });
      // The variance of log p / (1 - p) rises by 1/n + 1/n a generation, n organisms each; a quantile of 400 draws errs by about 0.13 s.d.
      const deviation = Math.sqrt((2 * ticks) / (size / 2));
      expect(Math.abs(found.low + 1.96 * deviation)).toBeLessThan(4 * 0.13 * deviation);
      expect(Math.abs(found.high - 1.96 * deviation)).toBeLessThan(4 * 0.13 * deviation);
      expect(found.percentile).toBeGreaterThan(0);
    });
  });
});

describe('age at first offspring', () => {
  const [hazard, death, count] = [0.05, 0.03, 20_000];
  const stream = namedStream('waiting', 'ages');
  /** Organisms have their first offspring at a constant hazard, die at another, and come under observation at some age. */
  const waiting: WaitingTime[] = [];
  for (let k = 0; k < count; k++) {
    const [enter, close] = [k % 2 === 0 ? 0 : stream.integer(20), 60];
    let age = 0;
    for (;;) {
      age++;
      const [born, died] = [stream.uniform() < hazard, stream.uniform() < death];
      if (!born && !died && age < enter + close) continue;
      // It was observed only if it was alive and without offspring at `enter`.
      if (age > enter) waiting.push({ subclade: k, enter, leave: age, ended: born });
      break;
    }
  }

  it('by the product-limit estimate is that of the hazard, with deaths, late entries and the end of the interval', () => {
    const truth = Math.log(0.5) / Math.log(1 - hazard);
    const median = medianFirstOffspring(waiting);
    // Its standard error is sqrt(1 / events) / hazard or less; ages are whole.
    const events = waiting.filter(({ ended }) => ended).length;
    expect(Math.abs(median - truth)).toBeLessThan(1 + 4 / (hazard * Math.sqrt(events)));
  });

  it('as a mean of those that had any is smaller than without censoring', () => {
    expect(meanFirstOffspring(waiting)).toBeLessThan(1 / hazard);
    expect(meanFirstOffspring([])).toBeNaN();
    expect(medianFirstOffspring([{ subclade: 0, enter: 0, leave: 3, ended: false }])).toBeNaN();
  });

  it('with weights is that of organisms counted so many times', () => {
    const some = waiting.slice(0, 300);
    const weights = some.map((_, k) => k % 3);
    const repeated = some.flatMap((one, k) => Array.from({ length: weights[k] }, () => one));
    expect(medianFirstOffspring(some, weights)).toBe(medianFirstOffspring(repeated));
    expect(meanFirstOffspring(some, weights)).toBeCloseTo(meanFirstOffspring(repeated), 9);
  });
});
