// The rugged landscape: NK on continuous loci.

import { z } from 'zod';
import { cos, sin } from '../../math/elementary.ts';
import { namedStream } from '../../math/streams.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Genomes, type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';
import { nkTables } from './nk-tables.ts';

const parameters = z.strictObject({
  partners: parameter(z.int().min(0).max(12).default(3), {
    title: 'Partners K',
    description:
      'How many other loci the effect of each locus depends on. 0: one peak. More: more peaks and lower ones. Cost grows with 2^K.',
    unit: 'loci',
    live: false,
  }),
  neighbours: parameter(z.enum(['adjacent', 'random']).default('random'), {
    title: 'Choice of partners',
    description: 'adjacent: the next K loci, round the end. random: drawn from the seed for each locus.',
    unit: '',
    live: false,
  }),
  strength: parameter(z.number().min(0).max(1000).default(1), {
    title: 'Strength',
    description: 'Standard deviation of log fitness between random corners.',
    unit: 'log fitness',
    live: false,
    step: 0.1,
  }),
  width: parameter(z.number().min(0.001).max(1_000_000).default(2), {
    title: 'Width',
    description: 'Distance between the two alleles of a locus; beyond them the same landscape repeats, mirrored.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
});

/** Most loci for which all corners are tried to find the highest. */
const MOST_TRIED = 16;

/**
 * NK on continuous loci. Each locus has a table of 2^(K+1) standard normal effects, one for every combination of its own allele
 * and its K partners'; f = strength / sqrt(dimensions) times the sum of the effects. Between the alleles tables are interpolated
 * multilinearly in u = (1 + sin(pi z / width)) / 2, the expected effect if every locus had allele 1 with probability u. So at the
 * corners, all z = +-width/2, it is the NK model itself; every corner has gradient zero, and the local maxima are exactly the
 * corners that are local optima of the NK model. A sine rather than a logistic function, which would put the corners at infinity,
 * where the gradient vanishes.
 */
export const rugged: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'rugged',
  title: 'Rugged (NK)',
  summary: 'Every locus acts together with some others through a random table: many local peaks.',
  source:
    'Kauffman & Levin (1987), J. Theor. Biol. 128: 11-45; normal effects in place of uniform ones; our continuous extension.',
  parameters,
  range: [1, 4096],
  make(dimensions, { partners, neighbours, strength, width }, seed): Landscape {
    const d = dimensions;
    if (partners >= d) {
      throw new RangeError(`landscape 'rugged': ${partners} partners among ${d} dimensions; give at most ${d - 1}`);
    }
    const tables = nkTables(d, partners, neighbours, strength / Math.sqrt(d), namedStream(seed, 'landscape.rugged'));
    const u = new Float64Array(d);
    const slopes = new Float64Array(d);
    /** The angle pi z / width, minus whole turns: the sine does not accept large angles. */
    const angle = (z: number) => {
      const turns = z / (2 * width);
      return 2 * Math.PI * (turns - Math.floor(turns + 0.5));
    };
    const express = (genomes: Genomes, at: number) => {
      for (let k = 0; k < d; k++) u[k] = 0.5 + 0.5 * sin(angle(genomes[at + k]));
    };

    const highestCorner = (): Float64Array => {
      const highest = new Uint8Array(d);
      const alleles = new Uint8Array(d);
      for (let bits = 0; bits < 1 << d; bits++) {
        for (let k = 0; k < d; k++) alleles[k] = (bits >> k) & 1;
        if (tables.valueOf(alleles) > tables.valueOf(highest)) highest.set(alleles);
      }
      return Float64Array.from(highest, (allele) => (allele - 0.5) * width);
    };
    let highest: Float64Array | undefined;

    return {
      dimensions,
      meet: meetNobody,
      logFitness(genomes, at) {
        express(genomes, at);
        return tables.value(u);
      },
      gradient(genomes, at, out, outAt = 0) {
        express(genomes, at);
        tables.differentiate(u, slopes);
        const steep = (0.5 * Math.PI) / width;
        for (let k = 0; k < d; k++) out[outAt + k] = slopes[k] * steep * cos(angle(genomes[at + k]));
      },
      ...(d <= MOST_TRIED && { optimum: () => (highest ??= highestCorner()).slice() }),
    };
  },
};
