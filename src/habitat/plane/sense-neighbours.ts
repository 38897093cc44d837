import type { ColumnSpec } from '../../ecs/table.ts';
import type { PlanePopulation, PopulationScene } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';
import { inputOffset } from './sense-ground.ts';

const ofNearest = ['size', 'likeness', 'signals'];

/** Whether a population must know which organism of its own kind is nearest, not only how near. */
const comparesKin = (senses: readonly string[]) => senses.some((id) => ofNearest.includes(id));

/** Column of rows of the nearest of `target` in each sector. */
export const nearestColumn = (target: string) => `nearest.${target}`;

/** Columns for the nearest neighbours that senses and bites of this population need. */
export function neighbourColumns(name: string, parameters: PopulationScene): readonly ColumnSpec[] {
  const names = new Set(parameters.bite.targets);
  if (comparesKin(parameters.senses)) names.add(name);
  const columns: ColumnSpec[] = [{ name: 'nearness', type: 'f32', width: 4, kind: 'scratch' }];
  for (const target of names) columns.push({ name: nearestColumn(target), type: 'i32', width: 4, kind: 'scratch' });
  return columns;
}

/** Finds the nearest in each sector, of its own and of other populations, and writes the senses that depend on it. */
export function senseNeighbours(population: PlanePopulation, context: PlaneContext): void {
  const { kernel, populations } = context;
  const { table, parameters, senses } = population;
  const inputs = table.pointer('inputs');
  const stride = table.rowBytes('inputs');
  const own = inputOffset(population, 'neighbours');
  const others = inputOffset(population, 'others');
  const near = table.pointer('nearness');
  let met = false;
  for (const target of populations) {
    if (target === population) continue;
    if (others < 0 && !parameters.bite.targets.includes(target.name)) continue;
    const rows = table.pointer(nearestColumn(target.name));
    if (others >= 0) findNearest(population, target, inputs + others, stride, met, rows, context);
    else findNearest(population, target, near, 16, false, rows, context);
    met = true;
  }
  if (others >= 0 && !met) clearInput(population, others / 4, 4);
  const kin = comparesKin(parameters.senses);
  if (own < 0 && !kin && !parameters.bite.targets.includes(population.name)) return;
  const rows = table.pointer(nearestColumn(population.name));
  if (own >= 0 && !kin) {
    findNearest(population, population, inputs + own, stride, false, rows, context);
    return;
  }
  findNearest(population, population, near, 16, false, rows, context);
  if (own >= 0) kernel.copyUnits(table.count, 4, near, 16, inputs + own, stride);
  for (const { id, at } of senses) {
    const out = inputs + 4 * at;
    if (id === 'size') kernel.compareNearest(table.count, 1, rows, near, 16, table.pointer('body.size'), out, stride);
    else if (id === 'signals') kernel.compareNearest(table.count, 0, rows, near, 16, table.pointer('signal'), out, stride);
    else if (id === 'likeness') {
      const [a, b, c] = ['marker.1', 'marker.2', 'marker.3'].map((marker) => table.pointer(marker));
      kernel.likenessOfNearest(table.count, rows, a, b, c, out, stride);
    }
  }
}

function findNearest(
  population: PlanePopulation,
  target: PlanePopulation,
  near: number,
  nearStride: number,
  combine: boolean,
  rows: number,
  { kernel, plane }: PlaneContext,
): void {
  const { table } = population;
  kernel.nearestBySector(
    table.count,
    table.pointer('grid.order'),
    table.pointer('grid.x'),
    table.pointer('grid.y'),
    table.pointer('headingX'),
    table.pointer('headingY'),
    plane.gridStarts(target.index).pointer,
    target.table.pointer('grid.order'),
    target.table.pointer('grid.x'),
    target.table.pointer('grid.y'),
    population === target ? 1 : 0,
    plane.gridColumns,
    plane.gridRows,
    plane.gridColumns / plane.width,
    plane.gridRows / plane.height,
    plane.torus ? 1 : 0,
    plane.width,
    plane.height,
    plane.reach,
    near,
    nearStride,
    combine ? 1 : 0,
    rows,
  );
}

/** Nothing to see: zeros, because an input row keeps its former contents. */
function clearInput(population: PlanePopulation, at: number, width: number): void {
  const inputs = population.table.f32('inputs');
  const stride = population.table.stride('inputs');
  for (let row = 0; row < population.count; row++) inputs.fill(0, row * stride + at, row * stride + at + width);
}
