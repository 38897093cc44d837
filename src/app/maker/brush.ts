// What a brush covers of a grid that lies over the world.

/** Cells over a world of some lengths. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly torus: boolean;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How a brush meets the ground: round, or square on a lattice of its own size, so that walls stay few rectangles. */
export type Tip = 'round' | 'square';

const wrap = (value: number, size: number) => ((value % size) + size) % size;

/** Indices of the cells that a brush of this radius covers at a place: always the one under it. */
export function cellsUnder(grid: Grid, place: Place, radius: number, tip: Tip): number[] {
  const { columns, rows, width, height, torus } = grid;
  const [across, down] = [width / columns, height / rows];
  const snapped = (value: number, cell: number) => {
    const lattice = Math.max(cell, radius - (radius % cell));
    return (Math.floor(value / lattice) + 0.5) * lattice;
  };
  const [x, y] = tip === 'square' ? [snapped(place.x, across), snapped(place.y, down)] : [place.x, place.y];
  const found = new Set<number>();
  const add = (column: number, row: number) => {
    const inside = column >= 0 && row >= 0 && column < columns && row < rows;
    if (inside || torus) found.add(wrap(row, rows) * columns + wrap(column, columns));
  };
  add(Math.floor(place.x / across), Math.floor(place.y / down));
  for (let row = Math.floor((y - radius) / down); row <= (y + radius) / down; row++) {
    for (let column = Math.floor((x - radius) / across); column <= (x + radius) / across; column++) {
      const [dx, dy] = [(column + 0.5) * across - x, (row + 0.5) * down - y];
      const covered = tip === 'square' ? Math.abs(dx) < radius && Math.abs(dy) < radius : dx * dx + dy * dy <= radius * radius;
      if (covered) add(column, row);
    }
  }
  return [...found];
}

/** Places of a stroke from one place to another, close enough that a brush of this radius leaves no gap; the end is the last of them. */
export function placesAlong(from: Place, to: Place, radius: number): Place[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const steps = Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy) / Math.max(1, radius / 2)));
  return Array.from({ length: steps }, (_, i) => ({ x: from.x + (dx * (i + 1)) / steps, y: from.y + (dy * (i + 1)) / steps }));
}

/** A barrier as a scene has it, lengths. */
export interface Barrier extends Place {
  readonly width: number;
  readonly height: number;
}

/** The marked cells as rectangles: each as wide as it can be, then as high. @param cell side of a cell, lengths */
export function rectanglesOf(marked: Uint8Array, columns: number, cell: number): Barrier[] {
  const left = Uint8Array.from(marked);
  const rows = left.length / columns;
  const found: Barrier[] = [];
  const isFull = (row: number, from: number, to: number) => {
    for (let column = from; column < to; column++) if (!left[row * columns + column]) return false;
    return true;
  };
  for (let at = left.indexOf(1); at >= 0; at = left.indexOf(1, at)) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    let right = column;
    while (right < columns && left[row * columns + right]) right++;
    let bottom = row + 1;
    while (bottom < rows && isFull(bottom, column, right)) bottom++;
    for (let y = row; y < bottom; y++) left.fill(0, y * columns + column, y * columns + right);
    found.push({ x: column * cell, y: row * cell, width: (right - column) * cell, height: (bottom - row) * cell });
  }
  return found;
}
