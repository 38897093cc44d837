import { mechanisms } from '../../mechanisms/index.ts';
import type { PopulationScene } from '../../population/plane-population.ts';

/** Actions that the senses, targets and mechanisms of a population give effect to. */
export function offeredActions(parameters: PopulationScene): Set<string> {
  const offered = new Set<string>();
  if (parameters.bite.targets.length > 0) offered.add('bite');
  if (parameters.senses.includes('signals')) offered.add('signal');
  for (const mechanism of mechanisms.all()) {
    // A scene that was read before a mechanism was registered does not know it.
    if (parameters.mechanisms[mechanism.id]?.on) for (const action of mechanism.actions ?? []) offered.add(action);
  }
  return offered;
}
