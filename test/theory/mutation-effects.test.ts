// Mutations of other sizes than normal, and of one sign more than the other, against theory.
import { describe, expect, it } from 'vitest';
import { fixationChain } from '../../src/analysis/lab/fixation-chain.ts';
import { type LabWorld, labRows, withLabWorld, withLandscape } from '../../src/analysis/lab/lab-scene.ts';
import { neutralVariance } from '../../src/analysis/lab/neutral-variance.ts';
import { fixationProbability } from '../../src/habitat/landscape/fixation-probability.ts';
import { mean, standardError, variance } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';

interface Effects {
  readonly effects: 'normal' | 'exponential' | 'gamma' | 'fixed';
  readonly shape?: number;
}

/** E |z|^n at a mean square of 1, n from 1 to 6. */
function moments({ effects, shape = 1 }: Effects): number[] {
  const root = Math.sqrt(2 / Math.PI);
  if (effects === 'fixed') return [1, 1, 1, 1, 1, 1];
  if (effects === 'normal') return [root, 1, 2 * root, 3, 8 * root, 15];
  const k = effects === 'exponential' ? 1 : shape;
  let product = 1;
  return [0, 1, 2, 3, 4, 5].map((j) => {
    product *= k + j;
    return product / (k * (k + 1)) ** ((j + 1) / 2);
  });
}

const all: readonly Effects[] = [
  { effects: 'fixed' },
  { effects: 'normal' },
  { effects: 'exponential' },
  { effects: 'gamma', shape: 0.3 },
  { effects: 'gamma', shape: 4 },
];

const flat = { form: 'linear', parameters: { slope: 0 }, model: 'wright-fisher' } as const satisfies Partial<LabWorld>;

describe('one generation of mutation', () => {
  const deviation = 0.3;
  const cases = all.flatMap((effects) =>
    [0.5, 0.8].flatMap((upward) => [1, 0.2, 0.02].map((rate) => ({ ...effects, upward, rate }))),
  );

  it.each(cases)('$effects $shape, $upward of them upward, rate $rate: mean, variance, third moment and share', (chosen) => {
    const { upward, rate } = chosen;
    const mutation = { on: true, deviation, ...chosen };
    const changes = withLabWorld(
      { ...flat, dimensions: 100, size: 1000, sigma: deviation, mechanisms: { mutation } },
      'effects',
      (world, population) => {
        world.step();
        const { values, count, stride, dimensions } = labRows(population);
        return Float64Array.from(
          { length: count * dimensions },
          (_, i) => values[Math.floor(i / dimensions) * stride + (i % dimensions)] / deviation,
        );
      },
    );
    const n = changes.length;
    const size = moments(chosen);
    const lean = 2 * upward - 1;
    // Moments about 0 of a change that takes place with chance `rate`: odd ones carry the sign.
    const of = (power: number) => rate * size[power - 1] * (power % 2 === 1 ? lean : 1);
    for (const power of [1, 2, 3]) {
      const measured = mean(changes.map((z) => z ** power));
      const error = Math.sqrt((of(2 * power) - of(power) ** 2) / n);
      // The table's own error is below one in a thousand of a moment.
      expect(Math.abs(measured - of(power)), `moment ${power}`).toBeLessThan(4 * error + 1e-3 * Math.abs(of(power)));
    }
    // Small gamma changes may round to none.
    if (chosen.shape !== 0.3) {
      const moved = changes.filter((z) => z !== 0).length;
      expect(Math.abs(moved - rate * n)).toBeLessThanOrEqual(4 * Math.sqrt(rate * (1 - rate) * n));
    }
    const up = changes.filter((z) => z > 0).length;
    const both = changes.filter((z) => z !== 0).length;
    expect(Math.abs(up - upward * both)).toBeLessThan(4 * Math.sqrt(upward * (1 - upward) * both));
  });

  it('a diploid moves by the mean of two', () => {
    const mutation = { on: true, deviation, effects: 'exponential', rate: 1 };
    withLabWorld(
      { ...flat, dimensions: 50, size: 1000, sigma: deviation, ploidy: 2, mechanisms: { mutation } },
      'two',
      (world, population) => {
        world.step();
        const { values, count, stride, dimensions } = labRows(population);
        const z = Array.from(
          { length: count * dimensions },
          (_, i) => values[Math.floor(i / dimensions) * stride + (i % dimensions)] / deviation,
        );
        // Of two independent changes with fourth moment 6: E z^4 of their mean is (2 * 6 + 6) / 16.
        expect(Math.abs(mean(z.map((one) => one * one)) - 0.5)).toBeLessThan(4 * Math.sqrt((18 / 16 - 0.25) / z.length));
      },
    );
  });
});

describe('the variance of a population without selection', () => {
  it.each(all)('of $effects $shape is that of normal mutations of the same root mean square', (chosen) => {
    const [size, dimensions, sigma, transfer, rate] = [20, 20, 0.5, 0.3, 0.4];
    const mutation = { on: true, deviation: sigma, rate, ...chosen };
    const found = Array.from({ length: 30 }, (_, seed) =>
      withLabWorld(
        { ...flat, dimensions, size, sigma, h: transfer, mechanisms: { mutation } },
        `cloud ${seed}`,
        (world, population) => {
          world.step(6 * size);
          const { values, count, stride } = labRows(population);
          return mean(
            Array.from({ length: dimensions }, (_, l) => {
              const column = Array.from({ length: count }, (_, i) => values[i * stride + l]);
              return (variance(column) * (count - 1)) / count;
            }),
          );
        },
      ),
    );
    const expected = neutralVariance({ size, sigma: sigma * Math.sqrt(rate), transfer });
    expect(Math.abs(mean(found) - expected)).toBeLessThan(4 * standardError(found));
    // So that a variance of 1.6 times the expected one would be seen.
    expect(standardError(found) / expected).toBeLessThan(0.15);
  });
});

/** A landscape of one locus on which a step of 1 raises log fitness by s. */
const slope = (s: number, model: string, founders: number, mutation: object, fixation: object = {}) =>
  parseScene(
    {
      version: 1,
      name: 'slope',
      title: 'Slope',
      habitat: { kind: 'landscape', form: 'linear', model, dimensions: 1, forms: { linear: { slope: s } }, ...fixation },
      populations: { line: { founders, mechanisms: { mutation: { on: true, deviation: 1, effects: 'fixed', ...mutation } } } },
    },
    'slope',
  );

describe('mutations of one size on a slope', () => {
  it.each([
    [0.02, 1],
    [0.05, 1],
    [0.03, 0.5],
    [0.02, 0.2],
  ])(
    's = %f, %f of them beneficial, one at a time: fixed by drift in 60 organisms as often as the exact chain says',
    (s, upward) => {
      const [size, ticks] = [60, 6000];
      const fixation = { fixation: { size, process: 'wright-fisher', by: 'drift' } };
      withLandscape(slope(s, 'fixation', 1, { rate: 1, upward }, fixation), 'one at a time', (world, population) => {
        let [up, down, before] = [0, 0, 0];
        for (let tick = 0; tick < ticks; tick++) {
          world.step();
          const now = population.table.f32('genome')[0];
          if (now > before) up++;
          if (now < before) down++;
          expect([0, 1]).toContain(Math.abs(now - before));
          before = now;
        }
        const chances = [
          upward * fixationChain('wright-fisher', size, s).fixation[1],
          (1 - upward) * fixationChain('wright-fisher', size, -s).fixation[1],
        ];
        for (const [i, count] of [up, down].entries()) {
          expect(Math.abs(count - ticks * chances[i])).toBeLessThanOrEqual(4 * Math.sqrt(ticks * chances[i] * (1 - chances[i])));
        }
        // Kimura's (1962) formula is within three parts in a hundred of the chain here.
        expect(Math.abs(chances[0] / upward / fixationProbability('wright-fisher', size, s) - 1)).toBeLessThan(0.03);
      });
    },
  );

  it.each([0, 0.1])(
    's = %f in a population in which they arise and meet: N u times the fixation probability a generation',
    (s) => {
      const [size, rate, start, ticks] = [50, 2e-4, 200, 12_000];
      // N u = 0.01: one is fixed or lost before the next comes, as a rule.
      const found = Array.from({ length: 4 }, (_, seed) =>
        withLandscape(slope(s, 'wright-fisher', size, { rate, upward: 1 }), `population ${seed}`, (world, population) => {
          const level = () =>
            mean(
              population.table
                .f32('genome')
                .filter((_, i) => i % population.layout.stride === 0)
                .subarray(0, size),
            );
          world.step(start);
          const before = level();
          world.step(ticks);
          return level() - before;
        }),
      );
      const substitutions = found.reduce((sum, one) => sum + one, 0);
      const expected = found.length * ticks * size * rate * fixationChain('wright-fisher', size, s).fixation[1];
      expect(Math.abs(substitutions - expected)).toBeLessThan(4 * Math.sqrt(expected));
    },
  );
});
