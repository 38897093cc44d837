import { drawUniform } from '../../math/draws.ts';
import { streamKey } from '../../math/streams.ts';
import type { Population } from '../../population/population.ts';

/**
 * Rows of up to `size` living organisms, drawn without replacement, in the order of their ids. The draw depends on the
 * organisms and the tick, not on the order of rows, and it changes no draw of the world.
 */
export function drawSample({ table, count }: Population, seed: string, tick: number, size: number): Int32Array {
  const id = table.f64('id');
  let rows: Int32Array;
  if (count <= size) {
    rows = Int32Array.from({ length: count }, (_, row) => row);
  } else {
    const key = streamKey(seed, 'record.species');
    const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
    const draws = new Float64Array(count);
    for (let row = 0; row < count; row++) draws[row] = drawUniform(key, low[row], high[row], tick, 0);
    const last = smallest(draws.slice(), size);
    const drawn: number[] = [];
    const tied: number[] = [];
    for (let row = 0; row < count; row++) {
      if (draws[row] < last) drawn.push(row);
      else if (draws[row] === last) tied.push(row);
    }
    tied.sort((a, b) => id[a] - id[b]);
    rows = Int32Array.from([...drawn, ...tied.slice(0, size - drawn.length)]);
  }
  return rows.sort((a, b) => id[a] - id[b]);
}

/** The k-th smallest value, k from 1 on (Hoare's selection); reorders the values. */
function smallest(values: Float64Array, k: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let [i, j] = [from, to];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        [values[i], values[j]] = [values[j], values[i]];
        i++;
        j--;
      }
    }
    if (k - 1 <= j) to = j;
    else if (k - 1 >= i) from = i;
    else break;
  }
  return values[k - 1];
}
