import type { Kernels } from '../kernel/generated/kernel.ts';
import { copyClones } from './copy-alleles.ts';
import { keepLowest } from './keep-lowest.ts';
import type { Population } from './population.ts';

/**
 * Makes a row for the newborn of every entry of the column `parents` (`population.breeders` of them): identity, and a copy
 * of the first parent's genome. Mechanisms of inheritance come next, then delivery. An organism's key is the hash of its
 * parent's key and of its birth's ordinal, so that an extra birth elsewhere does not change its draws.
 * @returns the id of the next organism
 * @experimental
 */
export function conceive(population: Population, tick: number, nextId: number, kernel: Kernels): number {
  const { births, deaths } = population;
  let table = population.table;
  let count = population.breeders;
  const substitutes = population.substitutes?.hosts.length ?? 0;
  const room = Math.max(0, population.capacity - (table.count - substitutes - deaths.count));
  births.refused = Math.max(0, count - room);
  if (births.refused > 0) {
    drawLots(population, count, room, tick, kernel);
    count = room;
  }
  births.count = count;
  births.firstRow = table.count;
  const { paired } = population;
  population.paired = false;
  if (count === 0) return nextId;
  // The dead of this tick have their rows still.
  table.reserve(table.count + count, population.capacity + (population.capacity >> 6));
  births.reserve(count);
  table = population.table;
  const first = table.append(count, true);
  const parents = table.u32('parents');
  const [id, parent, founder] = [table.f64('id'), table.f64('parent'), table.f64('founder')];
  const [birthTick, generation] = [table.i32('birthTick'), table.u32('generation')];
  const scale = table.has('mutation.scale') ? table.f32('mutation.scale') : undefined;
  const { keyLow, keyHigh, offspring } = table.columns;
  const key = population.stream('key');
  kernel.deriveKeys({ count, first, parents: table.columns.parents, keyLow, keyHigh, offspring, key });
  for (let k = 0; k < count; k++) {
    const from = parents[k];
    const to = first + k;
    id[to] = nextId++;
    parent[to] = id[from];
    founder[to] = founder[from];
    birthTick[to] = tick + 1;
    generation[to] = generation[from] + 1;
    // The parent's own scale, until the child's is expressed: mutations arise in the parent.
    if (scale) scale[to] = scale[from];
  }
  if (!paired) table.i32('mates').fill(-1, 0, count);
  copyClones(population);
  births.clone();
  births.trace?.begin();
  return nextId;
}

/** If there is no room for all, a lottery decides which births take place: the lowest draws, in the order of rows. */
function drawLots(population: Population, count: number, room: number, tick: number, kernel: Kernels): void {
  const { columns } = population.table;
  const { keyLow, keyHigh, lots } = columns;
  const stream = population.stream('lottery');
  kernel.drawLots({ count, rows: columns.parents, keyLow, keyHigh, stream, tick, draws: lots });
  keepLowest(lots.values, columns.parents.values, columns.mates.values, count, room);
}
