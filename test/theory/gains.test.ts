import { describe, expect, it } from 'vitest';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from './gains.ts';
import { perLocus, slopeScene, slopeWorlds } from './locus-gradient.ts';

// Theory, section 8. On a linear landscape b = a T, a the slope and T the horizon in generations, so gains divided by T are a D, the rise of mean log
// fitness that the displacement D is: whatever spreads the copies, and in diploids summed over both haplotypes.
describe.each(slopeWorlds)('on a slope, %s', (_, world) => {
  const simulation = createSimulation(slopeScene(world), 'gains');
  const [population] = simulation.populations;
  const log = followClimb(simulation, { ticks: [5, 10, 15], horizon: 10, forks: 12, size: 2, seed: 'gains' });
  const steps = log.intervals.map(({ subjects: [gains], horizonGenerations }) => ({ gains, horizonGenerations }));
  const rise = (part: string) =>
    log.intervals.reduce((sum, { parts }) => {
      const found = parts.find((one) => one.part === part);
      return sum + (found ? perLocus * found.step.reduce((all, value) => all + value, 0) : 0);
    }, 0);

  it('gains a generation, summed over intervals, are the rise of mean log fitness, whole and by cause', () => {
    expect(population.count).toBe(2000);
    for (const part of ['change', 'selection', 'mutation']) {
      const { gain, error } = sumGains(steps, 'everything', part);
      // Noise of the forks, times the displacement: known to within the number of pairs.
      expect(Math.abs(gain - rise(part))).toBeLessThan(4 * error);
    }
  });

  it('a tick is a generation', () => {
    for (const { horizonGenerations, generations } of log.intervals) {
      expect(horizonGenerations).toBeCloseTo(10, 6);
      expect(generations).toBeCloseTo(5, 6);
    }
  });

  simulation.dispose();
});
