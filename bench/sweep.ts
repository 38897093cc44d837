import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Long enough that what comes before the first run counts for little, small enough that two fit into any cache. */
const small = { 'populations.foragers.founders': 600, 'habitat.width': 256, 'habitat.height': 256 };
const long = { version: 1, name: 'long', scene: 'meadow', set: small, seeds: '1..24', ticks: 3000, every: 500 };

/** Of several rounds the fastest counts, so that what else the machine does is told apart from what the program costs. */
const rounds = 2;

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** What a sweep costs beyond its simulations, and what a second thread is worth. */
export async function benchSweep(): Promise<void> {
  execFileSync(process.execPath, ['scripts/build.mjs', 'cli']);
  const place = mkdtempSync(join(tmpdir(), 'upslope-bench-'));
  const file = join(place, 'plan.json');
  let folders = 0;
  /** Makes all runs of the plan in a process of its own. */
  const sweep = (jobs: number) =>
    new Promise<void>((resolve, reject) => {
      const flags = ['--out', join(place, String(folders++)), '--jobs', String(jobs)];
      const child = spawn(process.execPath, [program, 'sweep', file, ...flags], { stdio: 'ignore' });
      child.once('error', reject);
      child.once('close', (status) => (status === 0 ? resolve() : reject(new Error(`the sweep ended with status ${status}`))));
    });
  try {
    const plan = { version: 1, name: 'tiny', scene: tiny, seeds: `1..${runs}`, ticks, every: ticks };
    writeFileSync(file, JSON.stringify(plan));
    simulate(plan);
    const [alone, whole] = await fastest([() => simulate(plan), () => sweep(1)]);
    const overhead = (1000 * (whole - alone)) / runs;
    const simulation = (1000 * alone) / runs;
    console.log(
      `sweep, ${runs} tiny runs, one thread`.padEnd(46),
      `${overhead.toFixed(2)} ms a run beyond its simulation of ${simulation.toFixed(2)} ms`,
    );
    if (availableParallelism() < 2) return;
    writeFileSync(file, JSON.stringify(long));
    // Two processes that share nothing but the machine, each with all the work: no pool of threads can do better.
    const [one, two, apart] = await fastest([() => sweep(1), () => sweep(2), () => Promise.all([sweep(1), sweep(1)])]);
    console.log(
      'sweep, 24 runs of a small meadow'.padEnd(46),
      `two threads ${(one / two).toFixed(2)} times as fast as one; two processes apart ${((2 * one) / apart).toFixed(2)}${busy(await coresBusy(() => sweep(2)))}`,
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Shortest time of each of some works, which take turns. */
async function fastest(works: readonly (() => unknown)[]): Promise<number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [i, work] of works.entries()) best[i] = Math.min(best[i], await seconds(work));
  }
  return best;
}

const busy = (cores: number | undefined) => (cores === undefined ? '' : `; two threads keep ${cores.toFixed(2)} cores busy`);

/**
 * Cores that the children of this process kept busy meanwhile: processor time over time by the clock, which does not hang on how fast two
 * cores are that share a machine with others. Undefined where the system does not tell.
 */
async function coresBusy(work: () => unknown): Promise<number | undefined> {
  if (!existsSync('/proc/self/stat')) return undefined;
  // Fields 16 and 17: time of children that ended, in hundredths of a second, counted behind the name in brackets.
  const spent = () => {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  };
  const before = spent();
  const wall = await seconds(work);
  return (spent() - before) / wall;
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
