// The mechanism sexual reproduction: a second parent for each offspring.

import { z } from 'zod';
import { drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';
import { formGametes } from './form-gametes.ts';
import type { Mechanism } from './mechanism.ts';

const parameters = z.strictObject({
  reach: parameter(z.number().min(0).max(256).default(8), {
    title: 'Mating distance',
    description:
      'Greatest distance of a mate. An organism that is ready but finds no mate waits and looks again in the next tick.',
    unit: 'lengths',
    live: true,
    step: 0.5,
  }),
  matingTypes: parameter(z.int().min(1).max(2).default(1), {
    title: 'Mating types',
    description: '1: any two may mate. 2: every organism is born one of two types by chance, and only different types mate.',
    unit: 'types',
    live: true,
  }),
});

/** Draws of this mechanism's stream at a birth; in life it draws by tick and candidate. */
const draws = { firstGamete: 0, secondGamete: 1, type: 2 } as const;
/** Draws for a whole life are made at this tick, which no world reaches. */
const lifelong = 0xffff_ffff;

const near: NearList = { rows: new Int32Array(64) };

/** Two parents: each newborn gets loci from both. */
export const sexualReproduction: Mechanism<z.infer<typeof parameters>> = {
  id: 'sexual-reproduction',
  title: 'Sexual reproduction',
  group: 'mating',
  summary: 'Offspring have two parents, which must meet.',
  lookFor:
    'Lines of descent become a network. Without recombination a haploid child still takes its whole genome from one of the two.',
  source: 'Maynard Smith (1978), The Evolution of Sex.',
  parameters,
  actions: ['mate'],
  chooseMates(population, { reach, matingTypes }, { tick, stream, attractions, candidatesInto, candidatesRepeat }) {
    const { table } = population;
    const parents = table.u32('parents');
    const mates = table.i32('mates');
    const cause = table.u32('cause');
    const birthTick = table.i32('birthTick');
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const willing = population.has('policy') ? population.table.find('mate')?.values : undefined;
    const { maturity } = population;
    population.paired = true;
    let kept = 0;
    let former = -1;
    let ordinal = 0;
    for (let entry = 0; entry < population.breeders; entry++) {
      const row = parents[entry];
      ordinal = row === former ? ordinal + 1 : 0;
      former = row;
      let mate = -1;
      if (!willing || willing[row] === 1) {
        const found = candidatesInto(population, row, ordinal, reach, near);
        // A race of exponential times with the weights as rates: each is first with a chance in proportion to its weight,
        // and neither the order of candidates nor the presence of others changes a candidate's draw.
        let best = Number.POSITIVE_INFINITY;
        for (let i = 0; i < found; i++) {
          const other = near.rows[i];
          if (cause[other] !== 0 || tick - birthTick[other] < maturity) continue;
          if (willing && willing[other] !== 1) continue;
          if (matingTypes === 2 && typeOf(population, row, stream) === typeOf(population, other, stream)) continue;
          let weight = 1;
          for (let a = 0; a < attractions.length && weight > 0; a++) weight *= attractions[a](row, other);
          if (!(weight > 0)) continue;
          // For a parent's second offspring of the tick, the draws are those of another candidate.
          const draw = ((candidatesRepeat ? i : low[other]) + Math.imul(ordinal, 0x9e3779b9)) >>> 0;
          const time = -log(1 - drawUniform(stream, low[row], high[row], tick, draw)) / weight;
          if (time < best || (time === best && mate >= 0 && high[other] < high[mate])) {
            best = time;
            mate = other;
          }
        }
      }
      if (mate < 0) continue;
      // In place: writing never overtakes reading.
      parents[kept] = row;
      mates[kept++] = mate;
    }
    population.breeders = kept;
  },
  modifyGamete(births, _parameters, { stream }) {
    const { population, count, firstRow, maskWords } = births;
    const { table, ploidy } = population;
    const mates = births.mateRows();
    const masks = births.masks();
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    for (let k = 0; k < count; k++) {
      if (mates[k] < 0) continue;
      for (let g = 0; g < ploidy; g++) {
        const draw = g === 0 ? draws.firstGamete : draws.secondGamete;
        const source = drawUniform(stream, low[firstRow + k], high[firstRow + k], lifelong, draw) < 0.5 ? 0 : 0xffff_ffff;
        const at = (k * ploidy + g) * maskWords;
        masks.fill(source, at, at + maskWords);
      }
    }
    formGametes(births, undefined, stream);
  },
};

/** 0 or 1, for life. */
function typeOf({ table }: Population, row: number, stream: readonly [number, number]): number {
  return drawUniform(stream, table.u32('keyLow')[row], table.u32('keyHigh')[row], lifelong, draws.type) < 0.5 ? 0 : 1;
}
