import { NeutralShadow } from '../../src/analysis/neutral-shadow.ts';
import { namedStream } from '../../src/math/streams.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';

/**
 * The share of the living that a lineage of evolved genomes holds against founders, and that under the neutral shadow of the
 * run.
 */
export interface ContestResult {
  /** Share of the living that descend from evolved genomes. */
  readonly share: number;
  /** The same share under the neutral shadow: same births and deaths, random parents. */
  readonly shadow: number;
}

/**
 * The share that evolved genomes hold after some ticks in a fresh world, half of whose founders have evolved genomes, drawn
 * with replacement, and half their own. With `others` the other half have such genomes instead of their own. The bodies that
 * get evolved genomes are drawn, so that place and age do not matter.
 */
export function contest(scene: Scene, seed: string, evolved: Float32Array, ticks: number, others?: Float32Array): ContestResult {
  const simulation = createSimulation(scene, seed);
  const [population] = simulation.populations;
  const { stride } = population.layout;
  const stream = namedStream(seed, 'contest');
  const rows = Array.from({ length: population.count }, (_, row) => row);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  const chosen = rows.slice(0, rows.length >> 1);
  const marked = new Set<number>();
  for (const row of chosen) {
    const kind = stream.integer(evolved.length / stride);
    implantGenomes(population, [row], evolved.subarray(kind * stride, (kind + 1) * stride));
    marked.add(population.table.f64('founder')[row]);
  }
  for (const row of others ? rows.slice(rows.length >> 1) : []) {
    const kind = stream.integer((others as Float32Array).length / stride);
    implantGenomes(population, [row], (others as Float32Array).subarray(kind * stride, (kind + 1) * stride));
  }
  const shadow = new NeutralShadow(simulation, population, 0.5, namedStream(seed, 'shadow'));
  simulation.observe(shadow);
  simulation.step(ticks);
  const founder = population.table.f64('founder').subarray(0, population.count);
  const share = founder.reduce((sum, id) => sum + (marked.has(id) ? 1 : 0), 0) / population.count;
  const result = { share, shadow: shadow.share() };
  simulation.dispose();
  return result;
}
