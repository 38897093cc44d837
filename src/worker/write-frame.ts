import type { Population } from '../population/population.ts';
import type { Simulation } from '../simulation/types.ts';
import { writeColourValues } from './colour-value.ts';
import { frameBytes, frameRow, frameStride, type Palette } from './protocol.ts';

/**
 * Writes all living organisms into a buffer, or into a larger one when that is too small; who stands out (`lit`) is left to
 * the caller. Reads only.
 * @param hueOf hue of an organism's species by its id, as a share of a turn; asked only for the palette `species`
 * @returns the buffer that was written, its room and the number of organisms.
 */
export function writeFrame(simulation: Simulation, palette: Palette, given: ArrayBuffer, hueOf: (id: number) => number) {
  let count = 0;
  for (const population of simulation.populations) count += population.table.count;
  const room = Math.floor(given.byteLength / (frameBytes * frameRow)) * frameRow;
  const capacity = room >= count && room > 0 ? room : Math.ceil((count * 1.25 + 1) / frameRow) * frameRow;
  const buffer = capacity === room ? given : new ArrayBuffer(frameBytes * capacity);
  const floats = new Float32Array(buffer, 0, capacity * frameStride);
  const ids = new Float64Array(buffer, capacity * frameStride * 4, capacity);
  let first = 0;
  simulation.populations.forEach((population, index) => {
    writePopulation(population, index, floats, first * frameStride);
    if (palette === 'species') writeHues(population, hueOf, floats, first * frameStride + 5);
    else writeColourValues(population, palette, simulation.tick, floats, first * frameStride + 5, frameStride);
    ids.set(population.table.f64('id').subarray(0, population.table.count), first);
    first += population.table.count;
  });
  return { buffer, floats, capacity, count };
}

function writeHues({ table }: Population, hueOf: (id: number) => number, floats: Float32Array, offset: number): void {
  const ids = table.f64('id');
  for (let row = 0, i = offset; row < table.count; row++, i += frameStride) floats[i] = hueOf(ids[row]);
}

function writePopulation({ table }: Population, index: number, floats: Float32Array, offset: number): void {
  const x = table.f32('x');
  const y = table.f32('y');
  const headings = table.has('headingX') ? ([table.f32('headingX'), table.f32('headingY')] as const) : undefined;
  const size = table.has('body.size') ? table.f32('body.size') : undefined;
  for (let row = 0, i = offset; row < table.count; row++, i += frameStride) {
    floats[i] = x[row];
    floats[i + 1] = y[row];
    floats[i + 2] = headings ? headings[0][row] : 1;
    floats[i + 3] = headings ? headings[1][row] : 0;
    floats[i + 4] = size ? size[row] : 1;
    floats[i + 7] = index;
  }
}
