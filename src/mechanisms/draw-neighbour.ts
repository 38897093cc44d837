// One of the organisms near another, each with the same probability.

import type { Column } from '../ecs/table.ts';
import { drawUniform } from '../math/draws.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';
import type { MechanismContext } from './mechanism.ts';

const near: NearList = { rows: new Int32Array(64) };

/**
 * One of the organisms near another, each with the same probability; -1 if there is none. It is the one with the smallest of uniform draws
 * keyed by both, so that neither the order of rows nor the presence of others changes any draw.
 */
export function drawNeighbour(
  population: Population,
  row: number,
  reach: number,
  { tick, stream, nearInto }: MechanismContext,
): number {
  const { table } = population;
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const found = nearInto(population, row, reach, near);
  let least = 1;
  let chosen = -1;
  for (let i = 0; i < found; i++) {
    const other = near.rows[i];
    const draw = drawUniform(stream, low[row], high[row], tick, low[other]);
    if (draw < least || (draw === least && high[other] < high[chosen])) {
      least = draw;
      chosen = other;
    }
  }
  return chosen;
}

/** Which organisms meet another. */
export interface Meetings {
  /** Rows of those that do, and how many entries of it count. */
  readonly list: Column<'u32'>;
  readonly count: number;
  /** Greatest distance of the other, lengths. */
  readonly reach: number;
  /** Room for the row of the other, entry by entry. */
  readonly out: Column<'i32'>;
}

/**
 * Lists the organisms that meet another in this tick, each with the same chance, by the draw under the index `draw` of the mechanism's stream.
 * The list is in the column `dying`, which is written later in the tick.
 */
export function listMeeting(
  { table, arena }: Population,
  draw: number,
  chance: number,
  { tick, stream }: MechanismContext,
): Pick<Meetings, 'list' | 'count'> {
  // `ready` is free until then as well, and has the flags.
  const { keyLow, keyHigh, ready: flags, dying: list } = table.columns;
  const { count } = table;
  arena.kernel.flagDraws({ count, keyLow, keyHigh, stream, tick, draw, chance, flags });
  return { list, count: arena.kernel.collectFlagged({ count, flags, out: list }) };
}

/** `drawNeighbour` for each of the first `count` entries of `list`, rows: writes into `out`, entry by entry, the row that was drawn, or -1. */
export function drawNeighbours(population: Population, { list, count, reach, out }: Meetings, context: MechanismContext): void {
  const { table, arena } = population;
  const grid = context.gridOf?.(population);
  if (grid) {
    const { keyLow, keyHigh } = table.columns;
    const { stream, tick } = context;
    arena.kernel.drawNeighbours({ count, list, keyLow, keyHigh, stream, tick, ...grid, reach, out });
    return;
  }
  for (let k = 0; k < count; k++) out.values[k] = drawNeighbour(population, list.values[k], reach, context);
}
