// The mechanism segregation distortion: a driver that is passed on more often than by half.

import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import { copyDrivenGamete } from '../population/copy-alleles.ts';
import type { Population } from '../population/population.ts';
import { traitIds } from '../population/traits.ts';
import { loseIntake } from './lose-intake.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  locus: parameter(z.enum(traitIds).default('marker.1'), {
    title: 'Driver locus',
    description: 'The trait whose locus distinguishes a driver from the wild type.',
    unit: '',
    live: true,
  }),
  threshold: parameter(z.number().min(-10).max(10).default(0), {
    title: 'Threshold',
    description:
      'A locus above it is a driver. If founders vary around 0 with a standard deviation of 1, a threshold of 1.645 makes one in twenty a driver.',
    unit: 'locus units',
    live: true,
    step: 0.1,
  }),
  transmission: parameter(z.number().min(0.5).max(1).default(0.9), {
    title: 'Transmission k',
    description: 'Share of the gametes of a heterozygote that carry the driver; one half is fair.',
    unit: '',
    live: true,
    step: 0.05,
  }),
  cost: parameter(z.number().min(0).max(1).default(0.5), {
    title: 'Cost s',
    description: 'Share of its fitness that an organism with two drivers loses; in the plane, of all that it takes in.',
    unit: '',
    live: true,
    step: 0.05,
  }),
});

type Parameters = z.infer<typeof parameters>;

/** A driver gets into more than half of the gametes, whatever it does to its carriers. */
export const segregationDistortion: Mechanism<Parameters> = {
  id: 'segregation-distortion',
  title: 'Segregation distortion',
  group: 'conflict',
  summary: 'A driver is in more than half of the gametes of carriers of one copy, and harms carriers of two.',
  lookFor:
    'The driver spreads although no organism benefits; it stops at (2k - 1)/s of all if that is below 1. Needs diploid genomes and two parents.',
  source: 'Bruck (1957), PNAS 43: 152; Lewontin (1968), Evolution 22: 262; Burt & Trivers (2006), Genes in Conflict, ch. 2.',
  parameters,
  check({ on, parameters: { locus }, genome: { ploidy }, loci }) {
    if (!on) return [];
    if (ploidy !== 2) return [{ field: 'on', text: 'it needs two haplotypes; set genome.ploidy to 2' }];
    return loci.includes(locus) ? [] : [{ field: 'locus', text: `genomes carry no locus '${locus}'; add it to genome.carries` }];
  },
  measures: [
    {
      columns: [{ name: 'driver', title: 'Share of haplotypes with the driver', unit: '' }],
      appliesTo: ({ ploidy }, _parameters, enabled) => enabled && ploidy === 2,
      sample(population, { locus, threshold }) {
        const { table, layout, count, haplotypes } = population;
        const slot = slotOf(population, locus);
        let drivers = 0;
        for (const name of haplotypes) {
          const loci = table.f32(name);
          for (let row = 0; row < count; row++) if (loci[row * layout.stride + slot] > threshold) drivers++;
        }
        return [count > 0 ? drivers / (2 * count) : Number.NaN];
      },
    },
  ],
  visible: {
    form: 'drivers',
    share(population, chosen) {
      const copies = driversOf(population, chosen);
      return copies && ((row) => copies(row) / 2);
    },
  },
  modifyGamete(births, chosen, { tick, stream }) {
    const { population, count, firstRow, maskWords } = births;
    const { table, layout, haplotypes, ploidy } = population;
    const slot = slotOf(population, chosen.locus);
    if (ploidy !== 2 || slot < 0 || chosen.transmission <= 0.5) return;
    const columns = haplotypes.map((name) => table.f32(name));
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const [parents, mates, masks] = [births.parentRows(), births.mateRows(), births.masks()];
    const { stride } = layout;
    const { threshold, transmission } = chosen;
    for (let k = 0; k < count; k++) {
      if (mates[k] < 0) continue;
      for (let g = 0; g < 2; g++) {
        const from = (g === 0 ? parents[k] : mates[k]) * stride;
        const first = columns[0][from + slot] > threshold;
        if (first === columns[1][from + slot] > threshold) continue;
        const words = (k * 2 + g) * maskWords;
        const second = (masks[words + (slot >> 5)] >>> (slot & 31)) & 1;
        const carries = second === 1 ? !first : first;
        const row = firstRow + k;
        // Half of the gametes carry it already; enough of the others are replaced by their complement to make the share k.
        if (carries || drawUniform(stream, low[row], high[row], tick, g) >= 2 * transmission - 1) continue;
        for (let word = 0; word < maskWords; word++) masks[words + word] = ~masks[words + word];
        copyDrivenGamete(population, k, g);
      }
    }
  },
  duringLife(population, chosen) {
    const copies = driversOf(population, chosen);
    if (copies && chosen.cost > 0) loseIntake(population, (row) => (copies(row) === 2 ? chosen.cost : 0));
  },
  logFitness(population, chosen) {
    const copies = driversOf(population, chosen);
    const loss = log(1 - chosen.cost);
    return (row) => (copies?.(row) === 2 ? loss : 0);
  },
};

function slotOf({ layout }: Population, trait: string): number {
  return layout.ranges.find((range) => range.trait === trait)?.slot ?? -1;
}

/** How many drivers a row carries, 0 to 2; undefined if none can. */
function driversOf(population: Population, { locus, threshold }: Parameters): ((row: number) => number) | undefined {
  const { table, layout, haplotypes, ploidy } = population;
  const slot = slotOf(population, locus);
  if (ploidy !== 2 || slot < 0) return undefined;
  const [one, two] = haplotypes.map((name) => table.f32(name));
  const has = (haplotype: Float32Array, row: number) => (haplotype[row * layout.stride + slot] > threshold ? 1 : 0);
  return (row) => has(one, row) + has(two, row);
}
