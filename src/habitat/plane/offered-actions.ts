import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import type { PopulationScene } from '../../population/embodied-population.ts';

/** Actions to which the senses, targets and mechanisms of a population give an effect. */
export function offeredActions(parameters: PopulationScene, mechanisms: MechanismSet): Set<string> {
  const offered = new Set<string>();
  if (parameters.bite.targets.length > 0) offered.add('bite');
  if (parameters.senses.includes('signals')) offered.add('signal');
  for (const mechanism of mechanisms.all()) {
    if (parameters.mechanisms[mechanism.id]?.on) for (const action of mechanism.actions ?? []) offered.add(action);
  }
  return offered;
}
