import { handCause } from '../../population/death-causes.ts';
import { removeDead } from '../../population/die.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { Acts } from '../../scene/acts.ts';
import { type InterventionResult, type InterventionScope, populationNamed, rowOfLiving } from './intervention.ts';

/** Removes organisms from the world and records their deaths for observers. @throws {SceneError} if one of them does not live */
export function removeOrganisms(scope: InterventionScope, { population: name, ids }: Acts['remove']): InterventionResult {
  const population = populationNamed(scope, name);
  takeOut(
    population,
    [...new Set(ids)].map((id) => rowOfLiving(population, id)),
  );
  return ids.length === 1
    ? { text: `organism ${ids[0]} was removed by hand`, organism: ids[0] }
    : { text: `${ids.length} ${name} were removed by hand` };
}

/** Removes rows of a population as deaths by hand. */
export function takeOut(population: EmbodiedPopulation, rows: readonly number[]): void {
  const { table, deaths, deathCauses } = population;
  const cause = table.u32('cause');
  const dying = table.u32('dying');
  for (const [k, row] of rows.toSorted((a, b) => a - b).entries()) {
    cause[row] = deathCauses.indexOf(handCause) + 1;
    dying[k] = row;
  }
  deaths.count = rows.length;
  deaths.note();
  removeDead(population);
}
