import type { AlleleTable } from '../../src/analysis/stats/allele-table.ts';
import type { NamedStream } from '../../src/math/streams.ts';

/** A neutral population whose loci all segregate independently, with two parents that are two organisms, drawn for each offspring. */
export interface LinkedWorld {
  readonly process: 'wright-fisher' | 'moran';
  readonly ploidy: 1 | 2;
  readonly size: number;
  readonly loci: number;
  /** Chance that a copy of a locus becomes a new allele at a birth. */
  readonly mutation: number;
  readonly generations: number;
}

/** All organisms of the population in its last generation. */
export function linkedWorld(stream: NamedStream, world: LinkedWorld): AlleleTable {
  const { process, ploidy, size, loci, mutation, generations } = world;
  const width = ploidy * loci;
  // Founders: every copy an allele of its own.
  let now = Int32Array.from({ length: size * width }, (_, k) => Math.floor(k / width) * ploidy + (Math.floor(k / loci) % ploidy));
  let alleles = size * ploidy;
  const child = new Int32Array(width);
  const born = () => {
    const first = stream.integer(size);
    const second = (first + 1 + stream.integer(size - 1)) % size;
    for (let k = 0; k < width; k++) {
      const locus = k % loci;
      const coin = stream.integer(2);
      // A haploid takes each locus from either parent, a diploid a copy of each from one of its two.
      const from =
        ploidy === 1 ? (coin === 0 ? first : second) * width + locus : (k < loci ? first : second) * width + coin * loci + locus;
      child[k] = stream.uniform() < mutation ? alleles++ : now[from];
    }
    return child;
  };
  for (let generation = 0; generation < generations; generation++) {
    if (process === 'moran') for (let event = 0; event < size; event++) now.set(born(), stream.integer(size) * width);
    else {
      const next = new Int32Array(now.length);
      for (let i = 0; i < size; i++) next.set(born(), i * width);
      now = next;
    }
  }
  return { organisms: size, ploidy, loci, alleles: now };
}
