import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandPlan, type Sweep } from '../src/experiment/expand-plan.ts';
import { readPlan } from '../src/experiment/plan.ts';
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
const long = { version: 1, name: 'long', scene: 'meadow', set: small, ticks: 3000, every: 500 };
const longRuns = 64;

/** Of several rounds the fastest counts, so that what else the machine does is distinguished from what the program costs. */
const rounds = 3;

/** What a work took: time by the clock and, where the system reports it, processor time of the processes it started, which have ended. */
interface Cost {
  readonly seconds: number;
  readonly processor: number | undefined;
}

async function costOf(work: () => unknown): Promise<Cost> {
  const [before, started] = [processorSeconds(), performance.now()];
  await work();
  const seconds = (performance.now() - started) / 1000;
  const after = processorSeconds();
  return { seconds, processor: before === undefined || after === undefined ? undefined : after - before };
}

/** Fields 16 and 17 of the process: time of children that ended, in hundredths of a second, counted behind the name in brackets. */
function processorSeconds(): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** What a sweep costs beyond its simulations, and what a second thread is worth. */
export async function benchSweep(): Promise<void> {
  execFileSync(process.execPath, ['scripts/build.mjs', 'cli']);
  const place = mkdtempSync(join(tmpdir(), 'upslope-bench-'));
  const file = join(place, 'plan.json');
  let folders = 0;
  /** Makes all runs of the plan in a process of its own. */
  const sweep = (jobs: number, plan = file) =>
    new Promise<void>((resolve, reject) => {
      const flags = ['--out', join(place, String(folders++)), '--jobs', String(jobs)];
      const child = spawn(process.execPath, [program, 'sweep', plan, ...flags], { stdio: 'ignore' });
      child.once('error', reject);
      child.once('close', (status) => (status === 0 ? resolve() : reject(new Error(`the sweep ended with status ${status}`))));
    });
  try {
    const plan = { version: 1, name: 'tiny', scene: tiny, seeds: `1..${runs}`, ticks, every: ticks };
    writeFileSync(file, JSON.stringify(plan));
    simulate(plan);
    const [alone, whole] = await fastest([() => simulate(plan), () => sweep(1)]);
    const overhead = (1000 * (whole.seconds - alone.seconds)) / runs;
    const simulation = (1000 * alone.seconds) / runs;
    console.log(
      `sweep, ${runs} tiny runs, one thread`.padEnd(46),
      `${overhead.toFixed(2)} ms a run beyond its simulation of ${simulation.toFixed(2)} ms`,
    );
    if (availableParallelism() < 2) return;
    const half = longRuns / 2;
    const [first, second] = [`1..${half}`, `${half + 1}..${longRuns}`].map((seeds, h) => {
      const path = join(place, `half-${h}.json`);
      writeFileSync(path, JSON.stringify({ ...long, seeds }));
      return path;
    });
    writeFileSync(file, JSON.stringify({ ...long, seeds: `1..${longRuns}` }));
    // Two processes that share nothing but the machine, each with half the work: no pool of threads can do better.
    const halves = () => Promise.all([sweep(1, first), sweep(1, second)]);
    const [one, two, apart] = await fastest([() => sweep(1), () => sweep(2), halves]);
    console.log(
      `sweep, ${longRuns} runs of a small meadow`.padEnd(46),
      `two threads ${(one.seconds / two.seconds).toFixed(2)} times as fast as one${busy(one, two)}; two processes ${(one.seconds / apart.seconds).toFixed(2)}`,
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The fastest go at each of some works, which take turns. */
async function fastest(works: readonly (() => unknown)[]): Promise<Cost[]> {
  const best: Cost[] = works.map(() => ({ seconds: Number.POSITIVE_INFINITY, processor: undefined }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, work] of works.entries()) {
      const cost = await costOf(work);
      if (cost.seconds < best[i].seconds) best[i] = cost;
    }
  }
  return best;
}

/**
 * Cores that were kept busy, and the processor time that one and two threads took: unlike the time by the clock these do not hang on
 * how fast two cores are that share a machine with others.
 */
function busy(one: Cost, two: Cost): string {
  if (one.processor === undefined || two.processor === undefined) return '';
  const cores = [one, two].map(({ seconds, processor = 0 }) => (processor / seconds).toFixed(2));
  return ` (processor time ${one.processor.toFixed(1)} and ${two.processor.toFixed(1)} s, ${cores.join(' and ')} cores busy)`;
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
