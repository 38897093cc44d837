import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import { genomeRows } from './genome-rows.ts';

/** Genomes of living organisms, for a picture of them. */
export interface GenomePicture {
  /** Loci of one genome after the other, as they are expressed. */
  readonly values: Float32Array;
  readonly dimensions: number;
  /** Number of the living, from which those of the picture are taken evenly. */
  readonly count: number;
  /** Where loci near 0 are left open: up to this distance; otherwise 0. */
  readonly open: number;
}

/** Genomes of at most this many living organisms, evenly over the rows of the table; it only reads. */
export function genomePicture({ scene, populations: [population] }: LandscapeSimulation, most: number): GenomePicture {
  const { values, count, stride, dimensions } = genomeRows(population);
  const shown = Math.min(count, most);
  const taken = new Float32Array(shown * dimensions);
  for (let i = 0; i < shown; i++) {
    const at = Math.floor((i * count) / shown) * stride;
    for (let k = 0; k < dimensions; k++) taken[i * dimensions + k] = values[at + k];
  }
  const { form, forms } = scene.habitat;
  const open = form === 'needle' ? (forms.needle as { open: number }).open : 0;
  return { values: taken, dimensions, count, open };
}
