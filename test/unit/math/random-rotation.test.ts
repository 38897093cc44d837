import { describe, expect, it } from 'vitest';
import { randomRotation } from '../../../src/math/random-rotation.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('randomRotation', () => {
  it.each([1, 2, 3, 10, 100])('has orthonormal rows and columns in %d dimensions', (d) => {
    const rows = randomRotation(d, namedStream('rotation', String(d)));
    let worst = 0;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        let byRows = 0;
        let byColumns = 0;
        for (let k = 0; k < d; k++) {
          byRows += rows[i * d + k] * rows[j * d + k];
          byColumns += rows[k * d + i] * rows[k * d + j];
        }
        worst = Math.max(worst, Math.abs(byRows - (i === j ? 1 : 0)), Math.abs(byColumns - (i === j ? 1 : 0)));
      }
    }
    expect(worst).toBeLessThan(1e-14);
  });

  it('is uniform: every entry and the trace have the moments that Haar’s measure gives', () => {
    const d = 4;
    const runs = 20_000;
    const stream = namedStream('rotation', 'moments');
    const first = new Float64Array(d * d);
    const second = new Float64Array(d * d);
    const fourth = new Float64Array(d * d);
    let trace = 0;
    let traceSquare = 0;
    for (let run = 0; run < runs; run++) {
      const rows = randomRotation(d, stream);
      let sum = 0;
      for (let i = 0; i < d * d; i++) {
        first[i] += rows[i];
        second[i] += rows[i] ** 2;
        fourth[i] += rows[i] ** 4;
        if (i % (d + 1) === 0) sum += rows[i];
      }
      trace += sum;
      traceSquare += sum * sum;
    }
    // E q^2 = 1/d, E q^4 = 3 / (d (d + 2)), E q^8 = 105 / (d (d + 2) (d + 4) (d + 6)); trace: mean 0, variance 1, E t^4 = 3.
    const [two, four, eight] = [1 / d, 3 / (d * (d + 2)), 105 / (d * (d + 2) * (d + 4) * (d + 6))];
    for (let i = 0; i < d * d; i++) {
      expect(Math.abs(first[i] / runs)).toBeLessThan(4.5 * Math.sqrt(two / runs));
      expect(Math.abs(second[i] / runs - two)).toBeLessThan(4.5 * Math.sqrt((four - two * two) / runs));
      expect(Math.abs(fourth[i] / runs - four)).toBeLessThan(4.5 * Math.sqrt((eight - four * four) / runs));
    }
    expect(Math.abs(trace / runs)).toBeLessThan(4.5 / Math.sqrt(runs));
    expect(Math.abs(traceSquare / runs - 1)).toBeLessThan(4.5 * Math.sqrt(2 / runs));
  });

  it('is pinned, and draws as many normals as it says', () => {
    const stream = namedStream('rotation', 'pinned');
    const rows = randomRotation(3, stream);
    expect(stream.position()).toBe(6);
    expect([...rows.subarray(0, 3)]).toEqual([0.2458428229113434, -0.22665994193730216, -0.9424365109353314]);
  });
});
