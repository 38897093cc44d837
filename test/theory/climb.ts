import json from '../../scenes/meadow.json';
import { assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { CladeTracker } from '../../src/analysis/assay/clade-tracker.ts';
import { performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { type AssaySummary, summariseAssay } from '../../src/analysis/assay/summarise-assay.ts';
import { namedStream } from '../../src/math/streams.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation } from '../../src/simulation/create.ts';

export interface ClimbCase {
  readonly seed: string;
  /** Side of the meadow; the scene's own is 768. */
  readonly side: number;
  /** Tick of the assay, ticks that clades are old then, and its horizon. */
  readonly tick: number;
  readonly age: number;
  readonly horizon: number;
  readonly forks: number;
  /** Perturbation of a locus in standard deviations of its mutation. */
  readonly size: number;
  /** Parameters changed before tick 0. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** An assay of the foragers of `meadow`, bodies dealt anew in each fork. */
export function climb({ seed, side, tick, age, horizon, forks, size, set = {} }: ClimbCase): AssaySummary {
  const all = {
    'habitat.width': side,
    'habitat.height': side,
    'populations.foragers.founders': Math.round(3000 * (side / 768) ** 2),
    ...set,
  };
  const changes = Object.entries(all).map(([path, value]) => ({ path, value }));
  const scene = applyChanges(parseScene(json, 'meadow'), changes, { atStart: true });
  const simulation = createSimulation(scene, seed);
  simulation.step(tick - age);
  const [population] = simulation.populations;
  const tracker = new CladeTracker(simulation, population);
  simulation.observe(tracker);
  simulation.step(age);
  const clades = tracker.clades();
  const genomes = assayedGenomes(population);
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const question = { population: 'foragers', ticks: horizon, size, reshuffled: true, clades };
  const results = Array.from({ length: forks }, (_, f) => performAssayFork(snapshot, { ...question, seed: `${seed}/${f}` }));
  return summariseAssay(results, genomes, clades, namedStream(seed, 'climb'));
}
