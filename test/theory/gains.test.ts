import { afterAll, describe, expect, it } from 'vitest';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { namedStream } from '../../src/math/streams.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { followClimb } from './gains.ts';
import { perLocus, slopeScene, slopeWorlds } from './locus-gradient.ts';

// Theory, section 8. On a linear landscape b = a T, a the slope and T the horizon in generations, so gains divided by T are a D, the rise of mean log
// fitness that the displacement D is: whatever spreads the copies, and in diploids summed over both haplotypes.
describe.each(slopeWorlds)('on a slope, %s', (name, world) => {
  const simulation = createSimulation(slopeScene(world), 'gains');
  const [population] = simulation.populations;
  const log = followClimb(simulation, { ticks: [5, 10, 15], horizon: 10, forks: 12, size: 2, seed: 'gains', lines: true });
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

  it('a line is split into what changed along it and what came from others, which is nothing in clones', () => {
    const [organism] = population.table.f64('id');
    const line = log.line(organism, namedStream('gains', 'line')) ?? [];
    expect(line.map(({ from, to }) => [from, to])).toEqual(log.intervals.map(({ from, to }) => [from, to]));
    let others = 0;
    for (const { gains } of line) {
      const [change, own, outside] = gains.segments[0].parts;
      expect([change.part, own.part, outside.part]).toEqual(['change', 'own line', 'outside']);
      expect(own.gain + outside.gain).toBeCloseTo(change.gain, 9);
      others += outside.length;
      const split = gains.segments[0].parts.filter(({ account }) => account === 'own line');
      expect(split.reduce((sum, one) => sum + one.gain, 0)).toBeCloseTo(own.gain, 9);
      // Nothing is edited by hand.
      expect(split.find(({ part }) => part === 'other')?.length).toBeLessThan(1e-6);
    }
    // Whether a child has loci of others is the world's, not the line's: without sex and transfer none has.
    expect(others > 0).toBe(name !== 'clones');
    expect(log.line(-1, namedStream('gains', 'none'))).toBeUndefined();
  });

  it('a tick is a generation', () => {
    for (const { horizonGenerations, generations } of log.intervals) {
      expect(horizonGenerations).toBeCloseTo(10, 6);
      expect(generations).toBeCloseTo(5, 6);
    }
  });

  afterAll(() => simulation.dispose());
});

it('what mutation adds up to has no null of random steps where it favours one sign', () => {
  const [[, world]] = slopeWorlds;
  const percentiles = [0.5, 1].map((upward) => {
    const scene = structuredClone(slopeScene(world));
    Object.assign(Object.values(scene.populations)[0].mechanisms.mutation, { upward });
    const simulation = createSimulation(scene, 'directed');
    const log = followClimb(simulation, { ticks: [5, 10], horizon: 10, forks: 6, size: 2, seed: 'directed', lines: false });
    const { parts } = log.intervals[0].subjects[0].segments[0];
    simulation.dispose();
    return ['change', 'mutation'].map((part) => parts.find((one) => one.part === part)?.percentile ?? Number.NaN);
  });
  expect(percentiles.map((both) => both.map(Number.isNaN))).toEqual([
    [false, false],
    [false, true],
  ]);
});
