import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import { SceneError } from '../scene/error.ts';
import type { Scene } from '../scene/schema.ts';
import type { SeriesColumn } from './series-sampler.ts';

/**
 * Checks that the plots which a scene puts first are of measures that its world has; only its probes know.
 * @param file name of the scene's input in the message
 * @throws {SceneError} a line for each that is not measured
 */
export function checkPlots({ view }: Scene, columns: readonly SeriesColumn[], file: string): void {
  const known = columns.map(({ probe, name }) => `${probe}/${name}`);
  const problems = (view?.plots ?? []).flatMap((measure, i) =>
    known.includes(measure)
      ? []
      : [
          `${showText(file, 200)}: view.plots[${i}]: '${showText(measure)}' is not measured in this world; ${suggest(measure, known)}`,
        ],
  );
  if (problems.length > 0) throw new SceneError(problems.slice(0, 5), problems.length);
}
