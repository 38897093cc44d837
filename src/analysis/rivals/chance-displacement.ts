import { namedStream } from '../../math/streams.ts';
import type { Population } from '../../population/population.ts';
import type { Simulation } from '../../simulation/types.ts';
import { percentileOf } from '../gradient/random-directions.ts';
import { NeutralShadow } from '../neutral-shadow.ts';
import { chooseRivals, displacement, type GivenRivals, type Rival } from './choose-rivals.ts';

/** Shadows by which a displacement is judged. */
export const usualShadows = 99;

/** How far one clade would displace another by chance. @experimental */
export interface ChanceDisplacement {
  /** As it was: by how much the log of the ratio of their numbers rose. */
  readonly displacement: number;
  /** Share of neutral shadows in which it is lower, in [0, 1]. */
  readonly percentile: number;
  /** Middle 95 % of the shadows. */
  readonly low: number;
  readonly high: number;
}

/**
 * Neutral shadows of an interval: its births and deaths with random parents, from the organisms at its opening. Rivals that were chosen because one
 * gained and the other lost differ by chance alone; in each shadow they are chosen in the same way. Random parents are of any place: where kin
 * live side by side, real chance is larger.
 * @experimental
 */
export class ChanceWatch {
  private readonly shadows: readonly NeutralShadow[];
  private readonly count: number;
  private readonly forget: readonly (() => void)[];

  /** Observes the simulation until `close`. */
  constructor(simulation: Simulation, population: Population, seed: string, shadows = usualShadows) {
    this.count = population.count;
    const labels = Array.from({ length: this.count }, (_, k) => k);
    this.shadows = Array.from(
      { length: shadows },
      (_, s) => new NeutralShadow(simulation, population, labels, namedStream(seed, `chance ${s}`)),
    );
    this.forget = this.shadows.map((shadow) => simulation.observe(shadow));
  }

  /**
   * @param rivals all that were chosen from, as they were
   * @param living at the close, all organisms
   * @param pair places of the rivals; @param given those of them that were not chosen by their gains
   */
  close(
    rivals: readonly Rival[],
    living: number,
    [winner, loser]: readonly [number, number],
    given: GivenRivals,
  ): ChanceDisplacement {
    for (const end of this.forget) end();
    const found = displacement(rivals[winner], rivals[loser]);
    const drawn = this.shadows.map((shadow) => {
      const bearers = shadow.bearers(this.count);
      const numbers = rivals.map(({ before, subclades }) => ({
        before,
        after: subclades.reduce((sum, k) => sum + bearers[k], 0),
      }));
      const chosen = chooseRivals(numbers, { before: this.count, after: living }, given) ?? [winner, loser];
      return displacement(numbers[chosen[0]], numbers[chosen[1]]);
    });
    drawn.sort((a, b) => a - b);
    const at = (share: number) => drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))];
    return { displacement: found, percentile: percentileOf(found, drawn), low: at(0.025), high: at(0.975) };
  }
}
