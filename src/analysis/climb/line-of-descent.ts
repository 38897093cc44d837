import type { NamedStream } from '../../math/streams.ts';
import { projectOntoGradient } from '../gradient/project.ts';
import { percentileOf, randomCosines } from '../gradient/random-directions.ts';
import type { ClimbLog } from './climb-log.ts';
import type { ClimbStep, CountedCensus } from './climb-of-window.ts';

type NamedCensus = CountedCensus & { readonly id: ArrayLike<number> };

/**
 * Row, in each census, of the ancestor of an organism of the last one along first parents: clades name the ancestor at the census before.
 * @returns rows in the order of the censuses, as far as the line can be followed
 * @throws {RangeError} if the organism is not in the last census
 * @experimental
 */
export function lineOfDescent(censuses: readonly NamedCensus[], organism: number): { census: number; row: number }[] {
  const places: { census: number; row: number }[] = [];
  let name = organism;
  for (let c = censuses.length - 1; c >= 0; c--) {
    const row = indexOf(censuses[c].id, name);
    if (row < 0) {
      if (places.length === 0) throw new RangeError(`organism ${organism} is not in the census of tick ${censuses[c].tick}`);
      break;
    }
    places.unshift({ census: c, row });
    name = censuses[c].clade[row];
  }
  return places;
}

/**
 * A line's steps from census to census along the gradient of the window before, beside random directions with the covariance of the living.
 * @param width traits a row
 * @experimental
 */
export function projectLine(
  censuses: readonly CountedCensus[],
  places: readonly { readonly census: number; readonly row: number }[],
  { windows, scale }: ClimbLog,
  width: number,
  stream: NamedStream,
): { from: number; to: number; step: ClimbStep }[] {
  const columns = Array.from({ length: width }, (_, t) => t).filter((t) => scale[t] > 0);
  const at = ({ traits }: CountedCensus, row: number) => Float64Array.from(columns, (t) => traits[row * width + t] / scale[t]);
  return places.slice(1).flatMap(({ census, row }, k) => {
    const [opened, closed] = [censuses[places[k].census], censuses[census]];
    const gradient = windows.find(({ to }) => to === opened.tick)?.gradient;
    if (!gradient || gradient.length === 0) return [];
    const start = at(opened, places[k].row);
    const displacement = at(closed, row).map((value, l) => value - start[l]);
    const { along, across, cosine, predictedGain } = projectOntoGradient(displacement, gradient);
    const mean = new Float64Array(columns.length);
    for (let i = 0; i < opened.count; i++) for (const [l, value] of at(opened, i).entries()) mean[l] += value / opened.count;
    const deviations = new Float64Array(opened.count * columns.length);
    for (let i = 0; i < opened.count; i++) {
      deviations.set(
        at(opened, i).map((value, l) => value - mean[l]),
        i * columns.length,
      );
    }
    const cosines = randomCosines(deviations, columns.length, gradient, 199, stream).sort();
    const percentile = Number.isNaN(cosine) ? Number.NaN : percentileOf(cosine, cosines);
    const step = { along, across, cosine, gain: predictedGain, percentile, low: cosines[4], high: cosines[194] };
    return [{ from: opened.tick, to: closed.tick, step }];
  });
}

function indexOf(values: ArrayLike<number>, value: number): number {
  for (let k = 0; k < values.length; k++) if (values[k] === value) return k;
  return -1;
}
