import { z } from 'zod';
import { log } from '../../math/elementary.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Genomes, type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  open: parameter(z.number().min(0).max(100).default(0.5), {
    title: 'Width of open',
    description:
      'A locus within this distance of 0 is left open, above it right, below it wrong. Founders with a standard deviation of 0.7413 are a quarter right, a quarter wrong and half open at 0.5.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  reward: parameter(z.number().min(0).max(1e6).default(19), {
    title: 'Reward',
    description: 'Added to a fitness of 1 when all loci are right.',
    unit: 'fitness',
    live: false,
  }),
});

/** A needle in a haystack: fitness 1 + reward where all loci are right, otherwise 1. The gradient is 0 wherever it exists. */
export const needle: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'needle',
  title: 'Needle in a haystack',
  summary: 'Only one setting of all loci is rewarded, and nothing nearby points to it. Loci near 0 are open: life may set them.',
  source: 'Hinton & Nowlan (1987), Complex Systems 1: 495.',
  parameters,
  measures: [
    {
      columns: [
        { name: 'right', title: 'Share of loci that are right', unit: '' },
        { name: 'wrong', title: 'Share of loci that are wrong', unit: '' },
        { name: 'open', title: 'Share of loci that are left open', unit: '' },
      ],
      sample({ table, layout, count }, { open }) {
        const genome = table.f32('genome');
        // The coordinates come first.
        const { length: dimensions } = layout.segments[0];
        let [right, wrong] = [0, 0];
        for (let row = 0; row < count; row++) {
          for (let k = 0; k < dimensions; k++) {
            const locus = genome[row * layout.stride + k];
            if (locus > open) right++;
            else if (locus < -open) wrong++;
          }
        }
        const all = count * dimensions;
        return count > 0 ? [right / all, wrong / all, 1 - (right + wrong) / all] : [Number.NaN, Number.NaN, Number.NaN];
      },
    },
  ],
  make(dimensions, { open, reward }): Landscape {
    const best = log(1 + reward);
    const openLoci = (genomes: Genomes, at: number): number => {
      let count = 0;
      for (let k = 0; k < dimensions; k++) {
        const locus = genomes[at + k];
        if (locus < -open) return -1;
        if (locus <= open) count++;
      }
      return count;
    };
    return {
      dimensions,
      meet: meetNobody,
      logFitness: (genomes, at) => (openLoci(genomes, at) === 0 ? best : 0),
      gradient: (_genomes, _at, out, outAt = 0) => void out.fill(0, outAt, outAt + dimensions),
      openLoci,
    };
  },
};
