import type { Change, Simulation } from '../../simulation/types.ts';

/**
 * When mechanisms of a population were on.
 * @returns whether a mechanism was on in any step after a tick and until one. A change at a tick takes effect in the step that ends at the next tick
 */
export function switchesOf(
  { initialScene, tick }: Simulation,
  made: readonly Change[],
  population: string,
): (mechanism: string, after: number, until: number) => boolean {
  const changes = [...initialScene.changes.filter(({ at }) => at <= tick), ...made].sort((a, b) => a.at - b.at);
  return (mechanism, after, until) => {
    if (until <= after) return false;
    const path = `populations.${population}.mechanisms.${mechanism}.on`;
    let isOn = initialScene.populations[population]?.mechanisms[mechanism]?.on === true;
    for (const change of changes) {
      if (change.path !== path || change.at >= until) continue;
      if (change.at > after && isOn) return true;
      isOn = change.value === true;
    }
    return isOn;
  };
}
