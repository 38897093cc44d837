import { floatsNamed } from '../ecs/table.ts';
import type { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
import type { Population } from '../population/population.ts';
import { onLandscape } from '../simulation/kinds.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Palette } from './colour-value.ts';
import { rangeOf, writeColourValues } from './colour-value.ts';
import { frameBytes, frameRow, frameStride } from './frame-layout.ts';
import type { KinHues } from './hues/kin-hues.ts';
import { type GenomePlane, planeSide } from './landscape/genome-plane.ts';
import { writeBodies } from './write-bodies.ts';

/** If heights have no meaning: the spread of organisms, and the step from one to the next. */
const spread = 0.3 * planeSide;
const golden = 0.618_033_988_749_895;

/**
 * Writes all living organisms into a buffer, or into a larger one if that is too small; the caller sets the highlight (`lit`).
 * Reads only.
 * @param hues writes the hues of relatives for the palettes that mark them
 * @param plane on a landscape, the plane in which genomes are places
 * @returns the buffer that was written, its room and the number of organisms, and on a landscape the ends of the colour scale.
 */
export function writeFrame(
  simulation: Simulation,
  palette: Palette,
  given: ArrayBuffer,
  hues: Pick<KinHues, 'write'>,
  plane?: GenomePlane,
) {
  let count = 0;
  for (const population of simulation.populations) count += population.table.count;
  const room = Math.floor(given.byteLength / (frameBytes * frameRow)) * frameRow;
  const capacity = room >= count && room > 0 ? room : Math.ceil((count * 1.25 + 1) / frameRow) * frameRow;
  const buffer = capacity === room ? given : new ArrayBuffer(frameBytes * capacity);
  const floats = new Float32Array(buffer, 0, capacity * frameStride);
  const ids = new Float64Array(buffer, capacity * frameStride * 4, capacity);
  let first = 0;
  let range: readonly [number, number] | undefined;
  simulation.populations.forEach((population, index) => {
    writePopulation(population, index, floats, first * frameStride);
    writeBodies(population, floats, first * frameStride, simulation);
    if (plane) writePlaces(population, plane, floats, first * frameStride);
    if (palette === 'species' || palette === 'lineage')
      hues.write(palette, population, floats, first * frameStride + 5, frameStride);
    else if (onLandscape(simulation)) {
      const values =
        palette === 'fitness' ? simulation.habitat.logFitness(population as LandscapePopulation) : trait(population, palette);
      range = writeScaled(values, population.count, floats, first * frameStride + 5, rangeOf(simulation.scene.view, palette));
    } else if (palette !== 'fitness')
      writeColourValues(population, palette, simulation, floats, first * frameStride + 5, frameStride);
    ids.set(population.table.f64('id').subarray(0, population.table.count), first);
    first += population.table.count;
  });
  return { buffer, floats, capacity, count, ...(range ? { range } : {}) };
}

function trait({ table }: Population, palette: Palette): Float32Array {
  const id = palette.slice('trait:'.length);
  const column = table.find(floatsNamed(id));
  if (!column) throw new Error(`palette '${palette}': unknown trait on this landscape`);
  return column.values;
}

/** Writes values as shares of the distance from the least to the greatest of them, or of a given range, and returns these two. */
function writeScaled(
  values: ArrayLike<number>,
  count: number,
  out: Float32Array,
  offset: number,
  given: readonly [number, number] | undefined,
): readonly [number, number] {
  let [low, high] = given ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count && !given; row++) {
    if (values[row] < low) low = values[row];
    if (values[row] > high) high = values[row];
  }
  const scale = high > low ? 1 / (high - low) : 0;
  for (let row = 0, i = offset; row < count; row++, i += frameStride) out[i] = scale > 0 ? (values[row] - low) * scale : 0.5;
  return [low, high];
}

/** Places of genomes in the plane. In one dimension, heights are spread so that the number of organisms shows. */
function writePlaces(population: Population, plane: GenomePlane, floats: Float32Array, offset: number): void {
  const { table, layout, count } = population;
  const genomes = table.f32('genome');
  const ids = table.f64('id');
  for (let row = 0, i = offset; row < count; row++, i += frameStride) {
    const [x, y] = plane.place(genomes, row * layout.stride);
    floats[i + 4] = 0;
    floats[i] = x;
    floats[i + 1] = plane.isLine ? y + spread * (((ids[row] * golden) % 1) - 0.5) : y;
  }
}

function writePopulation(population: Population, index: number, floats: Float32Array, offset: number): void {
  const { table } = population;
  const x = table.f32('x');
  const y = table.f32('y');
  const headings = population.has('place')
    ? ([population.table.f32('headingX'), population.table.f32('headingY')] as const)
    : undefined;
  const size = population.has('energy') ? population.table.f32('body.size') : undefined;
  for (let row = 0, i = offset; row < table.count; row++, i += frameStride) {
    floats[i] = x[row];
    floats[i + 1] = y[row];
    floats[i + 2] = headings ? headings[0][row] : 1;
    floats[i + 3] = headings ? headings[1][row] : 0;
    floats[i + 4] = size ? size[row] : 1;
    floats[i + 7] = index;
  }
}
