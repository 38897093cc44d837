import { perSlot } from '../../genome/layout.ts';
import type { Kernels } from '../../kernel/generated/kernel.ts';
import { philox4x32 } from '../../math/philox.ts';
import { foundCopies } from '../../population/found-copies.ts';
import { develop } from '../../population/genomes.ts';
import type { LandscapePopulation } from './landscape-population.ts';

const words = new Uint32Array(4);

/**
 * Makes the founders: genomes around the start.
 * @returns the id of the next organism
 */
export function foundOnLandscape(population: LandscapePopulation, nextId: number, kernel: Kernels): number {
  const { parameters, layout, arena, dimensions, haplotypes } = population;
  const deviations = perSlot(layout, 'deviation');
  const block = arena.allocate(`${population.name} founder deviations`, deviations.byteLength);
  block.f32().set(deviations);
  population.table.reserve(parameters.founders);
  const { table } = population;
  const first = table.append(parameters.founders);
  const stream = population.stream('founder');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const [id, parent, founder] = [table.f64('id'), table.f64('parent'), table.f64('founder')];
  for (let row = first; row < table.count; row++) {
    id[row] = nextId;
    parent[row] = -1;
    founder[row] = nextId++;
    philox4x32(stream[0], stream[1], row, 0, 0, 1, words);
    low[row] = words[0];
    high[row] = words[1];
  }
  const { keyLow, keyHigh } = table.columns;
  for (const [h, column] of haplotypes.entries()) {
    const genome = table.f32(column);
    for (let row = first; row < table.count; row++) {
      genome.fill(parameters.start.mean, row * layout.stride, row * layout.stride + dimensions);
    }
    kernel.mutate({
      first,
      count: parameters.founders,
      genome: table.of(column),
      slots: layout.stride,
      scales: block,
      factor: undefined,
      // The mean of two haplotypes must differ among founders as the scene says.
      deviation: Math.sqrt(population.ploidy),
      rate: 1,
      keyLow,
      keyHigh,
      stream: h === 0 ? stream : population.stream('founder.2'),
    });
  }
  foundCopies(population, first, parameters.founders);
  develop(population, first, parameters.founders);
  return nextId;
}
