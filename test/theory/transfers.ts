import { copyGenomes, implantGenomes } from '../../src/population/implant.ts';
import type { Population } from '../../src/population/population.ts';
import { traitIds } from '../../src/population/traits.ts';
import { makeWorld, smallWorld } from '../unit/engine/worlds.ts';
import { rich, slotOf } from './linkage.ts';

/** Organisms that never die, and whose reserves never reach what offspring would take. */
export function still(mechanism: Record<string, unknown>, founders: number, seed: string, rest: Record<string, unknown> = {}) {
  return makeWorld(
    smallWorld({
      ...rest,
      habitat: rich,
      foragers: {
        founders,
        traits: { 'marker.1': { deviation: 0 } },
        energy: { founder: 6, living: 0, moving: 0, swiftness: 0, feeding: 0, storage: 1000 },
        life: { maturity: 100_000, span: 1_000_000, accident: 0 },
        mechanisms: { mutation: { on: false }, transfer: { on: true, ...mechanism } },
      },
    }),
    seed,
  );
}

/**
 * Changes of a neutral marker by replacement. Recipients are as likely to be anybody as donors are: their mean is 0, its error that of the
 * changes. Where donors are neighbours, those with many are drawn as donors more often: then place, not the marker, decides.
 */
export function markerChanges(donors: string, founders: number, ticks: number, seed: string): number[] {
  const changes: number[] = [];
  const simulation = still({ rate: 0.05, donors, reach: 12, loci: 400 }, founders, seed);
  const [population] = simulation.populations;
  const marker = traitIds.indexOf('marker.2');
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    const events = simulation.transfers(population);
    for (let k = 0; k < events.count; k++) changes.push(events.traitChange[k * traitIds.length + marker]);
  }
  simulation.dispose();
  return changes;
}

/** Gives the element, marker.1, to every tenth organism. @returns its slot */
export function implantElement(population: Population): number {
  const slot = slotOf(population, 'marker.1');
  const carriers = Array.from({ length: population.count / 10 }, (_, row) => row * 10);
  const genomes = copyGenomes(population, carriers);
  for (let k = 0; k < carriers.length; k++) genomes[k * population.layout.stride + slot] = 1;
  implantGenomes(population, carriers, genomes);
  return slot;
}

/** Share that carries an element which is acquired and never lost, tick by tick from a tenth on, where all meet all. */
export function elementPath(of: { founders: number; rate: number; ticks: number; seed: string }): number[] {
  const { founders, rate, ticks, seed } = of;
  const simulation = still({ rate, donors: 'anyone', kind: 'element' }, founders, seed);
  const [population] = simulation.populations;
  const slot = implantElement(population);
  const share = () => {
    const genome = population.table.f32('genome');
    let carrying = 0;
    for (let row = 0; row < population.count; row++) if (genome[row * population.layout.stride + slot] > 0) carrying++;
    return carrying / population.count;
  };
  const path = [share()];
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    path.push(share());
  }
  if (population.count !== founders) throw new Error(`${population.count} of ${founders} are left`);
  simulation.dispose();
  return path;
}

/** The same by the map of expectations: each tick each without it meets, with chance rate, one of the N - 1 others. */
export function elementExpected(of: { founders: number; rate: number; ticks: number }): number[] {
  const path = [0.1];
  for (let tick = 0; tick < of.ticks; tick++) {
    const now = path[tick];
    path.push(now + of.rate * (1 - now) * ((now * of.founders) / (of.founders - 1)));
  }
  return path;
}
