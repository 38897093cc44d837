import { describe, expect, it } from 'vitest';
import { gaussianSum } from '../../../src/math/gaussian-sum.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** Sum (compensated after Kahan: like terms round alike), derivative, and the sum of the sizes of the derivative's terms. */
function naive(sources: Float64Array, count: number, width: number, x: number): [number, number, number] {
  let [sum, lost, slope, size] = [0, 0, 0, 0];
  for (let j = 0; j < count; j++) {
    const term = Math.exp(-((x - sources[j]) ** 2) / (2 * width ** 2));
    const part = (term * (sources[j] - x)) / width ** 2;
    const next = sum + (term - lost);
    lost = next - sum - (term - lost);
    sum = next;
    slope += part;
    size += Math.abs(part);
  }
  return [sum, slope, size];
}

const stream = namedStream('gaussian sum', 'test');
const layouts: readonly [string, (i: number) => number][] = [
  ['a cloud', () => stream.normal()],
  ['two clouds far apart', (i) => stream.normal() * 0.3 + (i % 2 ? 20 : -20)],
  ['one place', () => 3],
  ['a line', (i) => i / 200],
  ['far from the origin', () => 1000 + stream.normal()],
  ['scattered', () => 1e6 * stream.normal()],
];

describe('gaussianSum', () => {
  it.each(layouts)('equals the terms summed one by one: %s', (_name, place) => {
    for (const width of [0.05, 0.6, 7]) {
      const sources = Float64Array.from({ length: 2000 }, (_, i) => place(i));
      const sums = gaussianSum(width);
      const out = new Float64Array(2);
      let worst = 0;
      let worstSlope = 0;
      for (const count of [2000, 1, 37]) {
        sums.take(sources, count);
        for (let i = 0; i < 200; i++) {
          const x = sources[stream.integer(count)] + width * stream.normal() * (i % 4 === 0 ? 15 : 1);
          const [sum, slope, size] = naive(sources, count, width, x);
          sums.at(x, out);
          if (sum < 1e-280) {
            expect(out[0]).toBeLessThan(1e-279);
            continue;
          }
          // Roundings of the exponent, which grow with the distance, and of sums, of which like terms make the most.
          const bound = 5e-15 * (1 + Math.abs(Math.log(sum / count))) + count * 1.2e-16;
          worst = Math.max(worst, Math.abs(out[0] / sum - 1) / bound);
          worstSlope = Math.max(worstSlope, Math.abs(out[1] - slope) / (size + sum / width) / bound);
        }
      }
      expect(worst).toBeLessThan(1);
      expect(worstSlope).toBeLessThan(1);
    }
  });

  it('is exact to about 1e-14 near its sources', () => {
    const sources = Float64Array.from({ length: 5000 }, () => stream.normal());
    const sums = gaussianSum(0.5);
    const out = new Float64Array(2);
    sums.take(sources, 5000);
    let worst = 0;
    for (let x = -4; x <= 4; x += 0.01) {
      sums.at(x, out);
      worst = Math.max(worst, Math.abs(out[0] / naive(sources, 5000, 0.5, x)[0] - 1));
    }
    expect(worst).toBeLessThan(1e-14);
  });

  it('a sum of no sources is 0', () => {
    const sums = gaussianSum(1);
    const out = new Float64Array(2).fill(5);
    sums.take(new Float64Array(0), 0);
    sums.at(0, out);
    expect([...out]).toEqual([0, 0]);
  });
});
