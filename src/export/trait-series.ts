import { mean, variance } from '../math/statistics.ts';
import type { Population } from '../population/population.ts';
import { traits } from '../population/traits.ts';
import type { Simulation } from '../simulation/types.ts';
import { Comoment } from './comoment.ts';
import type { Packable } from '../record/pack.ts';
import type { TableSource } from './source.ts';
import type { TableWriter } from './table-writer.ts';

/** Fills `trait_series`: at every sample one row a population and trait. */
export function traitSeriesSource(writer: TableWriter, simulation: Simulation): TableSource {
  const dead = simulation.populations.map(() => traits.map(() => new Comoment()));
  return {
    writer,
    afterTick(world) {
      for (const [p, population] of world.populations.entries()) {
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
      for (const [p, population] of world.populations.entries()) appendRows(writer, world, population, dead[p]);
    },
    finish() {},
    state: (): Packable => dead.map((comoments) => comoments.map((comoment) => comoment.state())),
    restore(state) {
      for (const [p, comoments] of (state as Packable[][]).entries()) {
        for (const [t, saved] of comoments.entries()) dead[p][t].restore(saved);
      }
    },
  };
}

function appendRows(writer: TableWriter, { tick }: Simulation, population: Population, dead: readonly Comoment[]): void {
  const { table } = population;
  for (const [t, trait] of traits.entries()) {
    const values = table.f32(trait.id).subarray(0, table.count);
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
