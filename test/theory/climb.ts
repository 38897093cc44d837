import json from '../../scenes/meadow.json';
import { assayedClades, assayedGenomes } from '../../src/analysis/assay/assayed-genomes.ts';
import { effectMetric } from '../../src/analysis/assay/effect-metric.ts';
import { locusSegments } from '../../src/analysis/assay/locus-segments.ts';
import { performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { planAssay, usualAssay } from '../../src/analysis/assay/plan-assay.ts';
import { assayedSlots } from '../../src/analysis/assay/prepare-fork.ts';
import { type AssaySummary, summariseAssay } from '../../src/analysis/assay/summarise-assay.ts';
import { namedStream } from '../../src/math/streams.ts';
import type { EmbodiedPopulation } from '../../src/population/embodied-population.ts';
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
  /** Forks each with bodies shuffled and as they are, without perturbation; a quarter of the others unless told. */
  readonly replays?: number;
  /** Perturbation of a locus in standard deviations of its mutation, and of a weight of the policy. */
  readonly size?: number;
  readonly policySize?: number;
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
  size = usualAssay.size,
  policySize = usualAssay.policySize,
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
  const metric = effectMetric(population as EmbodiedPopulation, assayedSlots(population));
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const question = { population: 'foragers', ticks: horizon, size, policySize, clades };
  const results = planAssay({ seed, forks, replays }).map((fork) => performAssayFork(snapshot, { ...question, ...fork }));
  return summariseAssay(results, genomes, clades, segments, namedStream(seed, 'climb'), metric);
}
