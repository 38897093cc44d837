import { describe, expect, it } from 'vitest';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { irisMillimetres, irisSpecies } from '../../../src/habitat/landscape/iris-data.ts';
import { irisNetwork, irisWeights } from '../../../src/habitat/landscape/iris-network.ts';
import { isSampled, type SampledLandscape } from '../../../src/habitat/landscape/landscape.ts';
import { namedStream } from '../../../src/math/streams.ts';

const stream = namedStream('iris', 'test');
const randomWeights = (hidden: number, scale: number) =>
  Float64Array.from({ length: irisWeights(hidden) }, () => scale * stream.normal());

describe('the iris data', () => {
  it('is the published one', () => {
    expect(irisMillimetres).toHaveLength(600);
    // Means of the four columns by species, as in Fisher's table II.
    const means = irisSpecies.map((_, species) =>
      [0, 1, 2, 3].map((column) => {
        let sum = 0;
        for (let row = 50 * species; row < 50 * species + 50; row++) sum += irisMillimetres[4 * row + column];
        return sum / 500;
      }),
    );
    const published = [
      [5.006, 3.428, 1.462, 0.246],
      [5.936, 2.77, 4.26, 1.326],
      [6.588, 2.974, 5.552, 2.026],
    ];
    for (const [s, row] of published.entries()) for (const [k, mean] of row.entries()) expect(means[s][k]).toBeCloseTo(mean, 9);
  });
});

describe('the network', () => {
  it('has the loss that its definition gives', () => {
    const hidden = 3;
    const w = randomWeights(hidden, 1);
    const columns = [0, 1, 2, 3].map((k) => irisMillimetres.filter((_, i) => i % 4 === k));
    const mean = columns.map((values) => values.reduce((a, b) => a + b) / 150);
    const sd = columns.map((values, k) => Math.sqrt(values.reduce((a, b) => a + (b - mean[k]) ** 2, 0) / 150));
    let loss = 0;
    for (let row = 0; row < 150; row++) {
      const input = [0, 1, 2, 3].map((k) => (columns[k][row] - mean[k]) / sd[k]);
      const units = [0, 1, 2].map((h) => Math.tanh(input.reduce((a, x, k) => a + x * w[5 * h + k], w[5 * h + 4])));
      const scores = [0, 1, 2].map((c) => units.reduce((a, y, h) => a + y * w[15 + 4 * c + h], w[15 + 4 * c + 3]));
      loss -= scores[Math.floor(row / 50)] - Math.log(scores.reduce((a, s) => a + Math.exp(s), 0));
    }
    const network = irisNetwork(hidden);
    expect(network.loss(w, 0)).toBeCloseTo(loss / 150, 12);
    const landscape = makeLandscape('iris', 27, { hidden, strength: 4 }, 's');
    expect(landscape.logFitness(w, 0)).toBeCloseTo((-4 * loss) / 150, 11);
    expect(network.loss(new Float64Array(27), 0)).toBeCloseTo(Math.log(3), 14);
    expect(network.accuracy(new Float64Array(27), 0)).toBeCloseTo(1 / 3, 14);
  });

  it('is learned by following the gradient', () => {
    const network = irisNetwork(4);
    const w = randomWeights(4, 0.5);
    const out = new Float64Array(network.weights);
    for (let step = 0; step < 500; step++) {
      network.lossAndGradient(w, 0, out, 0);
      for (let k = 0; k < w.length; k++) w[k] -= 0.5 * out[k];
    }
    expect(network.loss(w, 0)).toBeLessThan(0.1);
    expect(network.accuracy(w, 0)).toBeGreaterThan(0.96);
  });

  it('stays finite where its weights are large', () => {
    const w = randomWeights(4, 1e6);
    const out = new Float64Array(w.length);
    expect(Number.isFinite(irisNetwork(4).lossAndGradient(w, 0, out, 0))).toBe(true);
    expect(out.every(Number.isFinite)).toBe(true);
  });
});

describe('judged by a minibatch', () => {
  const landscape = makeLandscape('iris', 35, {}, 's') as SampledLandscape;
  const w = randomWeights(4, 0.7);
  const out = new Float64Array(35);

  it('all rows once give the landscape itself', () => {
    expect(isSampled(landscape)).toBe(true);
    expect(isSampled(makeLandscape('bowl', 2, {}, 's'))).toBe(false);
    const all = Uint8Array.from({ length: landscape.rows }, (_, i) => i);
    expect(landscape.sampled(w, 0, all, out)).toBe(landscape.logFitness(w, 0));
    const exact = new Float64Array(35);
    landscape.gradient(w, 0, exact);
    expect(out).toEqual(exact);
  });

  it('any even split into batches has the exact mean', () => {
    const rows = Array.from({ length: 150 }, (_, i) => (i * 37) % 150);
    const sum = new Float64Array(35);
    let f = 0;
    for (let at = 0; at < 150; at += 10) {
      f += landscape.sampled(w, 0, rows.slice(at, at + 10), out);
      for (let k = 0; k < 35; k++) sum[k] += out[k];
    }
    const exact = new Float64Array(35);
    landscape.gradient(w, 0, exact);
    expect(f / 15).toBeCloseTo(landscape.logFitness(w, 0), 12);
    for (let k = 0; k < 35; k++) expect(sum[k] / 15).toBeCloseTo(exact[k], 12);
  });

  it('refuses none', () => {
    expect(() => landscape.sampled(w, 0, [], out)).toThrow('iris: no rows of data; give at least one');
  });
});
