import { describe, expect, it } from 'vitest';
import { descendantLines, keyInnovations } from '../../src/analysis/tree/key-innovations.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

/** Lines of discrete time: each parts with a chance that its first trait raises, and the new line changes both traits. */
function multiply(seed: number, effect: number) {
  const stream = namedStream(String(seed), 'multiply');
  const [parent, values]: [number[], number[][]] = [[-1], [[0, 0]]];
  for (let step = 0; step < 400 && parent.length < 120; step++) {
    for (let i = parent.length - 1; i >= 0; i--) {
      if (stream.uniform() >= 0.02 * Math.exp(effect * values[i][0])) continue;
      parent.push(i);
      values.push(values[i].map((one) => one + stream.normal()));
    }
  }
  const split = Array.from(parent.keys()).slice(1);
  const lines = descendantLines({ count: parent.length, parent: Int32Array.from(parent) });
  const changes = [0, 1].map((t) => split.map((i) => values[i][t] - values[parent[i]][t]));
  return { parent, split, changes, descendants: split.map((i) => lines[i]), stream };
}

describe('key innovations', () => {
  it('are found in the trait that makes lines multiply, and not in the other', () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const { changes, descendants, stream } = multiply(seed, 0.8);
      return keyInnovations(changes, descendants, stream);
    });
    expect(found.filter(([first]) => first.correlation > 0 && first.p < 0.05).length).toBeGreaterThan(10);
    // By chance in one of twenty; 4 standard errors.
    expect(found.filter(([, second]) => second.p < 0.05).length).toBeLessThan(20 * 0.05 + 4 * Math.sqrt(20 * 0.05 * 0.95));
  });

  it('have a correlation of 0 on average where traits change nothing', () => {
    const found = Array.from({ length: 30 }, (_, seed) => {
      const { changes, descendants, stream } = multiply(seed, 0);
      return keyInnovations(changes, descendants, stream)[0].correlation;
    });
    expect(Math.abs(mean(found))).toBeLessThan(4 * standardError(found));
  });

  it('count the lines below each by walking up, and rank with ties at their mean', () => {
    const { parent, descendants, split, changes, stream } = multiply(3, 0.5);
    const naive = split.map((i) => {
      const isBelow = (j: number): boolean => j >= 0 && (parent[j] === i || isBelow(parent[j]));
      return parent.filter((_, j) => isBelow(j)).length;
    });
    expect(descendants).toEqual(naive);
    const ranks = (values: readonly number[]) =>
      values.map((one) => values.filter((x) => x < one).length + (values.filter((x) => x === one).length - 1) / 2);
    const [a, b] = [ranks(changes[1]), ranks(descendants)];
    const centred = (list: readonly number[]) => list.map((one) => one - mean(list));
    const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, one, i) => sum + one * y[i], 0);
    const [x, y] = [centred(a), centred(b)];
    const [, { correlation }] = keyInnovations(changes, descendants, stream);
    expect(correlation).toBeCloseTo(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)), 10);
  });

  it('have the p of all orders where these can be counted', () => {
    // Four lines of one trait: of 24 orders, those with a correlation as far from 0.
    const [values, descendants] = [
      [1, 2, 3, 4],
      [0, 1, 2, 5],
    ];
    const [{ correlation, p }] = keyInnovations([values], descendants, namedStream('1', 'orders'));
    expect(correlation).toBeCloseTo(1, 12);
    expect(Math.abs(p - 2 / 24)).toBeLessThan(4 * Math.sqrt(((2 / 24) * (22 / 24)) / 999));
  });
});
