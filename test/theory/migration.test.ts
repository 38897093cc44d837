import { expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

const [demes, size] = [16, 25];

/** Share of the variance of a neutral locus that lies between demes: the mean over generations of Var_between/(Var_between + Var_within). */
function fixationIndex(rate: number, seed: string): number {
  const scene = parseScene(
    {
      version: 1,
      name: 'demes',
      title: 'Demes',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 20, forms: { linear: { slope: 0 } } },
      populations: {
        line: {
          founders: demes * size,
          start: { deviation: 1 },
          mechanisms: { mutation: { on: true, rate: 1, deviation: 0.1 }, migration: { on: true, demes, rate } },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, seed);
  const [{ table, layout }] = simulation.populations;
  simulation.step(300);
  let [between, within] = [0, 0];
  for (let look = 0; look < 20; look++) {
    simulation.step(10);
    const [genome, deme] = [table.f32('genome'), table.u32({ name: 'deme', type: 'u32' })];
    for (let l = 0; l < 20; l++) {
      const sums = new Float64Array(demes);
      const squares = new Float64Array(demes);
      const counts = new Float64Array(demes);
      for (let row = 0; row < table.count; row++) {
        const z = genome[row * layout.stride + l];
        sums[deme[row]] += z;
        squares[deme[row]] += z * z;
        counts[deme[row]]++;
      }
      const means = Array.from(sums, (sum, d) => sum / counts[d]);
      const inner = means.map((m, d) => (squares[d] - counts[d] * m * m) / (counts[d] - 1));
      const grand = mean(means);
      within += mean(inner);
      // Means of samples differ by chance too.
      between += mean(means.map((m) => (m - grand) ** 2)) * (demes / (demes - 1)) - mean(inner.map((w, d) => w / counts[d]));
    }
  }
  simulation.dispose();
  return between / (between + within);
}

/**
 * Wright's F of the finite island model, from mean coalescence times: of two genes of one deme, T_w = 1 + p_w (1 - c) T_w + (1 - p_w)
 * T_b, and of two demes, T_b = 1 + p_b (1 - c) T_w + (1 - p_b) T_b. p: that their parents lived in one deme; c: that they had one parent
 * if so, the mean of 1/N, as migration makes demes uneven. F = 1 - T_w/T_b, as a neutral locus differs by how long lines are apart
 * (Slatkin 1991, Genet. Res. 58: 167; Whitlock 1999, Genet. Res. 74: 215).
 */
function wrightsIndex(m: number): number {
  const d = demes;
  const away = m / (d - 1);
  const pw = (1 - m) ** 2 + (d - 1) * away ** 2;
  const pb = 2 * (1 - m) * away + (d - 2) * away ** 2;
  const c = (1 + (2 * m) / size) / size;
  // T_b = (1 + pb (1 - c) T_w)/pb, put into the first.
  const tw = (1 + (1 - pw) / pb) / (1 - pw * (1 - c) - (1 - pw) * (1 - c));
  const tb = 1 / pb + (1 - c) * tw;
  return 1 - tw / tb;
}

it('demes differ as Wright says: about 1/(1 + 2 N m) of the variance lies between them', () => {
  for (const rate of [0.01, 0.04, 0.2]) {
    const indices = ['1', '2', '3', '4', '5', '6'].map((seed) => fixationIndex(rate, seed));
    expect(Math.abs(mean(indices) - wrightsIndex(rate))).toBeLessThan(4 * standardError(indices));
  }
  expect(wrightsIndex(0.01)).toBeCloseTo(1 / (1 + 2 * size * 0.01 * (demes / (demes - 1)) ** 2), 1);
});
