import { expect, test } from 'vitest';
import { calibrate } from '../../../src/experiment/calibrate.ts';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { writeRunResult } from '../../../src/experiment/run-result.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { smallPlan, sweepOf } from './small-plan.ts';

test('tells bytes of results and worlds, and time by the clock that it is given', () => {
  const sweep = sweepOf({ ...smallPlan, vary: { 'populations.grazers.capacity': [100, 4000, 200] }, ticks: 400 });
  let looks = 0;
  // Every look is 50 ms later: each trial seems to take that long, whatever its ticks.
  const { secondsPerRun, bytesPerRun, worldBytes } = calibrate(sweep, () => 50 * looks++);
  const bytes = writeRunResult(performRun(runTask(sweep, sweep.runs[0]))).reduce((sum, { length }) => sum + length, 0);
  expect(bytesPerRun).toBeGreaterThan(0.9 * bytes);
  expect(bytesPerRun).toBeLessThan(1.1 * bytes);
  expect(secondsPerRun).toBeCloseTo(0.05, 5);
  expect(worldBytes).toBe((createSimulation(sweep.cells[1].scene, 'x') as PlaneSimulation).bytes);
});

test('finds the largest world whatever varies, in worlds of every habitat', () => {
  const vary = {
    'populations.grazers.capacity': [100, 2000],
    'habitat.width': [128, 64],
    'populations.grazers.policy.hidden': [2, 12, 8],
  };
  const sweep = sweepOf({ ...smallPlan, vary, ticks: 8 });
  let looks = 0;
  const { worldBytes } = calibrate(sweep, () => 300 * looks++);
  const sizes = sweep.cells.map(({ scene }) => {
    const world = createSimulation(scene, 'x');
    const { bytes } = world;
    world.dispose();
    return bytes;
  });
  expect(worldBytes).toBe(Math.max(...sizes));
  expect(new Set(sizes).size).toBeGreaterThan(3);
});
