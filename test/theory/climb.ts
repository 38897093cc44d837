import json from '../../scenes/meadow.json';
import { assayedClades, assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { type AssayKind, performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
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
  /** Forks each with bodies dealt anew and as they are, without perturbation; a quarter of the others unless told. */
  readonly replays?: number;
  /** Perturbation of a locus in standard deviations of its mutation. */
  readonly size: number;
  /** Parameters changed before tick 0. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** An assay of the foragers of `meadow`. */
export function climb({
  seed,
  side,
  tick,
  age,
  horizon,
  forks,
  replays = Math.ceil(forks / 4),
  size,
  set = {},
}: ClimbCase): AssaySummary {
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
  const { trace, end } = simulation.traceOrigins(population, { slots: assayedSlots(population) });
  simulation.step(age);
  const clades = assayedClades(population, trace);
  end();
  const genomes = assayedGenomes(population);
  const segments = locusSegments(population.layout, assayedSlots(population));
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const question = { population: 'foragers', ticks: horizon, size, clades };
  const make = (kind: AssayKind, count: number) =>
    Array.from({ length: count }, (_, f) => performAssayFork(snapshot, { ...question, kind, seed: `${seed}/${kind}/${f}` }));
  const results = [...make('perturbed', forks), ...make('reshuffled', replays), ...make('realised', replays)];
  return summariseAssay(results, genomes, clades, segments, namedStream(seed, 'climb'));
}
