import { settler } from '../../habitat/plane/settle.ts';
import { drawNormal, drawUniform } from '../../math/draws.ts';
import { philox4x32 } from '../../math/philox.ts';
import { conceive } from '../../population/conceive.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { develop } from '../../population/genomes.ts';
import type { Acts } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import { type InterventionResult, type InterventionScope, populationNamed, rowOfLiving } from './intervention.ts';

const words = new Uint32Array(4);
const place = new Float64Array(2);

/**
 * Places organisms: clones, which are births of a living organism, or introduced organisms without a parent.
 * @throws {SceneError} if there is no room or no open ground, the organism to copy does not live, or the genome has the wrong length
 */
export function placeOrganisms(scope: InterventionScope, value: Acts['place']): InterventionResult {
  const { population: name, x, y, spread, count, reserve, genome } = value;
  const population = populationNamed(scope, name);
  const room = population.capacity - population.count;
  if (count > room) {
    throw new SceneError(`there is room for ${room} more ${name}, not for ${count}: the capacity is ${population.capacity}`);
  }
  if (!settler(scope.context.plane)(x, y, place)) {
    throw new SceneError(`there is a barrier at ${x.toFixed(1)}, ${y.toFixed(1)}; choose open ground`);
  }
  if ('of' in genome) {
    bearClones(scope, population, rowOfLiving(population, genome.of), count);
    settleAround(scope, population, { x, y, spread, reserve });
    population.births.note();
    return { text: `${count} cloned by hand from organism ${genome.of} of ${name}`, organism: genome.of };
  }
  admit(scope, population, wholeGenome(population, genome.loci), count);
  settleAround(scope, population, { x, y, spread, reserve });
  population.births.noteArrivals();
  return { text: `${count} placed by hand in ${name}` };
}

/** Floats of a whole genome from the values of its loci, haplotypes one behind the other. */
function wholeGenome({ layout, ploidy, genomeLength, name }: EmbodiedPopulation, loci: readonly number[]): Float32Array {
  const expected = ploidy * layout.loci.length;
  if (loci.length !== expected) throw new SceneError(`a genome of ${name} has ${expected} loci, not ${loci.length}`);
  const genome = new Float32Array(genomeLength);
  for (let h = 0; h < ploidy; h++) {
    for (const [position, { slot }] of layout.loci.entries()) {
      genome[h * layout.stride + slot] = loci[h * layout.loci.length + position];
    }
  }
  return genome;
}

/** Births without a second parent, without mutation and without a cost to any organism. */
function bearClones({ context }: InterventionScope, population: EmbodiedPopulation, row: number, count: number): void {
  population.table.reserve(population.count + count);
  population.table.u32('parents').fill(row, 0, count);
  population.breeders = count;
  population.paired = false;
  // An organism born in a step lives from the end of the step; these live at this tick.
  context.nextId = conceive(population, context.tick - 1, context.nextId, context.kernel);
}

/** Rows for organisms without a parent here. */
export function admit({ context }: InterventionScope, population: EmbodiedPopulation, genome: Float32Array, count: number): void {
  population.table.reserve(population.count + count);
  const { table, births, layout, haplotypes } = population;
  const first = table.append(count);
  births.reserve(count);
  births.count = count;
  births.firstRow = first;
  births.refused = 0;
  const [id, parent, founder] = [table.f64('id'), table.f64('parent'), table.f64('founder')];
  const [low, high, birthTick] = [table.u32('keyLow'), table.u32('keyHigh'), table.i32('birthTick')];
  const stream = population.stream('placed');
  for (let row = first; row < first + count; row++) {
    const own = context.nextId++;
    id[row] = own;
    parent[row] = -1;
    founder[row] = own;
    birthTick[row] = context.tick;
    philox4x32(stream[0], stream[1], own >>> 0, Math.floor(own / 4_294_967_296), 0, 0, words);
    low[row] = words[0];
    high[row] = words[1];
    for (const [h, column] of haplotypes.entries()) {
      table.f32(column).set(genome.subarray(h * layout.stride, (h + 1) * layout.stride), row * layout.stride);
    }
  }
}

/** Expresses this tick's newborns and puts them around a place, each with a share of a full reserve. */
function settleAround(
  { context: { tick, plane } }: InterventionScope,
  population: EmbodiedPopulation,
  { x, y, spread, reserve }: Pick<Acts['place'], 'x' | 'y' | 'spread' | 'reserve'>,
): void {
  const { table, births } = population;
  const { firstRow, count } = births;
  develop(population, firstRow, count);
  population.copyToOwn(firstRow, count);
  const settle = settler(plane);
  const stream = population.stream('placed');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const [px, py, headingX, headingY] = [table.f32('x'), table.f32('y'), table.f32('headingX'), table.f32('headingY')];
  const [energy, storage] = [table.f32('energy'), table.f32('storage')];
  for (let row = firstRow; row < firstRow + count; row++) {
    // Uniform in the disc: the angle from a normal pair, because sines differ between engines.
    const [u, v] = [0, 1].map((draw) => drawNormal(stream, low[row], high[row], tick, draw));
    const length = Math.sqrt(u * u + v * v);
    const away = spread * Math.sqrt(drawUniform(stream, low[row], high[row], tick, 10));
    const open = settle(x + (away * u) / length, y + (away * v) / length, place);
    if (!open) settle(x, y, place);
    px[row] = place[0];
    py[row] = place[1];
    headingX[row] = u / length;
    headingY[row] = v / length;
    energy[row] = reserve * storage[row];
  }
}
