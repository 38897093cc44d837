import { describe, expect, test } from 'vitest';
import { performRun, runTask } from '../../../src/experiment/perform-run.ts';
import { ResultError, readRunResult, writeRunResult } from '../../../src/experiment/run-result.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { probesOf } from '../../../src/simulation/probes-of.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { smallPlan, sweepOf } from './small-plan.ts';

const joined = (chunks: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(chunks));

/** What probes say of a world at some ticks, tick by tick. */
function sampleNaively(simulation: Simulation, ids: readonly string[], ticks: readonly number[]): number[] {
  const samplers = probesOf(simulation)
    .filter(({ id }) => ids.includes(id))
    .map((probe) => probe.start(simulation));
  for (const sampler of samplers) if (sampler.afterTick) simulation.observe(sampler as Required<typeof sampler>);
  return ticks.flatMap((tick) => {
    while (simulation.tick < tick) simulation.step(1);
    return samplers.flatMap((sampler) => sampler.sample(simulation));
  });
}

describe('a run', () => {
  const sweep = sweepOf({ ...smallPlan, ticks: 50 });

  test('leaves what its probes say and how it ended, the same every time', () => {
    const task = runTask(sweep, sweep.runs[4]);
    const result = performRun(task);
    const world = createSimulation(task.scene, task.seed);
    expect([...result.probes.ticks]).toEqual([0, 20, 40, 50]);
    expect([...result.probes.values]).toEqual(
      sampleNaively(
        world,
        probesOf(world).map(({ id }) => id),
        [0, 20, 40, 50],
      ),
    );
    expect(result.summary).toMatchObject({ hash: world.hash(), ticks: 50, seed: task.seed, seconds: null });
    expect(joined(writeRunResult(performRun(task)))).toEqual(joined(writeRunResult(result)));
  });

  test('makes the changes of the plan', () => {
    const changed = sweepOf({ ...smallPlan, changes: [{ at: 10, path: 'habitat.grass.regrowth', value: 0 }] });
    const task = runTask(changed, changed.runs[0]);
    const world = createSimulation(task.scene, task.seed);
    world.step(10);
    world.set('habitat.grass.regrowth', 0);
    world.step(50);
    expect(performRun(task).summary.hash).toBe(world.hash());
  });

  test('keeps tables that are asked for, and the world does not depend on it', () => {
    const keeping = sweepOf({ ...smallPlan, keep: ['organisms', 'census'] });
    const task = runTask(keeping, keeping.runs[0]);
    const result = performRun(task);
    expect(Object.keys(result.tables)).toEqual(['census', 'organisms']);
    expect(Object.keys(result.summary.rows).sort()).toEqual(['census', 'organisms']);
    for (const bytes of Object.values(result.tables)) expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('PAR1');
    expect(result.summary.hash).toBe(performRun({ ...task, keep: [] }).summary.hash);
    expect(performRun(task).tables).toEqual(result.tables);
  });

  test('of a world that dies is sampled to the end: nobody lives', () => {
    const dead = sweepOf({
      ...smallPlan,
      set: { 'habitat.grass.capacity': 0, 'habitat.fruit.capacity': 0 },
      ticks: 1000,
      every: 250,
    });
    const { summary, probes } = performRun(runTask(dead, dead.runs[0]));
    expect(summary.extinct).toBe(true);
    expect(summary.ticks).toBeLessThan(900);
    expect([...probes.ticks]).toEqual([0, 250, 500, 750, 1000]);
    const living = probes.measures.findIndex(({ name }) => name === 'grazers.population');
    expect(probes.values[4 * probes.measures.length + living]).toBe(0);
  });
});

describe('the file of a result', () => {
  const sweep = sweepOf({ ...smallPlan, keep: ['organisms'] });
  const result = performRun(runTask(sweep, sweep.runs[0]));
  const bytes = joined(writeRunResult(result));

  test('reads back to the bit', () => {
    expect(readRunResult(bytes)).toEqual(result);
  });

  test('cut off or changed anywhere, it is refused', () => {
    for (const length of [0, 5, 20, 100, bytes.length - 1]) {
      expect(() => readRunResult(bytes.slice(0, length))).toThrow(ResultError);
    }
    for (let at = 0; at < bytes.length; at += 97) {
      const broken = bytes.slice();
      broken[at] ^= 1;
      expect(() => readRunResult(broken), `byte ${at}`).toThrow(ResultError);
    }
  });
});

test('a run that cannot begin says why', () => {
  const sweep = sweepOf(smallPlan);
  const task = runTask(sweep, sweep.runs[0]);
  expect(() => performRun({ ...task, seed: 'x'.repeat(201) })).toThrow(/seed/);
});
