import type { LifeRecord } from '../record/life-record.ts';
import type { SpeciesLook } from '../record/species/types.ts';
import type { SpeciesEntry, SpeciesEvent } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { type SpeciesBody, speciesBodies } from './species-bodies.ts';

/** A species as tree and plots need it. */
export type SpeciesText = Omit<SpeciesEntry, 'genome'>;

/** Number of living members of each species of one population in a sample. */
export interface SpeciesCounts {
  readonly tick: number;
  readonly population: number;
  readonly species: readonly number[];
  readonly counts: readonly number[];
}

export interface Phylogeny {
  readonly tick: number;
  /** In the order of their ids: a parent comes before its children. */
  readonly species: readonly SpeciesText[];
  readonly events: readonly SpeciesEvent[];
  /** Oldest first; thinned out evenly if there are very many. */
  readonly looks: readonly SpeciesCounts[];
  /** Mean bodies of the living species, by id; none on landscapes. */
  readonly bodies: ReadonlyMap<number, SpeciesBody>;
}

/** Most samples that are sent: a plot of a few hundred pixels shows no more. */
const mostLooks = 400;

/** Species, their events and their numbers in the samples so far, and what they look like now. */
export function reportPhylogeny(record: LifeRecord, world: Simulation): Phylogeny {
  const { species } = record;
  return {
    tick: world.tick,
    bodies: speciesBodies(world, record),
    species: species.entries.map(({ genome: _, ...text }) => text),
    events: species.events,
    looks: thin(species.looks).map(({ tick: at, population, species: ids, counts }) => ({
      tick: at,
      population,
      species: ids,
      counts,
    })),
  };
}

/** Every k-th tick of samples and the last one, all populations of a tick together. */
function thin(looks: readonly SpeciesLook[]): readonly SpeciesLook[] {
  const ticks = [...new Set(looks.map(({ tick }) => tick))];
  const every = Math.ceil(ticks.length / mostLooks);
  if (every <= 1) return looks;
  const shown = new Set(ticks.filter((_, i) => i % every === 0 || i === ticks.length - 1));
  return looks.filter(({ tick }) => shown.has(tick));
}
