import { performAssayFork } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { performContest } from '../../../src/analysis/tournament/contest.ts';
import { performRun } from '../../../src/experiment/perform-run.ts';
import { fillUnwrittenBytes, type UnwrittenBytes } from '../../../src/kernel/memory.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';

/** What one scene comes to, by the way in which it was run; all values are equal where nothing that ran before matters. */
export interface OrderOutcome {
  readonly scene: string;
  readonly values: Readonly<Record<string, string>>;
  readonly equal: boolean;
}

const digestOf = (numbers: Iterable<number>) => {
  let digest = 0;
  const words = new Uint32Array(Float64Array.from(numbers).buffer);
  for (const word of words) digest = (Math.imul(digest ^ word, 0x85ebca6b) + 0x9e3779b9) | 0;
  return (digest >>> 0).toString(16);
};

/** A few ticks of another world, whose memory then goes back to the pool full of its numbers. */
function runBefore(scene: Scene, seed: string): void {
  const simulation = createSimulation(scene, seed);
  simulation.step(12);
  simulation.dispose();
}

function hashOf(scene: Scene, seed: string, ticks: number): string {
  const simulation = createSimulation(scene, seed);
  try {
    simulation.step(ticks);
    return simulation.hash();
  } finally {
    simulation.dispose();
  }
}

/** The same through a snapshot taken half-way, and through a fork of what it restores. */
function hashThroughSnapshot(scene: Scene, seed: string, ticks: number): string {
  const half = ticks >> 1;
  const first = createSimulation(scene, seed);
  first.step(half);
  const snapshot = first.snapshot();
  first.dispose();
  const second = simulationFromSnapshot(snapshot);
  const third = second.fork();
  second.dispose();
  try {
    third.step(ticks - third.tick);
    return third.hash();
  } finally {
    third.dispose();
  }
}

/** Digest of everything that a fork of an assay of the world at half of the ticks says; '' where too few live. */
function assayOf(scene: Scene, seed: string, ticks: number): string {
  const simulation = createSimulation(scene, seed);
  simulation.step(ticks >> 1);
  const [population] = simulation.populations;
  const { count, name } = population;
  const snapshot = count < 2 ? undefined : simulation.snapshot();
  const clades = Float64Array.from({ length: count }, (_, k) => k % 5);
  simulation.dispose();
  if (snapshot === undefined) return '';
  const fork = { population: name, ticks: ticks >> 1, size: 0.05, kind: 'perturbed' as const, seed: `${seed} fork`, clades };
  const result = performAssayFork(snapshot, fork);
  return digestOf([result.gradient, result.between, result.within, result.neutralWithin].flatMap((part) => [...part]));
}

/** Margin of a contest between the genomes of two founders. */
function contestOf(scene: Scene, seed: string, ticks: number): string {
  const simulation = createSimulation(scene, seed);
  const [population] = simulation.populations;
  const genomes = population.count < 2 ? undefined : [population.genomeOf(0), population.genomeOf(1)];
  const { name } = population;
  simulation.dispose();
  if (genomes === undefined) return '';
  return String(performContest({ scene, seed, population: name, first: genomes[0], second: genomes[1], ticks: ticks >> 1 }));
}

const filled = <T>(by: UnwrittenBytes, work: () => T): T => {
  fillUnwrittenBytes(by);
  try {
    return work();
  } finally {
    fillUnwrittenBytes('zeros');
  }
};

/**
 * Runs a scene as the first world and after others, alone and as sweeps, assays and tournaments do, with memory that holds zeros, NaN
 * and random bits where nothing was written: each kind of result has to be the same every time.
 * @param before scenes whose worlds are run, and whose memory is given back, before each further time
 */
export function checkOrder(name: string, scene: Scene, before: readonly Scene[], seed: string, ticks: number): OrderOutcome[] {
  const kinds: Readonly<Record<string, () => string>> = {
    world: () => hashOf(scene, seed, ticks),
    assay: () => assayOf(scene, seed, ticks),
    contest: () => contestOf(scene, seed, ticks),
  };
  const task = { id: 'order', scene, seed, changes: [], ticks, every: Math.max(1, ticks >> 2), keep: [] };
  const further: Readonly<Record<string, () => string>> = {
    snapshot: () => hashThroughSnapshot(scene, seed, ticks),
    sweep: () => performRun(task).summary.hash,
  };
  return Object.entries(kinds).map(([kind, result]) => {
    const values: Record<string, string> = { first: result() };
    const again = (how: string, work: () => string) => {
      for (const other of before) runBefore(other, seed);
      values[how] = work();
    };
    again('after others', result);
    again('NaN', () => filled('nan', result));
    again('random bits', () => filled('random', result));
    if (kind === 'world') for (const [how, work] of Object.entries(further)) again(how, () => filled('nan', work));
    return { scene: `${name} ${kind}`, values, equal: new Set(Object.values(values)).size === 1 };
  });
}
