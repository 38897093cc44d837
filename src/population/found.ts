import { perSlot } from '../genome/layout.ts';
import type { Kernels } from '../kernel/generated/kernel.ts';
import { drawNormal, drawUniform } from '../math/draws.ts';
import { philox4x32 } from '../math/philox.ts';
import type { EmbodiedPopulation } from './embodied-population.ts';
import { foundCopies } from './found-copies.ts';
import { develop } from './genomes.ts';

const words = new Uint32Array(4);
const place = new Float64Array(2);

/**
 * Makes the founders: random genomes around the founder medians, scattered over open ground, of all ages up to a quarter
 * of the life span, so that they do not all grow old at once.
 * @param scatter puts an organism on open ground, from two uniform numbers
 * @returns the id of the next organism
 */
export function found(
  population: EmbodiedPopulation,
  nextId: number,
  scatter: (u: number, v: number, out: Float64Array) => void,
  kernel: Kernels,
): number {
  const { parameters, layout, arena } = population;
  const perLocus = perSlot(layout, 'deviation');
  // The mean of two haplotypes must differ among founders as the scene says.
  const spread = Math.sqrt(population.ploidy);
  const block = arena.allocate(`${population.name} founder deviations`, perLocus.byteLength);
  block.f32().set(perLocus);
  const count = Math.min(parameters.founders, parameters.capacity);
  population.table.reserve(count);
  const { table } = population;
  const first = table.append(count);
  const stream = population.stream('founder');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const [id, parent, founder] = [table.f64('id'), table.f64('parent'), table.f64('founder')];
  for (let row = first; row < first + count; row++) {
    id[row] = nextId;
    parent[row] = -1;
    founder[row] = nextId++;
    philox4x32(stream[0], stream[1], row, 0, 0, 1, words);
    low[row] = words[0];
    high[row] = words[1];
  }
  const { keyLow, keyHigh } = table.columns;
  for (const [h, column] of population.haplotypes.entries()) {
    kernel.mutate({
      first,
      count,
      genome: table.of(column),
      slots: layout.stride,
      scales: block,
      factor: undefined,
      deviation: spread,
      rate: 1,
      keyLow,
      keyHigh,
      stream: h === 0 ? stream : population.stream('founder.2'),
    });
  }
  addBiases(population, first, count);
  foundCopies(population, first, count);
  develop(population, first, count);
  settleDown(population, first, count, scatter);
  return nextId;
}

/** Makes founders inclined to actions, or against them, as the scene says. */
function addBiases({ table, layout, haplotypes, parameters }: EmbodiedPopulation, first: number, count: number): void {
  for (const [action, bias] of Object.entries(parameters.policy.biases)) {
    const slot = layout.loci.find(({ name }) => name === `bias>${action}`)?.slot;
    if (slot === undefined) continue;
    for (const haplotype of haplotypes) {
      const loci = table.f32(haplotype);
      for (let row = first; row < first + count; row++) loci[row * layout.stride + slot] += bias;
    }
  }
}

function settleDown(
  population: EmbodiedPopulation,
  first: number,
  count: number,
  scatter: (u: number, v: number, out: Float64Array) => void,
): void {
  const { table, parameters } = population;
  const stream = population.stream('scatter');
  const [low, high, birthTick] = [table.u32('keyLow'), table.u32('keyHigh'), table.i32('birthTick')];
  const [x, y, headingX, headingY] = [table.f32('x'), table.f32('y'), table.f32('headingX'), table.f32('headingY')];
  const [energy, storage] = [table.f32('energy'), table.f32('storage')];
  const oldest = Math.floor(parameters.life.span / 4);
  for (let row = first; row < first + count; row++) {
    const uniform = (draw: number) => drawUniform(stream, low[row], high[row], 0, draw);
    scatter(uniform(10), uniform(11), place);
    x[row] = place[0];
    y[row] = place[1];
    const u = drawNormal(stream, low[row], high[row], 0, 0);
    const v = drawNormal(stream, low[row], high[row], 0, 1);
    const length = Math.sqrt(u * u + v * v);
    headingX[row] = u / length;
    headingY[row] = v / length;
    birthTick[row] = -Math.floor(uniform(2) * oldest);
    energy[row] = Math.min(parameters.energy.founder, storage[row]);
  }
}
