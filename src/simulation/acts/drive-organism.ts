import type { Acts } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import { type InterventionResult, type InterventionScope, populationNamed, rowOfLiving } from './intervention.ts';

/** Organisms that may be driven at once. */
const mostDriven = 1000;

/** Has an organism act as it is ordered for some ticks. @throws {SceneError} if it does not live, or has nothing to bite */
export function driveOrganism(scope: InterventionScope, value: Acts['drive']): InterventionResult {
  const { population: name, id, turn, thrust, eat, bite, ticks } = value;
  const { context } = scope;
  const population = populationNamed(scope, name);
  rowOfLiving(population, id);
  if (bite && !population.table.find('bite')) throw new SceneError(`organisms of ${name} have nothing to bite; leave bite out`);
  const others = context.driven.filter((one) => one.population !== name || one.id !== id);
  if (ticks === 0) {
    context.driven = others;
    return { text: `organism ${id} decides again`, organism: id };
  }
  if (others.length >= mostDriven)
    throw new SceneError(`${mostDriven} organisms are driven by hand already; wait until some are not`);
  context.driven = [...others, { population: name, id, turn, thrust, eat, bite, until: context.tick + ticks }];
  return { text: `organism ${id} was driven by hand`, organism: id };
}
