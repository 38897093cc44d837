import { drawUniform } from '../../math/draws.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { develop } from '../../population/genomes.ts';
import type { PatchesContext } from './context.ts';
import { showPlace } from './show-place.ts';
import { place, rowsOnPatch } from './sort-by-patch.ts';

/** Draws of the stream `birth`: which parent an entry has, and whether and where a newborn migrates. */
const draws = { parent: 40, migrate: 41, link: 42 } as const;

/** Each patch has `size` births, each from a parent drawn in proportion to its reserve; an empty patch has none. */
export function chooseParentsOnPatches(population: EmbodiedPopulation, { patches, tick }: PatchesContext): void {
  const { nodes } = patches.network;
  const { size } = patches.parameters;
  population.table.reserve(population.count + nodes * size);
  const { table } = population;
  const [energy, parents] = [table.f32('energy'), table.u32('parents')];
  table.u32('cause').fill(0, 0, table.count);
  const stream = population.stream('birth');
  let entry = 0;
  for (let patch = 0; patch < nodes; patch++) {
    const rows = rowsOnPatch(patches, population, patch);
    if (rows.length === 0) continue;
    const sums = new Float64Array(rows.length);
    let sum = 0;
    for (const [i, row] of rows.entries()) sums[i] = sum += Math.max(0, energy[row]);
    for (let k = 0; k < size; k++) {
      const target = drawUniform(stream, patch, k, tick, draws.parent) * (sum > 0 ? sum : rows.length);
      let at = sum > 0 ? sums.findIndex((one) => one > target) : Math.floor(target);
      if (at < 0) at = rows.length - 1;
      parents[entry++] = rows[at];
    }
  }
  parents.subarray(0, entry).sort();
  population.breeders = entry;
  // All that live now die in this tick, so that newborns need no room beside them.
  population.deaths.count = table.count;
}

/** Expresses the newborns, gives each the reserve of a founder, and carries some along a link of their patch; all others die of age. */
export function bearGeneration(population: EmbodiedPopulation, { patches, tick }: PatchesContext): void {
  const { births, table, parameters } = population;
  const { firstRow, count } = births;
  const { network, parameters: habitat } = patches;
  const cause = table.u32('cause');
  cause.fill(3, 0, firstRow);
  if (count === 0) return;
  develop(population, firstRow, count);
  cause.fill(0, firstRow, firstRow + count);
  const parents = births.parentRows();
  const [patch, energy, storage] = [table.f32(place.patch), table.f32('energy'), table.f32('storage')];
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const [headingX, headingY] = [table.f32('headingX'), table.f32('headingY')];
  const stream = population.stream('birth');
  for (let k = 0; k < count; k++) {
    const row = firstRow + k;
    const home = patch[parents[k]];
    patch[row] = home;
    energy[row] = Math.min(parameters.energy.founder, storage[row]);
    headingX[row] = headingX[parents[k]];
    headingY[row] = headingY[parents[k]];
    const [start, end] = [network.starts[home], network.starts[home + 1]];
    if (end > start && drawUniform(stream, low[row], high[row], tick, draws.migrate) < habitat.migration) {
      let target = 0;
      for (let link = start; link < end; link++) target += network.rates[link];
      target *= drawUniform(stream, low[row], high[row], tick, draws.link);
      let link = start;
      while (link < end - 1 && target >= network.rates[link]) target -= network.rates[link++];
      patch[row] = network.to[link];
    }
    showPlace(population, network, row);
  }
  births.note();
}
