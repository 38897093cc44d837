import { performance } from 'node:perf_hooks';
import { Recorder as TableRecorder } from '../../src/export/table-recorder.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { probesOf } from '../../src/simulation/probes-of.ts';
import type { Simulation } from '../../src/simulation/types.ts';
import { Run } from '../../src/worker/live-run.ts';
import type { Call, Campaign, Row } from './campaign.ts';
import { checkFinite, checkGuards } from './check-world.ts';

/** Some 30 to 60 organisms on ground that feeds them amply. */
const plane = {
  version: 1,
  name: 'soak',
  title: 'Soak',
  ticks: 100_000_000,
  habitat: {
    kind: 'plane',
    width: 64,
    height: 64,
    cell: 8,
    grass: { capacity: 8, regrowth: 0.05, cover: 1, pattern: 'uniform' },
  },
  populations: {
    grazers: {
      founders: 48,
      capacity: 60,
      policy: { hidden: 2 },
      senses: ['grass', 'energy'],
      life: { span: 200, maturity: 10 },
      mechanisms: { mutation: { on: true, deviation: 0.05 } },
    },
  },
};

const landscape = {
  version: 1,
  name: 'soak',
  title: 'Soak',
  ticks: 100_000_000,
  habitat: { kind: 'landscape', form: 'bowl', dimensions: 4, model: 'wright-fisher' },
  populations: { line: { founders: 40, mechanisms: { mutation: { on: true, deviation: 0.02 } } } },
};

/** A world under way, with what watches it. */
interface Soaked {
  readonly world: Simulation;
  step(): void;
  dispose(): void;
}

interface SoakTarget {
  readonly name: string;
  readonly title: string;
  start(scene: Scene, seed: string): Soaked;
  readonly scene: unknown;
}

const bare = (scene: Scene, seed: string): Soaked => {
  const world = createSimulation(scene, seed);
  return { world, step: () => void world.step(), dispose: () => world.dispose() };
};

const asPage = (scene: Scene, seed: string): Soaked => {
  const run = Run.found(scene, seed, []);
  return { world: run.world, step: () => void run.step(), dispose: () => run.dispose() };
};

const asRun = (scene: Scene, seed: string): Soaked => {
  const world = createSimulation(scene, seed);
  const recorder = new TableRecorder(world, {
    every: 100,
    genomes: 'living',
    csv: false,
    runId: 'soak',
    probes: probesOf(world),
    // What is written goes nowhere.
    open: () => () => {},
  });
  const stop = world.observe(recorder);
  return {
    world,
    step: () => void world.step(),
    dispose() {
      stop();
      world.dispose();
    },
  };
};

const targets: readonly SoakTarget[] = [
  { name: 'bare', title: 'a small world in the plane, by itself', start: bare, scene: plane },
  { name: 'page', title: 'the same with record, series and accounts, as the page runs it', start: asPage, scene: plane },
  { name: 'headless', title: 'the same with tables, as the command line runs it', start: asRun, scene: plane },
  { name: 'landscape', title: 'a small population on a landscape, as the page runs it', start: asPage, scene: landscape },
];

/** What is measured at the end of a tenth of the ticks. */
interface Decile {
  readonly tick: number;
  /** Processor time a tick over this tenth, microseconds. */
  readonly microseconds: number;
  readonly rss: number;
  readonly heap: number;
  readonly arena: number;
}

/**
 * Memory may grow by this from the third tenth to the last, and by this share of what it was: collectors are lazy, and within the first
 * 100,000 ticks tables gather their first groups of rows (40 MB measured).
 */
const growth = { bytes: 48 * 2 ** 20, share: 0.25 };
/** Processor time a tick may grow by this factor; where a tenth takes less than a second nothing is judged. */
const slower = 2;
const judged = 1e6;

/** Long runs of small worlds: memory and cost stay as they are. */
export const soak: Campaign = {
  name: 'soak',
  title: 'memory and cost of a tick stay flat over a long run',
  unit: 'ticks of each target',
  usualSize: 200_000,
  targets,
  async run(call) {
    const rows: Row[] = [];
    for (const target of targets) if (call.targets.includes(target.name)) rows.push(soakTarget(call, target));
    return rows;
  },
};

function soakTarget({ seed, size, print, failures }: Call, target: SoakTarget): Row {
  const scene = parseScene(target.scene, 'soak');
  const before = performance.now();
  let worlds = 1;
  let soaked = target.start(scene, seed);
  const deciles: Decile[] = [];
  const problems: string[] = [];
  try {
    for (let tenth = 1; tenth <= 10; tenth++) {
      const from = Math.floor((size * (tenth - 1)) / 10);
      const to = Math.floor((size * tenth) / 10);
      const start = process.cpuUsage();
      for (let tick = from; tick < to; tick++) {
        soaked.step();
        if (soaked.world.status === 'running') continue;
        // Another world goes on in its place; what it leaves behind counts.
        soaked.dispose();
        soaked = target.start(scene, `${seed}/${++worlds}`);
      }
      const { user, system } = process.cpuUsage(start);
      checkFinite(soaked.world);
      checkGuards(soaked.world);
      globalThis.gc?.();
      const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
      const decile = {
        tick: to,
        microseconds: (user + system) / Math.max(1, to - from),
        rss,
        heap: heapUsed + arrayBuffers,
        arena: soaked.world.bytes,
      };
      deciles.push(decile);
      print(`${target.name} ${describe(decile)}, ${soaked.world.populations.reduce((sum, { count }) => sum + count, 0)} living`);
    }
    problems.push(...judge(deciles, size));
  } catch (error) {
    problems.push((error as Error).message);
  } finally {
    soaked.dispose();
  }
  for (const problem of problems) failures.add({ target: target.name, index: 0, problem });
  const seconds = (performance.now() - before) / 1000;
  const note = `${size} ticks, ${worlds} ${worlds === 1 ? 'world' : 'worlds'}`;
  return {
    target: target.name,
    cases: 1,
    refused: undefined,
    accepted: problems.length === 0 ? 1 : 0,
    failures: problems.length,
    seconds,
    slowest: { index: 0, milliseconds: 1000 * seconds },
    note,
  };
}

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

const describe = ({ tick, microseconds, rss, heap, arena }: Decile) =>
  `tick ${tick}: ${microseconds.toFixed(1)} us/tick, rss ${megabytes(rss)} MB, heap and buffers ${megabytes(heap)} MB, arena ${megabytes(arena)} MB`;

/** What has grown from the third tenth, when everything is warm, to the last. */
function judge(deciles: readonly Decile[], size: number): string[] {
  const [early, late] = [deciles[2], deciles[9]];
  const problems: string[] = [];
  for (const [key, name] of [
    ['rss', 'resident memory'],
    ['heap', 'heap and buffers'],
    ['arena', 'the arena'],
  ] as const) {
    if (late[key] - early[key] > growth.bytes + growth.share * early[key]) {
      problems.push(
        `${name} grows from ${megabytes(early[key])} to ${megabytes(late[key])} MB between tick ${early.tick} and ${late.tick}`,
      );
    }
  }
  if ((early.microseconds * size) / 10 > judged && late.microseconds > slower * early.microseconds) {
    problems.push(`a tick takes ${early.microseconds.toFixed(1)} us at first and ${late.microseconds.toFixed(1)} us in the end`);
  }
  return problems;
}
