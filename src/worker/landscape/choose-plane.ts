import { dot } from '../../analysis/lab/direction.ts';
import { type GenomeRows, meanGenome } from '../../analysis/lab/genetic-covariance.ts';
import { mainDirection } from '../../analysis/lab/main-direction.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import { GenomePlane } from './genome-plane.ts';
import { genomeRows } from './genome-rows.ts';

/** The axes of the plane of genome space that is shown: two loci, or the gradient at the mean and the main direction of G across it. */
export type PlaneChoice = { readonly kind: 'loci'; readonly x: number; readonly y: number } | { readonly kind: 'gradient' };

const unit = (dimensions: number, locus: number): Float64Array => {
  const axis = new Float64Array(dimensions);
  if (locus < dimensions) axis[locus] = 1;
  return axis;
};

/**
 * The plane of a choice, for the present population, showing the population, the optimum and the path between them.
 * If the gradient is 0, the plane of the gradient begins with the first locus.
 * @throws {Error} for loci that do not exist, or one locus twice
 */
export function choosePlane(simulation: LandscapeSimulation, choice: PlaneChoice): GenomePlane {
  const [population] = simulation.populations;
  const { dimensions } = population;
  simulation.habitat.logFitness(population);
  const genomes = genomeRows(population);
  const mean = meanGenome(genomes);
  const plane = choice.kind === 'loci' ? ofLoci(dimensions, choice) : ofGradient();
  const optimum = simulation.habitat.landscape.optimum?.();
  const spread = Math.sqrt(varianceAlong(genomes, mean, plane.along) + varianceAlong(genomes, mean, plane.across));
  plane.show(optimum ? [mean, optimum] : [mean], Math.max(6 * spread, optimum ? 0.5 : 4));
  return plane;

  function ofGradient(): GenomePlane {
    const gradient = new Float64Array(dimensions);
    simulation.habitat.landscape.gradient(mean, 0, gradient);
    const slope = Math.sqrt(dot(gradient, gradient));
    const along = slope > 0 && slope < Infinity ? gradient.map((value) => value / slope) : unit(dimensions, 0);
    return new GenomePlane(mean, along, mainDirection(genomes, along));
  }
}

/** Variance of genomes along a vector of length 1, around their mean; squared locus units. */
export function varianceAlong({ values, count, stride }: GenomeRows, mean: Float64Array, axis: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < count; row++) {
    let away = 0;
    for (let i = 0; i < mean.length; i++) away += (values[row * stride + i] - mean[i]) * axis[i];
    sum += away * away;
  }
  return sum / count;
}

function ofLoci(dimensions: number, { x, y }: Extract<PlaneChoice, { kind: 'loci' }>): GenomePlane {
  const known = (locus: number) => Number.isInteger(locus) && locus >= 0 && locus < dimensions;
  if (!known(x) || (dimensions > 1 && !known(y))) {
    throw new Error(`plane: loci ${x + 1} and ${y + 1}; this landscape has loci 1 to ${dimensions}`);
  }
  if (dimensions > 1 && x === y) throw new Error(`plane: locus ${x + 1} twice; choose two different loci`);
  return new GenomePlane(new Float64Array(dimensions), unit(dimensions, x), unit(dimensions, dimensions > 1 ? y : 1));
}
