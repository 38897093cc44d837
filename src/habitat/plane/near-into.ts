import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { NearList } from '../../population/near-list.ts';
import { grid } from '../grid.ts';
import type { PlaneContext } from './context.ts';

/**
 * Rows of a population within `reach` lengths of the place of a row at the start of the tick, without that row; returns their number.
 * Reads the neighbour grid, which is valid until rows are removed at the end of the tick.
 */
export function nearInto(
  plane: PlaneContext['plane'],
  population: EmbodiedPopulation,
  row: number,
  reach: number,
  out: NearList,
): number {
  const { table } = population;
  const starts = plane.gridStarts(population.index).u32();
  const cells = table.u32(grid.cell);
  const order = table.u32(grid.order);
  const xs = table.f32(grid.x);
  const ys = table.f32(grid.y);
  const { gridColumns, gridRows, width, height, torus } = plane;
  const own = cells[row];
  const place = placeOf(starts, order, own, row);
  const [x, y] = [xs[place], ys[place]];
  const [column, line] = [own % gridColumns, Math.floor(own / gridColumns)];
  const square = reach * reach;
  const [firstColumn, lastColumn] = span(column, Math.ceil((reach * gridColumns) / width), gridColumns, torus);
  const [firstLine, lastLine] = span(line, Math.ceil((reach * gridRows) / height), gridRows, torus);
  let count = 0;
  for (let l = firstLine; l <= lastLine; l++) {
    const base = (((l % gridRows) + gridRows) % gridRows) * gridColumns;
    for (let c = firstColumn; c <= lastColumn; c++) {
      const cell = base + (((c % gridColumns) + gridColumns) % gridColumns);
      for (let i = starts[cell]; i < starts[cell + 1]; i++) {
        let dx = Math.abs(xs[i] - x);
        let dy = Math.abs(ys[i] - y);
        if (torus) {
          dx = Math.min(dx, width - dx);
          dy = Math.min(dy, height - dy);
        }
        if (dx * dx + dy * dy > square || order[i] === row) continue;
        if (count === out.rows.length) {
          const larger = new Int32Array(2 * count + 16);
          larger.set(out.rows);
          out.rows = larger;
        }
        out.rows[count++] = order[i];
      }
    }
  }
  return count;
}

/** First and last cell along one axis: all of them once if the reach covers the torus, cut at the edge of a walled plane. */
function span(at: number, reach: number, cells: number, torus: boolean): [number, number] {
  if (!torus) return [Math.max(0, at - reach), Math.min(cells - 1, at + reach)];
  return 2 * reach + 1 >= cells ? [0, cells - 1] : [at - reach, at + reach];
}

function placeOf(starts: Uint32Array, order: Uint32Array, cell: number, row: number): number {
  for (let i = starts[cell]; i < starts[cell + 1]; i++) if (order[i] === row) return i;
  throw new Error(`row ${row} is not in the grid`);
}
