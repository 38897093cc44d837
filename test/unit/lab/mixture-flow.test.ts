import { describe, expect, it } from 'vitest';
import { mixtureFlow } from '../../../src/analysis/lab/mixture-flow.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';

describe('mixtureFlow', () => {
  it('follows one cloud down a bowl as its formula says', () => {
    const bowl = makeLandscape('bowl', 2, { width: 2 }, 's');
    const cloud = Float64Array.of(3, -1, 5, -1);
    const { clouds, mixture, mean } = mixtureFlow(bowl, [cloud], { steps: 30, mobility: 0.4 });
    for (let step = 0; step <= 30; step++) {
      const left = (1 - 0.4 / 4) ** step;
      expect(clouds[0][2 * step]).toBeCloseTo(4 * left, 12);
      expect(clouds[0][2 * step + 1]).toBeCloseTo(-left, 12);
    }
    expect(mixture).toEqual(clouds[0]);
    expect(mean).toEqual(clouds[0]);
    expect([...cloud]).toEqual([3, -1, 5, -1]);
  });

  it('with a cloud’s own covariance it is Lande’s response', () => {
    const slope = makeLandscape('linear', 2, { slope: 1, direction: 'first' }, 's');
    const cloud = Float64Array.of(0, 0, 2, 1, 4, 2, 2, 1);
    // Covariance (divisor n): 2, 1, 1, 1/2; gradient (1, 0).
    const { clouds } = mixtureFlow(slope, [cloud], { steps: 1, mobility: 'covariance' });
    expect([...clouds[0]]).toEqual([2, 1, 4, 2]);
  });

  it('weighs clouds by their organisms and moves with the time', () => {
    const moving = makeLandscape('moving', 1, { path: 'line', speed: 1 }, 's');
    const { clouds, mixture } = mixtureFlow(moving, [Float64Array.of(0), Float64Array.of(5, 7, 6)], {
      steps: 2,
      mobility: 0.5,
      time: 10,
    });
    expect([...clouds[0]]).toEqual([0, 5, 8]);
    expect([...clouds[1]]).toEqual([6, 8, 9.5]);
    expect([...mixture]).toEqual([4.5, 7.25, 9.125]);
  });

  it('parts where selection is disruptive, while the single mean stays', () => {
    const [capacity, width] = [1, 0.5];
    const landscape = makeLandscape('competition', 1, { capacity, competition: width }, 's');
    const { clouds, mixture, mean } = mixtureFlow(landscape, [Float64Array.of(-0.01), Float64Array.of(0.01)], {
      steps: 2000,
      mobility: 0.05,
    });
    // Two kinds at +-a are at rest where the pull of capacity, a / K^2, is the push of the other: with q = e^(-2 a^2 / A^2),
    // 2 a q / (A^2 (1 + q)).
    const q = 1 / ((2 * capacity ** 2) / width ** 2 - 1);
    const rest = width * Math.sqrt(-Math.log(q) / 2);
    expect(clouds[0][2000]).toBeCloseTo(-rest, 9);
    expect(clouds[1][2000]).toBeCloseTo(rest, 9);
    expect(Math.max(...mean.map(Math.abs))).toBeLessThan(1e-12);
    expect(Math.max(...mixture.map(Math.abs))).toBeLessThan(1e-12);
    // Where competition reaches farther than capacity they fall together.
    const wide = makeLandscape('competition', 1, { capacity, competition: 2 }, 's');
    const together = mixtureFlow(wide, [Float64Array.of(-1), Float64Array.of(1)], { steps: 2000, mobility: 0.05 });
    expect(together.clouds[1][2000]).toBeLessThan(1e-9);
  });

  it('refuses what it cannot follow', () => {
    const bowl = makeLandscape('bowl', 2, {}, 's');
    const options = { steps: 1, mobility: 1 };
    expect(() => mixtureFlow(bowl, [], options)).toThrow('no clouds; give at least one');
    expect(() => mixtureFlow(bowl, [Float64Array.of(1, 2, 3)], options)).toThrow('cloud 0 has 3 numbers; give rows of 2');
    expect(() => mixtureFlow(bowl, [Float64Array.of(1, 2)], { ...options, steps: -1 })).toThrow('-1 steps');
  });
});
