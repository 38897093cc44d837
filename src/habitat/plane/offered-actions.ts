import { mechanisms } from '../../mechanisms/index.ts';
import type { PopulationScene } from '../../population/plane-population.ts';

/** Actions to which the senses, targets and mechanisms of a population give an effect. */
export function offeredActions(parameters: PopulationScene): Set<string> {
  const offered = new Set<string>();
  if (parameters.bite.targets.length > 0) offered.add('bite');
  if (parameters.senses.includes('signals')) offered.add('signal');
  for (const mechanism of mechanisms.all()) {
    // A scene that was read before a mechanism was registered does not contain it.
    if (parameters.mechanisms[mechanism.id]?.on) for (const action of mechanism.actions ?? []) offered.add(action);
  }
  return offered;
}
