import { describe, expect, it } from 'vitest';
import { dot } from '../../../src/analysis/lab/direction.ts';
import { decomposeByDescent, pbtShares } from '../../../src/analysis/lab/pbt-decomposition.ts';
import { type PbtOptions, PopulationBasedTraining } from '../../../src/analysis/lab/population-based-training.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../../src/habitat/landscape/landscape.ts';
import { leastSquares } from '../../../src/habitat/landscape/least-squares.ts';
import { namedStream } from '../../../src/math/streams.ts';

const bowl = makeLandscape('bowl', 3, {}, 'pbt');

function scattered(learners: number, dimensions = 3): Float64Array {
  const stream = namedStream('pbt', 'start');
  return Float64Array.from({ length: learners * dimensions }, () => 2 + stream.normal());
}

const make = (changes: Partial<PbtOptions> = {}) =>
  new PopulationBasedTraining({
    landscape: bowl,
    start: scattered(10),
    stream: namedStream('pbt', 'run'),
    rate: 0.01,
    interval: 5,
    exploit: 'pair',
    objective: 'fixed',
    ...changes,
  });

/** Log fitness of a learner is its distance from the others' mean along the first locus: it matters who is met. */
function away(): Landscape & { met: number[][] } {
  const met: number[][] = [];
  return {
    dimensions: 1,
    met,
    meet: (genomes, count) => met.push(Array.from({ length: count }, (_, i) => genomes[i])),
    logFitness(genomes, at) {
      const others = met[met.length - 1];
      return genomes[at] - others.reduce((sum, value) => sum + value, 0) / others.length;
    },
    gradient(_genomes, _at, out, outAt = 0) {
      out[outAt] = met[met.length - 1][0];
    },
  };
}

describe('population-based training', () => {
  it('without exploit and noise is gradient ascent with momentum, each learner by itself', () => {
    const training = make({ exploit: 'none', momentum: 0.7 });
    training.step(20);
    const start = scattered(10);
    for (let at = 0; at < 30; at++) {
      let [place, velocity] = [start[at], 0];
      for (let t = 0; t < 20; t++) {
        velocity = 0.7 * velocity - 0.01 * place;
        place += velocity;
      }
      expect(training.genomes[at]).toBeCloseTo(place, 13);
    }
    expect(training.copies).toBe(0);
    const { change, copying, local } = training.takeWindow();
    expect(copying).toEqual(new Float64Array(3));
    for (let l = 0; l < 3; l++) expect(local[l]).toBeCloseTo(change[l], 14);
  });

  it('pairs all learners, and the worse copies the better', () => {
    const training = make({ interval: 1, explore: false, rate: 1e-9 });
    const before = scattered(10);
    const fitness = training.fitness();
    training.step();
    expect(training.copies).toBe(5);
    const sources = [...training.source];
    expect(new Set(sources).size).toBe(5);
    for (const [i, from] of sources.entries()) {
      if (from !== i) expect(fitness[from]).toBeGreaterThan(fitness[i]);
      for (let l = 0; l < 3; l++) expect(training.genomes[3 * i + l]).toBeCloseTo(before[3 * from + l], 6);
    }
    // An odd learner is left alone; equals do not copy.
    expect(make({ interval: 1, start: scattered(3) }).learners).toBe(3);
    const alike = make({ interval: 1, start: new Float64Array(6).fill(1) });
    alike.step(4);
    expect(alike.copies).toBe(0);
  });

  it('truncates: the worst fifth copy the best fifth', () => {
    const training = make({ interval: 1, exploit: 'truncation', rate: 1e-9 });
    const order = [...training.fitness().entries()].sort((a, b) => b[1] - a[1]).map(([i]) => i);
    training.step();
    expect(training.copies).toBe(2);
    for (const worst of order.slice(8)) expect(order.slice(0, 2)).toContain(training.source[worst]);
    for (const kept of order.slice(0, 8)) expect(training.source[kept]).toBe(kept);
  });

  it('explores: who copied has the rate of the better by 0.8 or 1.2', () => {
    const training = make({ interval: 1, rateSpread: 0.5, momentum: 0.5, rate: 1e-9 });
    const rates = training.rates.slice();
    expect(new Set(rates).size).toBe(10);
    training.step();
    const factors = [...training.source.entries()]
      .filter(([i, from]) => i !== from)
      .map(([i, from]) => [training.rates[i] / rates[from], (1 - training.momenta[i]) / 0.5]);
    for (const factor of factors.flat()) expect(Math.min(Math.abs(factor - 0.8), Math.abs(factor - 1.2))).toBeLessThan(1e-12);
    for (const [i, from] of training.source.entries()) if (i === from) expect(training.rates[i]).toBe(rates[i]);
    // Momentum stays in [0, 1), however long; without it there is none.
    training.step(500);
    for (const momentum of training.momenta) expect(momentum >= 0 && momentum < 1).toBe(true);
    const without = make({ interval: 1 });
    without.step(50);
    expect([...without.momenta]).toEqual(new Array(10).fill(0));
    const fixed = make({ interval: 1, explore: false });
    fixed.step(50);
    expect([...fixed.rates]).toEqual(new Array(10).fill(0.01));
  });

  it('meets the start for ever, or itself', () => {
    const [fixed, play] = [away(), away()];
    const options = { start: Float64Array.of(1, 2, 4), rate: 0.1, interval: 2, exploit: 'none' as const };
    const training = make({ ...options, landscape: fixed, objective: 'fixed' });
    training.step(3);
    expect(fixed.met).toEqual([
      [1, 2, 4],
      [1, 2, 4],
      [1, 2, 4],
    ]);
    const self = make({ ...options, landscape: play, objective: 'self-play' });
    self.step(2);
    // All step in the population as it was: by 0.1 times the first learner's place.
    expect(play.met).toEqual([
      [1, 2, 4],
      [1.1, 2.1, 4.1],
    ]);
    expect(self.fitness()[0]).toBeCloseTo(1.21 - (1.21 + 2.21 + 4.21) / 3, 12);
  });

  it('takes noise and minibatches as estimates of the gradient', () => {
    const data = leastSquares(3, 20, 0.2, namedStream('pbt', 'data'));
    const gradient = new Float64Array(3);
    const start = Float64Array.from({ length: 3 * 4000 }, (_, at) => [0.5, -1, 2][at % 3]);
    data.gradient(start, 0, gradient);
    for (const changes of [{ noise: 0.3 }, { batch: 4 }]) {
      const training = make({ ...changes, landscape: data, start, rate: 1, exploit: 'none' });
      training.step();
      const steps = training.genomes.map((value, at) => value - start[at]);
      for (let l = 0; l < 3; l++) {
        const column = steps.filter((_, at) => at % 3 === l);
        const meanStep = column.reduce((sum, value) => sum + value, 0) / 4000;
        const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - meanStep) ** 2, 0) / 4000);
        expect(Math.abs(meanStep - gradient[l])).toBeLessThan((4 * spread) / Math.sqrt(4000));
        if ('noise' in changes) expect(Math.abs(spread / 0.3 - 1)).toBeLessThan(4 / Math.sqrt(8000));
        else expect(spread).toBeGreaterThan(0.01);
      }
    }
  });

  it('climbs, and is the same from the same stream', () => {
    const run = () => {
      const training = make({ noise: 1, rateSpread: 0.5, momentum: 0.3, exploit: 'truncation' });
      training.step(300);
      return training;
    };
    const [one, other] = [run(), run()];
    expect(one.genomes).toEqual(other.genomes);
    expect(Math.max(...one.fitness())).toBeGreaterThan(-0.5);
  });

  it('refuses what is no training', () => {
    for (const [changes, what] of [
      [{ start: new Float64Array(3) }, '3 numbers'],
      [{ start: new Float64Array(7) }, '7 numbers'],
      [{ rate: 0 }, 'learning rate 0'],
      [{ momentum: 1 }, 'momentum 1'],
      [{ noise: -1 }, 'noise -1'],
      [{ interval: 0 }, 'interval 0'],
      [{ truncation: 0.6 }, 'truncation 0.6'],
      [{ batch: 3 }, 'no data'],
    ] as const) {
      expect(() => make(changes)).toThrow(what);
    }
  });
});

describe('what copying and local steps explain', () => {
  it('is all of the change, by events and by descent', () => {
    const training = make({ noise: 2, momentum: 0.4, rateSpread: 0.3, exploit: 'pair', start: scattered(11) });
    for (let window = 0; window < 8; window++) {
      const before = training.genomes.slice();
      const meanBefore = training.meanGenome();
      training.step(1 + 3 * window);
      const descent = decomposeByDescent(before, training.genomes, training.source, 3);
      const meanAfter = training.meanGenome();
      const events = training.takeWindow();
      for (let l = 0; l < 3; l++) {
        for (const { change, copying, local } of [events, descent]) {
          expect(change[l]).toBeCloseTo(meanAfter[l] - meanBefore[l], 13);
          expect(copying[l] + local[l]).toBeCloseTo(change[l], 13);
        }
        // One step, before the first round: nobody has copied.
        if (window === 0) expect(events.copying[l]).toBe(0);
        if (window === 0) expect(descent.copying[l]).toBeCloseTo(0, 14);
      }
      expect([...training.source]).toEqual(Array.from({ length: 11 }, (_, i) => i));
    }
  });

  it('by descent is Price’s equation', () => {
    const stream = namedStream('price', 'x');
    const [n, m] = [6, 9];
    const before = Array.from({ length: n }, () => stream.normal());
    const source = Array.from({ length: m }, () => stream.integer(n));
    const after = source.map((from) => before[from] + stream.normal());
    const offspring = before.map((_, i) => source.filter((from) => from === i).length);
    const meanBefore = before.reduce((a, b) => a + b, 0) / n;
    const selection = before.reduce((sum, z, i) => sum + (offspring[i] / (m / n) - 1) * (z - meanBefore), 0) / n;
    const { copying, local, change } = decomposeByDescent(before, after, source, 1);
    expect(copying[0]).toBeCloseTo(selection, 14);
    expect(local[0]).toBeCloseTo(after.reduce((sum, z, j) => sum + z - before[source[j]], 0) / m, 14);
    expect(change[0]).toBeCloseTo(after.reduce((a, b) => a + b, 0) / m - meanBefore, 14);
    expect(() => decomposeByDescent(before, after, source, 2)).toThrow(RangeError);
    expect(() => decomposeByDescent(before, after, [...source.slice(1), n], 1)).toThrow(`comes from ${n} of ${n}`);
  });

  it('is said as shares that sum to 1, with the error of a jackknife', () => {
    const windows = Array.from({ length: 12 }, (_, i) => {
      const stream = namedStream('shares', String(i));
      const copying = Float64Array.from({ length: 4 }, () => 1 + stream.normal());
      const local = Float64Array.from({ length: 4 }, () => 2 + stream.normal());
      return { copying, local, change: copying.map((value, l) => value + local[l]) };
    });
    const shares = pbtShares(windows);
    const ratio = (of: typeof windows) =>
      of.reduce((sum, w) => sum + dot(w.copying, w.change), 0) / of.reduce((sum, w) => sum + dot(w.change, w.change), 0);
    expect(shares.copying).toBeCloseTo(ratio(windows), 14);
    expect(shares.copying + shares.local).toBe(1);
    const left = windows.map((_, i) => ratio(windows.filter((_, k) => k !== i)));
    const centre = left.reduce((a, b) => a + b, 0) / 12;
    expect(shares.error).toBeCloseTo(Math.sqrt((11 / 12) * left.reduce((sum, value) => sum + (value - centre) ** 2, 0)), 14);
    expect(pbtShares(windows.slice(0, 1)).error).toBeNaN();
    expect(pbtShares([]).copying).toBeNaN();
  });
});
