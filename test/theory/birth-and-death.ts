import type { Tree } from '../../src/analysis/tree/tree.ts';
import type { NamedStream } from '../../src/math/streams.ts';

/** Lines that divide and end at constant rates, from a number of first lines; in continuous time. */
export function birthAndDeath(
  stream: NamedStream,
  { first, births, deaths, ticks }: { first: number; births: number; deaths: number; ticks: number },
): Tree {
  const parent = Array.from({ length: first }, () => -1);
  const origin = Array.from({ length: first }, () => 0);
  const end = Array.from({ length: first }, () => Number.POSITIVE_INFINITY);
  const living = Array.from({ length: first }, (_, i) => i);
  for (let now = 0; living.length > 0; ) {
    now -= Math.log(1 - stream.uniform()) / (living.length * (births + deaths));
    if (now > ticks) break;
    const at = stream.integer(living.length);
    if (stream.uniform() * (births + deaths) < births) {
      parent.push(living[at]);
      origin.push(now);
      end.push(Number.POSITIVE_INFINITY);
      living.push(parent.length - 1);
    } else {
      end[living[at]] = now;
      living.splice(at, 1);
    }
  }
  const count = parent.length;
  return {
    count,
    parent: Int32Array.from(parent),
    origin: Float64Array.from(origin),
    end: Float64Array.from(end),
    id: Float64Array.from(parent.keys()),
  };
}
