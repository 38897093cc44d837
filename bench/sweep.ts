import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandPlan, type Sweep } from '../src/runs/expand-plan.ts';
import { readPlan } from '../src/runs/plan.ts';
import { readSceneText } from '../src/scene/parse.ts';
import { createSimulation } from '../src/simulation/create.ts';

const runs = 1000;
const ticks = 20;
const program = 'dist/cli/upslope.js';

/** A world of two dozen organisms for twenty ticks: little more than what a run costs besides its ticks. */
const tiny = {
  version: 1,
  name: 'tiny',
  title: 'Tiny',
  habitat: { kind: 'plane', width: 64, height: 64 },
  populations: { grazers: { founders: 24, capacity: 100, policy: { hidden: 2 } } },
};

/** Long enough that a thread's start does not count, small enough that two fit into any cache. */
const long = { version: 1, name: 'long', scene: 'bloom', set: {}, seeds: '1..12', ticks: 600, every: 100 };

const seconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
};

/** What a sweep costs beyond its simulations, and what a second thread is worth. */
export function benchSweep(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', 'cli']);
  const place = mkdtempSync(join(tmpdir(), 'upslope-bench-'));
  try {
    const sweep = (plan: Record<string, unknown>, name: string, jobs: number) => {
      const file = join(place, 'plan.json');
      writeFileSync(file, JSON.stringify(plan));
      return seconds(() => {
        const flags = ['--out', join(place, name), '--jobs', String(jobs)];
        const { status, stderr } = spawnSync(process.execPath, [program, 'sweep', file, ...flags], { encoding: 'utf8' });
        if (status !== 0) throw new Error(stderr);
      });
    };
    const plan = { version: 1, name: 'tiny', scene: tiny, seeds: `1..${runs}`, ticks, every: ticks };
    simulate(plan);
    const alone = seconds(() => simulate(plan));
    const whole = sweep(plan, 'tiny', 1);
    const overhead = (1000 * (whole - alone)) / runs;
    const simulation = (1000 * alone) / runs;
    console.log(
      `sweep, ${runs} tiny runs, one thread`.padEnd(46),
      `${overhead.toFixed(2)} ms a run beyond its simulation of ${simulation.toFixed(2)} ms`,
    );
    if (availableParallelism() < 2) return;
    const one = sweep(long, 'one', 1);
    const two = sweep(long, 'two', 2);
    console.log('sweep, 12 runs of bloom'.padEnd(46), `two threads ${(one / two).toFixed(2)} times as fast as one`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The same runs without anything around them. */
function simulate(plan: Record<string, unknown>): void {
  const loadScene = (name: string) => readSceneText(readFileSync(`scenes/${name}.json`, 'utf8'), name);
  const { runs: planned }: Sweep = expandPlan(readPlan(plan, 'plan'), loadScene, 'plan');
  for (const { cell, seed } of planned) {
    const simulation = createSimulation(cell.scene, seed);
    simulation.step(ticks);
    simulation.dispose();
  }
}
