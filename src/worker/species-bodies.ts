// The mean body of each living species, for its portrait in the tree.
import type { LifeRecord } from '../record/life-record.ts';
import { onLandscape } from '../simulation/kinds.ts';
import type { Simulation } from '../simulation/types.ts';
import { frameColumns, frameStride } from './frame-layout.ts';
import { writeBodies } from './write-bodies.ts';

/** Columns of a frame that say how a species is built and what its mechanisms do, not what a member does or has just now. */
const lastingColumns = ['speed', 'diet', 'display', 'marker', 'speckles', 'drivers', 'learned', 'eyes'] as const;

/** A well-fed body, as the columns of a frame have it. */
export type SpeciesBody = Readonly<Record<(typeof lastingColumns)[number] | 'population' | 'jaw' | 'reserve', number>>;

/**
 * Bodies of the living species, by id: the means of what the world draws of their members; jaws, closed, where the population bites. None
 * on landscapes, where organisms have no bodies. Reads only.
 */
export function speciesBodies(world: Simulation, { individuals }: LifeRecord): Map<number, SpeciesBody> {
  const bodies = new Map<number, SpeciesBody>();
  if (onLandscape(world)) return bodies;
  const places = lastingColumns.map((column) => frameColumns.indexOf(column));
  const jawAt = frameColumns.indexOf('jaw');
  for (const [index, population] of world.populations.entries()) {
    const ids = population.table.f64('id');
    const floats = new Float32Array(population.count * frameStride);
    writeBodies(population, floats, 0, world);
    const found = new Map<number, { members: number; bites: boolean; readonly sums: Float64Array }>();
    for (let row = 0, from = 0; row < population.count; row++, from += frameStride) {
      const species = individuals.speciesOf(individuals.rowOf(ids[row]));
      let own = found.get(species);
      if (!own) {
        own = { members: 0, bites: floats[from + jawAt] > 0, sums: new Float64Array(places.length) };
        found.set(species, own);
      }
      own.members += 1;
      for (let c = 0; c < places.length; c++) own.sums[c] += floats[from + places[c]];
    }
    for (const [species, { members, bites, sums }] of found) {
      const means = Object.fromEntries(lastingColumns.map((column, c) => [column, sums[c] / members]));
      bodies.set(species, { ...(means as SpeciesBody), population: index, jaw: bites ? 1 : 0, reserve: 1 });
    }
  }
  return bodies;
}
