import type { WorldText } from '../../../worker/describe-world.ts';
import type { Control } from '../../../worker/topics/parameters.ts';

/**
 * The controls that matter for the steps of the mean: those of the model, of mutation, of transfer and of recombination when
 * they are at work here. A switch comes before the parameters that it switches.
 */
export function panelControls(controls: readonly Control[], world: WorldText): Control[] {
  const model = world.landscape?.model;
  const oneAtATime = model === 'annealing' || model === 'fixation';
  const training = model === 'population-based-training';
  const population = `populations.${world.populations[0]?.name}.mechanisms`;
  const wanted = [
    ...(oneAtATime ? [`habitat.${model}.`] : []),
    ...(training ? ['habitat.training.', `${population}.gradient-step.`] : []),
    ...(oneAtATime ? [] : [`populations.${world.populations[0]?.name}.founders`]),
    `${population}.mutation.deviation`,
    `${population}.mutation.rate`,
    ...(oneAtATime ? [] : [`${population}.transfer.on`, `${population}.transfer.rate`]),
  ];
  return wanted.flatMap((path) =>
    controls.filter((control) => control.live && (path.endsWith('.') ? control.path.startsWith(path) : control.path === path)),
  );
}
