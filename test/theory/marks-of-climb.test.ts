import { expect, it } from 'vitest';
import json from '../../scenes/marks.json';
import { sumGains } from '../../src/experiment/describe-gains.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { followClimb } from './gains.ts';

const ticks = [20, 26, 32];

/** Mean over the living of what they have learned beyond their genes, by locus. */
function meanLearned({ populations: [{ table, layout, count }] }: Simulation): number[] {
  const [weights, genome] = [table.f32('weights'), table.f32('genome')];
  return layout.loci.map(({ slot }) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += weights[row * layout.stride + slot] - genome[row * layout.stride + slot];
    return sum / count;
  });
}

function climbOf(on: boolean) {
  const scene = applyChanges(
    parseScene(json, 'marks'),
    [{ path: 'populations.line.mechanisms.epigenetic-marks.on', value: on }],
    { atStart: true },
  );
  const simulation = createSimulation(scene, 'marks');
  const seen = new Map<number, number[]>();
  simulation.observe({ afterTick: (world) => ticks.includes(world.tick) && seen.set(world.tick, meanLearned(world)) });
  const log = followClimb(simulation, { ticks, horizon: 3, forks: 8, size: 1, seed: 'marks', lines: true });
  simulation.dispose();
  return { log, seen };
}

// Theory, sections 5 and 8. Genomes of a climb exclude what is learned. Where marks pass it on, what is expressed moves by the genomes and by the change of the mean of
// what was acquired, exactly.
it('what marks pass on is a part of its own, beside the change of genomes', () => {
  const { log, seen } = climbOf(true);
  for (const { from, to, parts } of log.intervals) {
    const [before, after] = [seen.get(from), seen.get(to)] as number[][];
    const learned = parts.find(({ part }) => part === 'learning');
    expect(learned?.account).toBe('expressed');
    for (const [l, value] of [...(learned as { step: Float64Array }).step].entries()) {
      expect(Math.abs(value - (after[l] - before[l]))).toBeLessThan(1e-6);
    }
    expect(Math.max(...(learned as { step: Float64Array }).step.map(Math.abs))).toBeGreaterThan(0.05);
    // It is no cause of the change of genomes.
    for (let l = 0; l < before.length; l++) {
      const sum = (account: string) =>
        parts.filter((one) => one.account === account).reduce((total, { step }) => total + step[l], 0);
      expect(Math.abs(sum('causes') - sum('change'))).toBeLessThan(1e-9);
    }
  }
  const steps = log.intervals.map(({ subjects: [gains], horizonGenerations }) => ({ gains, horizonGenerations }));
  expect(Number.isFinite(sumGains(steps, 'everything', 'learning').gain)).toBe(true);
});

it('without marks what is learned dies with the bodies, and has no part', () => {
  expect(climbOf(false).log.intervals.flatMap(({ parts }) => parts.filter(({ part }) => part === 'learning'))).toEqual([]);
});
