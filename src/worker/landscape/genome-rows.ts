import type { GenomeRows } from '../../analysis/lab/genetic-covariance.ts';
import type { LandscapePopulation } from '../../habitat/landscape/landscape-population.ts';

/** The expressed genomes of the living; valid until the next step. */
export const genomeRows = ({ table, layout, dimensions }: LandscapePopulation): GenomeRows => ({
  values: table.f32('genome'),
  count: table.count,
  stride: layout.stride,
  dimensions,
});
