// Small landscapes with whole populations on them, for the checks of many mutations in flight.
import { type GenomeRows, geneticCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { type LandscapeAct, withLandscape } from '../../src/analysis/lab/lab-scene.ts';
import type { LandscapePopulation } from '../../src/habitat/landscape/landscape-population.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { implantGenomes } from '../../src/population/implant.ts';
import { parseScene } from '../../src/scene/parse.ts';

export interface World {
  readonly form: string;
  readonly parameters?: Record<string, unknown>;
  readonly dimensions?: number;
  readonly model?: 'wright-fisher' | 'moran' | 'annealing';
  readonly size: number;
  /** Standard deviation of mutation; every locus of a newborn mutates. */
  readonly sigma: number;
  /** h, per locus and tick. */
  readonly transfer?: number;
  readonly start?: { readonly mean?: number; readonly deviation?: number };
  readonly ploidy?: 1 | 2;
  readonly encounters?: number;
  readonly mechanisms?: Record<string, unknown>;
  /** What is recorded, as in a scene. */
  readonly record?: Record<string, unknown>;
}

/** The scene of a world of one population. */
function labScene(world: World): Record<string, unknown> {
  const { form, parameters = {}, dimensions = 1, model = 'wright-fisher', size, sigma, transfer = 0 } = world;
  return {
    version: 1,
    name: 'lab',
    title: 'Lab',
    habitat: {
      kind: 'landscape',
      form,
      dimensions,
      model,
      forms: { [form]: parameters },
      ...(world.encounters === undefined ? {} : { encounters: world.encounters }),
    },
    ...(world.record === undefined ? {} : { record: world.record }),
    populations: {
      line: {
        founders: size,
        start: world.start ?? {},
        genome: { ploidy: world.ploidy ?? 1 },
        mechanisms: {
          mutation: { on: sigma > 0, rate: 1, deviation: sigma },
          transfer: { on: transfer > 0, kind: 'loci', rate: transfer },
          ...world.mechanisms,
        },
      },
    },
  };
}

/** Makes a world, does something with it, and gives its memory back. */
export function withWorld<T>(world: World, seed: string, act: LandscapeAct<T>): T {
  return withLandscape(parseScene(labScene(world), 'lab'), seed, act);
}

/** Gives every organism the genome that `write` puts into a row of zeros, the same on both haplotypes. */
export function rewrite(population: LandscapePopulation, write: (row: number, genome: Float32Array) => void): void {
  const { stride } = population.layout;
  const rows = Array.from({ length: population.count }, (_, row) => row);
  const genomes = new Float32Array(rows.length * population.genomeLength);
  for (const row of rows) {
    const at = row * population.genomeLength;
    write(row, genomes.subarray(at, at + stride));
    for (let h = 1; h < population.ploidy; h++) genomes.copyWithin(at + h * stride, at, at + stride);
  }
  implantGenomes(population, rows, genomes);
}

/** Mean over replicates and its standard error. */
export function estimate(values: readonly number[]): { readonly measured: number; readonly standardError: number } {
  return { measured: mean(values), standardError: standardError(values) };
}

/** Mean variance of the loci, divisor N. */
export function meanVariance(genomes: GenomeRows): number {
  const { dimensions } = genomes;
  const covariance = geneticCovariance(genomes);
  let trace = 0;
  for (let l = 0; l < dimensions; l++) trace += covariance[l * dimensions + l];
  return trace / dimensions;
}
