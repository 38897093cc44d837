import { namedStream } from '../src/math/streams.ts';

/** Fills a column with standard normal numbers. */
export function fillNormal(values: Float32Array, seed: number): void {
  const stream = namedStream(String(seed), 'bench');
  for (let i = 0; i < values.length; i++) values[i] = stream.normal();
}
