import { floatsNamed } from '../ecs/table.ts';
import { mean, variance } from '../math/statistics.ts';
import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Packable } from '../record/pack.ts';
import type { SpeciesLook } from '../record/species/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { Comoment } from './comoment.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/**
 * Fills `trait_series`: at every sample one row for each population and trait, at every detection of species one for each
 * species and trait.
 */
export function traitSeriesSource(writer: TableWriter, simulation: Simulation, record: LifeRecord): TableSource {
  let looksWritten = 0;
  const writeLooks = (world: Simulation) => {
    const { looks } = record.species;
    for (; looksWritten < looks.length; looksWritten++) appendSpecies(writer, world, looks[looksWritten]);
  };
  const dead = simulation.populations.map(({ traits }) => traits.map(() => new Comoment()));
  return {
    writer,
    afterTick(world) {
      for (const [p, population] of world.populations.entries()) {
        const { traits } = population;
        const deaths = world.deaths(population);
        const comoments = dead[p];
        for (let row = 0; row < deaths.count; row++) {
          for (let t = 0; t < traits.length; t++) {
            comoments[t].add(deaths.traits[row * traits.length + t], deaths.offspring[row]);
          }
        }
      }
    },
    sample(world) {
      writeLooks(world);
      for (const [p, population] of world.populations.entries()) appendRows(writer, world, population, dead[p]);
    },
    finish: writeLooks,
    state: (): Packable => ({
      looksWritten,
      dead: dead.map((comoments) => comoments.map((comoment) => comoment.state())),
    }),
    restore(state) {
      const saved = state as { looksWritten: number; dead: Packable[][] };
      looksWritten = saved.looksWritten;
      for (const [p, comoments] of saved.dead.entries()) {
        for (const [t, saved] of comoments.entries()) dead[p][t].restore(saved);
      }
    },
  };
}

function appendSpecies(writer: TableWriter, { populations }: Simulation, look: SpeciesLook): void {
  const { name, traits } = populations[look.population];
  for (const [s, species] of look.species.entries()) {
    for (const [t, trait] of traits.entries()) {
      const at = s * traits.length + t;
      writer.append([
        look.tick,
        name,
        species,
        trait.id,
        look.counts[s],
        look.traitMeans[at],
        look.traitVariances[at],
        null,
        null,
      ]);
    }
  }
}

function appendRows(writer: TableWriter, { tick }: Simulation, population: Population, dead: readonly Comoment[]): void {
  const { table, traits } = population;
  for (const [t, trait] of traits.entries()) {
    const values = table.f32(floatsNamed(trait.id)).subarray(0, table.count);
    const { count } = dead[t];
    const selection = relativeCovariance(dead[t]);
    writer.append([tick, population.name, null, trait.id, table.count, mean(values), variance(values), count, selection]);
    dead[t].clear();
  }
}

/** Covariance of x with y over the mean of y: selection in Price's equation, with y an offspring number. */
function relativeCovariance({ count, meanY, products }: Comoment): number | null {
  return count < 2 || meanY === 0 ? null : products / count / meanY;
}
