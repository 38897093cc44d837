import type { ColumnSpec } from '../../ecs/table.ts';
import { fromValue, type Rows } from '../../kernel/arguments.ts';
import type { EmbodiedPopulation, PopulationScene } from '../../population/embodied-population.ts';
import { grid } from '../grid.ts';
import type { PlaneContext } from './context.ts';
import { placeOf } from './sense-ground.ts';

const ofNearest = ['size', 'likeness', 'signals'];

/** Whether a population must know which organism of its own kind is nearest, not only how near. */
const comparesKin = (senses: readonly string[]) => senses.some((id) => ofNearest.includes(id));

/** Column of rows of the nearest of `target` in each sector. */
export const nearestColumn = (target: string) => ({ name: `nearest.${target}`, type: 'i32', width: 4, kind: 'scratch' }) as const;

const nearness = { name: 'nearness', type: 'f32', width: 4, kind: 'scratch' } as const;

/** Columns for the nearest neighbours that senses and bites of this population need. */
export function neighbourColumns(name: string, parameters: PopulationScene): readonly ColumnSpec[] {
  const names = new Set(parameters.bite.targets);
  if (comparesKin(parameters.senses)) names.add(name);
  const columns: ColumnSpec[] = [nearness];
  for (const target of names) columns.push(nearestColumn(target));
  return columns;
}

/** Finds the nearest in each sector, of its own and of other populations, and writes the senses that depend on it. */
export function senseNeighbours(population: EmbodiedPopulation, context: PlaneContext): void {
  const { kernel, populations } = context;
  const { table, parameters } = population;
  const { senses } = population.policy;
  const { inputs, 'body.size': size } = table.columns;
  const signal = table.find('signal');
  const own = placeOf(population, 'neighbours');
  const others = placeOf(population, 'others');
  const near = table.of(nearness);
  let met = false;
  for (const target of populations) {
    if (target === population) continue;
    if (others < 0 && !parameters.bite.targets.includes(target.name)) continue;
    const rows = table.find(nearestColumn(target.name));
    if (others >= 0) findNearest(population, target, fromValue(inputs, others), met, rows, context);
    else findNearest(population, target, near, false, rows, context);
    met = true;
  }
  if (others >= 0 && !met) clearInput(population, others, 4);
  const kin = comparesKin(parameters.senses);
  if (own < 0 && !kin && !parameters.bite.targets.includes(population.name)) return;
  const rowsOf = table.find(nearestColumn(population.name));
  if (own >= 0 && !kin) {
    findNearest(population, population, fromValue(inputs, own), false, rowsOf, context);
    return;
  }
  findNearest(population, population, near, false, rowsOf, context);
  const { count } = table;
  if (own >= 0) kernel.copyUnits({ count, units: 4, from: near, to: fromValue(inputs, own) });
  if (!rowsOf) return;
  for (const { id, at } of senses) {
    const out = fromValue(inputs, at);
    if (id === 'size') kernel.compareNearest({ count, kind: 1, rowsOf, near, column: size, out });
    else if (id === 'signals' && signal) kernel.compareNearest({ count, kind: 0, rowsOf, near, column: signal, out });
    else if (id === 'likeness') {
      const { 'marker.1': marker1, 'marker.2': marker2, 'marker.3': marker3 } = table.columns;
      kernel.likenessOfNearest({ count, rowsOf, marker1, marker2, marker3, out });
    }
  }
}

function findNearest(
  population: EmbodiedPopulation,
  target: EmbodiedPopulation,
  near: Rows<'f32'>,
  combine: boolean,
  rowsOut: Rows<'i32'> | undefined,
  { kernel, plane }: PlaneContext,
): void {
  const { table } = population;
  const { headingX, headingY } = table.columns;
  kernel.nearestBySector({
    count: table.count,
    order: table.of(grid.order),
    sortedX: table.of(grid.x),
    sortedY: table.of(grid.y),
    headingX,
    headingY,
    targetStarts: plane.gridStarts(target.index),
    targetOrder: target.table.of(grid.order),
    targetX: target.table.of(grid.x),
    targetY: target.table.of(grid.y),
    same: population === target,
    columns: plane.gridColumns,
    rows: plane.gridRows,
    inverseX: plane.gridColumns / plane.width,
    inverseY: plane.gridRows / plane.height,
    torus: plane.torus,
    width: plane.width,
    height: plane.height,
    reach: plane.reach,
    near,
    combine,
    rowsOut,
  });
}

/** Nothing to see: zeros, because an input row keeps its former contents. */
function clearInput(population: EmbodiedPopulation, at: number, width: number): void {
  const inputs = population.table.f32('inputs');
  const stride = population.table.columns.inputs.width;
  for (let row = 0; row < population.count; row++) inputs.fill(0, row * stride + at, row * stride + at + width);
}
