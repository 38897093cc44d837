// The mechanism horizontal transfer: living organisms pass loci to others.

import { z } from 'zod';
import { floatsNamed } from '../ecs/table.ts';
import { drawUniform } from '../math/draws.ts';
import { parameter } from '../parameter/parameter.ts';
import { followTransfer, readOrigins, type StretchOrigins } from '../population/copy-alleles.ts';
import type { Population } from '../population/population.ts';
import { rowsByKey } from '../population/rows-by-key.ts';
import { drawNeighbour } from './draw-neighbour.ts';
import type { Mechanism, MechanismContext, TraitNames } from './mechanism.ts';
import { transferLoci } from './transfer-loci.ts';

const parameters = ({ all }: TraitNames) =>
  z.strictObject({
    rate: parameter(z.number().min(0).max(1).default(0.001), {
      title: 'Rate',
      description:
        'Chance in a tick that an organism takes up genes, if there is a donor; where single loci are transferred, the chance of each locus.',
      unit: '1/tick',
      live: true,
      step: 0.001,
    }),
    donors: parameter(z.enum(['neighbours', 'anyone']).default('neighbours'), {
      title: 'Donors',
      description: 'One of the neighbours within reach, or any organism of the population, wherever it is.',
      unit: '',
      live: true,
    }),
    reach: parameter(z.number().min(0).max(256).default(6), {
      title: 'Reach of contact',
      description: 'Greatest distance of a neighbour.',
      unit: 'lengths',
      live: true,
      step: 0.5,
    }),
    kind: parameter(z.enum(['replacement', 'loci', 'element']).default('replacement'), {
      title: 'Unit of transfer',
      description:
        'replacement: a stretch of the donor’s loci replaces the recipient’s. loci: every locus is independently replaced, with a chance equal to the rate, by that of any organism of the population. element: one locus only, from carriers (value above 0) to non-carriers: it is acquired and never lost.',
      unit: '',
      live: true,
    }),
    loci: parameter(z.int().min(1).max(10_000).default(16), {
      title: 'Stretch length',
      description: 'Number of neighbouring loci that are replaced at once.',
      unit: 'loci',
      live: true,
    }),
    element: parameter(z.enum(all).default('marker.1'), {
      title: 'Element locus',
      description: 'The trait whose locus is the acquired element.',
      unit: '',
      live: true,
    }),
  });

type Parameters = z.infer<ReturnType<typeof parameters>>;

/** Draws of this mechanism's stream in a tick: 0 whether, then what; the donor is drawn by the candidate's key. */
const draws = { start: 1, recipientHaplotype: 2, donorHaplotype: 3, donor: 4 } as const;

/** Horizontal transfer: genes pass between living organisms. */
export const transfer: Mechanism<Parameters> = {
  id: 'transfer',
  title: 'Horizontal transfer',
  group: 'inheritance',
  summary: 'Neighbours pass genes on contact, without births.',
  lookFor: 'Beneficial alleles spread through unrelated lines; genealogies of different loci no longer agree.',
  source: 'Ochman, Lawrence & Groisman (2000), Nature 405: 299; Ravenhall et al. (2015), PLoS Comput. Biol. 11: e1004095.',
  parameters,
  check({ on, parameters: { kind, element }, loci }) {
    if (!on || kind !== 'element' || loci.includes(element)) return [];
    return [{ field: 'element', text: `genomes carry no locus '${element}'; add it to genome.carries` }];
  },
  changesGenomes: true,
  duringLife(population, chosen, context) {
    if (chosen.kind === 'loci') {
      transferLoci(population, chosen.rate, context.stream, context.tick);
      return;
    }
    const origins = gather(population, chosen, context);
    if (population.transfers.count > 0) apply(population, origins);
  },
};

/** Finds donors and recipients and copies the genes before any organism is changed: donors give what they had when the tick began. */
function gather(population: Population, chosen: Parameters, context: MechanismContext): readonly StretchOrigins[] {
  const { table, transfers, layout, haplotypes, ploidy, arena } = population;
  const { tick, stream } = context;
  const { ready: flags, dying, keyLow, keyHigh } = table.columns;
  // `ready` and `dying` are written later in the tick: until then they hold a list.
  arena.kernel.flagByChance({ count: table.count, keyLow, keyHigh, stream, tick, chance: chosen.rate, flags });
  const count = arena.kernel.collectFlagged({ count: table.count, flags, out: dying });
  transfers.begin('transfer', count);
  const origins: StretchOrigins[] = [];
  if (count === 0) return origins;
  const rows = table.u32('dying');
  const id = table.f64('id');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const { loci } = layout;
  const element = layout.ranges.find(({ trait }) => trait === chosen.element)?.slot ?? -1;
  const columns = haplotypes.map((name) => table.f32(name));
  const carries = (row: number, haplotype: number) => columns[haplotype][row * layout.stride + element] > 0;
  const everyone = chosen.donors === 'anyone' ? rowsByKey(population) : undefined;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const uniform = (draw: number) => drawUniform(stream, low[row], high[row], tick, draw);
    const into = ploidy === 2 && uniform(draws.recipientHaplotype) < 0.5 ? 1 : 0;
    let from = ploidy === 2 && uniform(draws.donorHaplotype) < 0.5 ? 1 : 0;
    if (chosen.kind === 'element' && carries(row, into)) continue;
    const donor = everyone ? anyone(everyone, row, uniform(draws.donor)) : drawNeighbour(population, row, chosen.reach, context);
    if (donor < 0) continue;
    // A carrier passes the element on, on whichever haplotype it is.
    if (chosen.kind === 'element' && !carries(donor, from)) from = ploidy - 1 - from;
    if (chosen.kind === 'element' && !carries(donor, from)) continue;
    // A stretch may begin before the genome and end after it, so that every locus is equally likely to be in one.
    const length = Math.min(chosen.loci, loci.length);
    const first = Math.floor(uniform(draws.start) * (loci.length + length - 1)) - length + 1;
    const start = chosen.kind === 'element' ? element : loci[Math.max(0, first)].slot;
    const end = chosen.kind === 'element' ? element + 1 : loci[Math.min(loci.length, first + length) - 1].slot + 1;
    const k = transfers.count;
    transfers.recipientRow[k] = row;
    transfers.donorRow[k] = donor;
    transfers.recipient[k] = id[row];
    transfers.donor[k] = id[donor];
    transfers.recipientHaplotype[k] = into;
    transfers.donorHaplotype[k] = from;
    transfers.start[k] = start;
    transfers.end[k] = end;
    const at = donor * layout.stride;
    transfers.keepValues(k, table.f32(haplotypes[transfers.donorHaplotype[k]]), at + start, at + end);
    if (population.originTraces.length > 0) origins.push(readOrigins(population, donor, from, start, end));
    transfers.count++;
  }
  return origins;
}

function apply(population: Population, origins: readonly StretchOrigins[]): void {
  const { table, transfers, layout, haplotypes } = population;
  const columns = population.traits.map(({ id }) => table.f32(floatsNamed(id)));
  for (let k = 0; k < transfers.count; k++) {
    const row = transfers.recipientRow[k];
    for (let t = 0; t < columns.length; t++) transfers.traitChange[k * columns.length + t] = -columns[t][row];
    const values = transfers.values.subarray(transfers.valueStarts[k], transfers.valueStarts[k + 1]);
    table.f32(haplotypes[transfers.recipientHaplotype[k]]).set(values, row * layout.stride + transfers.start[k]);
    if (origins.length > 0) followTransfer(population, origins[k], row, transfers.recipientHaplotype[k]);
    population.redevelop(row);
    population.restartSlots(row, transfers.start[k], transfers.end[k]);
    for (let t = 0; t < columns.length; t++) transfers.traitChange[k * columns.length + t] += columns[t][row];
  }
}

/** Any other organism, each with the same probability; -1 if there is none. */
function anyone(everyone: Uint32Array, row: number, uniform: number): number {
  if (everyone.length < 2) return -1;
  const which = Math.floor(uniform * (everyone.length - 1));
  // The last one takes the place of the recipient itself.
  return everyone[which] === row ? everyone[everyone.length - 1] : everyone[which];
}
