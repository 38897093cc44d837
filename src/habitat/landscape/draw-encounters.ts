import { drawUniform } from '../../math/draws.ts';
import type { NearList } from '../../population/near-list.ts';
import { drawInDeme } from './demes.ts';
import { drawByFitness } from './draw-by-fitness.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/** Draws that an encounter may take. */
const tries = 32;

/**
 * Organisms met in a habitat without places: `encounters` of the others at random, or of those of the same deme. An organism
 * may be met more than once.
 * @param by uniformly, or by fitness, as parents are drawn
 * @param ordinal distinguishes several requests of one organism in a tick
 * @returns how many are met: none if there is no other organism
 */
export function drawEncounters(
  population: LandscapePopulation,
  row: number,
  ordinal: number,
  { tick, encounters, by }: { readonly tick: number; readonly encounters: number; readonly by: 'chance' | 'fitness' },
  out: NearList,
): number {
  const { table } = population;
  const { count } = table;
  if (count < 2) return 0;
  if (out.rows.length < encounters) out.rows = new Int32Array(2 * encounters);
  const demes = population.demesAt(tick);
  const home = demes ? table.u32('deme')[row] : 0;
  const stream = population.stream(by === 'chance' ? 'encounter' : 'suitor');
  const [low, high] = [table.u32('keyLow')[row], table.u32('keyHigh')[row]];
  let met = 0;
  for (let i = 0; i < encounters; i++) {
    const place = (ordinal * encounters + i) * tries;
    if (demes && by === 'chance') {
      const [first, end] = [demes.starts[home], demes.starts[home + 1]];
      if (end - first < 2) return 0;
      const other = demes.rows[first + Math.floor(drawUniform(stream, low, high, tick, place) * (end - first - 1))];
      out.rows[met++] = other === row ? demes.rows[end - 1] : other;
      continue;
    }
    if (by === 'chance') {
      const other = Math.floor(drawUniform(stream, low, high, tick, place) * (count - 1));
      // The last one takes the place of the organism itself.
      out.rows[met++] = other === row ? count - 1 : other;
      continue;
    }
    // An organism that draws itself draws again; if its fitness is nearly the whole sum, it may meet none.
    for (let again = 0; again < tries; again++) {
      const uniform = drawUniform(stream, low, high, tick, place + again);
      const other = demes ? drawInDeme(demes, home, uniform) : drawByFitness(population, uniform);
      if (other === row) continue;
      out.rows[met++] = other;
      break;
    }
  }
  return met;
}
