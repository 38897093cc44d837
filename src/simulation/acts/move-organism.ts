import { settler } from '../../habitat/plane/settle.ts';
import type { Acts } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import { type InterventionResult, type InterventionScope, populationNamed, rowOfLiving } from './intervention.ts';

const place = new Float64Array(2);

/** Carries an organism to another place. @throws {SceneError} if it does not live, or there is a barrier */
export function moveOrganism(scope: InterventionScope, { population: name, id, x, y }: Acts['move']): InterventionResult {
  const population = populationNamed(scope, name);
  const row = rowOfLiving(population, id);
  if (!settler(scope.context.plane)(x, y, place)) {
    throw new SceneError(`there is a barrier at ${x.toFixed(1)}, ${y.toFixed(1)}; choose open ground`);
  }
  population.table.f32('x')[row] = place[0];
  population.table.f32('y')[row] = place[1];
  return { text: `organism ${id} was carried by hand to ${x.toFixed(1)}, ${y.toFixed(1)}`, organism: id };
}
