import type { NamedStream } from '../../math/streams.ts';

/** Random tables of the NK model, interpolated between alleles. `u` are the loci's chances of allele 1. */
export interface NkTables {
  /** Sum over loci of the expected effect, if every locus had allele 1 with its chance in `u`. */
  value(u: Float64Array): number;
  /** Writes the derivatives of `value` by u to `slopes`. */
  differentiate(u: Float64Array, slopes: Float64Array): void;
  /** The same sum for alleles, 0 or 1. */
  valueOf(alleles: Uint8Array): number;
}

/** Loci that each locus's table reads: itself first, then its partners; `loci` rows of partners + 1. */
function drawReaders(loci: number, partners: number, neighbours: 'adjacent' | 'random', stream: NamedStream): Int32Array {
  const readers = new Int32Array(loci * (partners + 1));
  for (let i = 0; i < loci; i++) {
    const others = Array.from({ length: loci - 1 }, (_, k) => (i + 1 + k) % loci);
    if (neighbours === 'random') {
      for (let k = 0; k < partners; k++) {
        const other = k + stream.integer(loci - 1 - k);
        [others[k], others[other]] = [others[other], others[k]];
      }
    }
    readers.set([i, ...others.slice(0, partners)], i * (partners + 1));
  }
  return readers;
}

/**
 * Each locus has a table of 2^(partners + 1) normal effects of standard deviation `scale`, one for every combination of its own
 * allele and its partners'. Interpolation is multilinear; value and derivatives cost O(loci 2^partners).
 */
export function nkTables(
  loci: number,
  partners: number,
  neighbours: 'adjacent' | 'random',
  scale: number,
  stream: NamedStream,
): NkTables {
  const reads = partners + 1;
  const size = 1 << reads;
  const half = size >> 1;
  const readers = drawReaders(loci, partners, neighbours, stream);
  // Entry e of a table: bit k of e is the allele of the k-th locus it reads.
  const effects = Float64Array.from({ length: loci * size }, () => scale * stream.normal());

  // A table is interpolated one locus after the other, each stage half as long as the one before: the first, of 2^partners
  // entries, is at 2^partners, the last, of one entry, at 1.
  const stages = new Float64Array(size);
  /** How strongly the result depends on each entry of `stages`. */
  const weights = new Float64Array(size);

  const interpolate = (locus: number, u: Float64Array): number => {
    const own = u[locus];
    for (let e = 0, from = locus * size; e < half; e++, from += 2) {
      stages[half + e] = effects[from] + own * (effects[from + 1] - effects[from]);
    }
    for (let k = 1, at = half >> 1; k < reads; k++, at >>= 1) {
      const share = u[readers[locus * reads + k]];
      for (let e = at, from = 2 * at; e < 2 * at; e++, from += 2) {
        stages[e] = stages[from] + share * (stages[from + 1] - stages[from]);
      }
    }
    return stages[1];
  };

  /** Adds the derivatives of the table just interpolated, from its last stage back to its first. */
  const addSlopes = (locus: number, u: Float64Array, slopes: Float64Array) => {
    weights[1] = 1;
    for (let k = partners, at = 1; k >= 1; k--, at *= 2) {
      const reader = readers[locus * reads + k];
      const share = u[reader];
      let slope = 0;
      for (let e = at, from = 2 * at; e < 2 * at; e++, from += 2) {
        slope += weights[e] * (stages[from + 1] - stages[from]);
        weights[from] = weights[e] * (1 - share);
        weights[from + 1] = weights[e] * share;
      }
      slopes[reader] += slope;
    }
    let slope = 0;
    for (let e = 0, from = locus * size; e < half; e++, from += 2) {
      slope += weights[half + e] * (effects[from + 1] - effects[from]);
    }
    slopes[locus] += slope;
  };

  return {
    value(u) {
      let sum = 0;
      for (let locus = 0; locus < loci; locus++) sum += interpolate(locus, u);
      return sum;
    },
    differentiate(u, slopes) {
      slopes.fill(0);
      for (let locus = 0; locus < loci; locus++) {
        interpolate(locus, u);
        addSlopes(locus, u, slopes);
      }
    },
    valueOf(alleles) {
      let sum = 0;
      for (let locus = 0; locus < loci; locus++) {
        let entry = 0;
        for (let k = 0; k < reads; k++) entry |= alleles[readers[locus * reads + k]] << k;
        sum += effects[locus * size + entry];
      }
      return sum;
    },
  };
}
