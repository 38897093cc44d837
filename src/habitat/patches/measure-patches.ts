import type { Population } from '../../population/population.ts';
import type { HabitatProbe } from '../habitat.ts';
import type { HabitatWorld } from '../habitat-world.ts';
import type { PatchesWorld } from './patches-world.ts';
import { place } from './sort-by-patch.ts';

const columns = [
  { name: 'occupied', title: 'Patches that are occupied', unit: 'patches' },
  { name: 'emptied', title: 'Patches emptied since the last sample', unit: 'patches' },
  { name: 'settled', title: 'Patches settled since the last sample', unit: 'patches' },
  { name: 'crowding', title: 'Organisms on the patch of an organism, mean', unit: 'organisms' },
  { name: 'food', title: 'Food of patches, mean share of what they carry', unit: '' },
  { name: 'fst', title: 'F_ST of the markers: share of their variance between patches', unit: '' },
] as const;

/** Organisms on each patch. */
function countOn({ table, count }: Population, nodes: number): Uint32Array {
  const counts = new Uint32Array(nodes);
  const patch = table.f32(place.patch);
  for (let row = 0; row < count; row++) counts[patch[row]]++;
  return counts;
}

/**
 * Share of the variance of loci that lies between patches, by the analysis of variance of their markers (Weir & Cockerham 1984, Evolution 38: 1358,
 * for quantitative values of haplotypes): NaN with fewer than two occupied patches, or without variance. It can be below 0.
 */
function markerFst({ table, layout, haplotypes, count, ploidy }: Population, counts: Uint32Array): number {
  const slots = layout.loci.filter(({ name }) => name.startsWith('marker.')).map(({ slot }) => slot);
  const patch = table.f32(place.patch);
  const occupied = counts.filter((n) => n > 0).length;
  if (occupied < 2 || count <= occupied || slots.length === 0) return Number.NaN;
  let [between, whole] = [0, 0];
  const copies = ploidy * count;
  const squares = counts.reduce((sum, n) => sum + ploidy * n * (ploidy * n), 0);
  const typical = (copies - squares / copies) / (occupied - 1);
  for (const slot of slots) {
    const [sums, all] = [new Float64Array(counts.length), { sum: 0, square: 0 }];
    for (const name of haplotypes) {
      const loci = table.f32(name);
      for (let row = 0; row < count; row++) {
        const value = loci[row * layout.stride + slot];
        sums[patch[row]] += value;
        all.sum += value;
        all.square += value * value;
      }
    }
    let ofMeans = 0;
    for (const [p, n] of counts.entries()) if (n > 0) ofMeans += (sums[p] * sums[p]) / (ploidy * n);
    const centre = (all.sum * all.sum) / copies;
    const among = (ofMeans - centre) / (occupied - 1);
    const inside = (all.square - ofMeans) / (copies - occupied);
    between += (among - inside) / typical;
    whole += (among - inside) / typical + inside;
  }
  return whole > 0 ? between / whole : Number.NaN;
}

function measure(): ReturnType<HabitatProbe['start']> {
  let before: Uint32Array | undefined;
  let [emptied, settled] = [0, 0];
  return {
    afterTick(population: Population, { habitat }: { habitat: HabitatWorld }) {
      const now = countOn(population, (habitat as PatchesWorld).ground.network.nodes);
      for (const [p, n] of now.entries()) {
        if (before && before[p] > 0 && n === 0) emptied++;
        if (before && before[p] === 0 && n > 0) settled++;
      }
      before = now;
    },
    sample(population: Population, { habitat }: { habitat: HabitatWorld }): number[] {
      const { ground } = habitat as PatchesWorld;
      const counts = countOn(population, ground.network.nodes);
      const living = population.count;
      const crowding = living > 0 ? counts.reduce((sum, n) => sum + n * n, 0) / living : Number.NaN;
      const row = [
        counts.filter((n) => n > 0).length,
        emptied,
        settled,
        crowding,
        ground.meanFullness(),
        markerFst(population, counts),
      ];
      [emptied, settled] = [0, 0];
      return row;
    },
  };
}

/** How a population is spread over patches. */
export const patchesProbe: HabitatProbe = {
  id: 'patches',
  title: 'Patches',
  description: 'How a population is spread over patches: how many are occupied, emptied and settled, and how unlike they are.',
  columns,
  start: measure,
};
