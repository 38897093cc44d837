/** Heights on a grid: `rows` rows of `columns` numbers, one behind the other. */
export interface HeightGrid {
  readonly columns: number;
  readonly rows: number;
  readonly heights: ArrayLike<number>;
}

/** For each corner pattern (1 upper left, 2 upper right, 4 lower right, 8 lower left above the level): pairs of crossed edges. */
const crossed: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 1, 2, 3],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

/**
 * The contour of a grid at a level as segments: x, y of one end, x, y of the other, in units of the grid's spacing from its
 * first height. By marching squares (Lorensen & Cline 1987 in two dimensions); at a saddle the two high corners are separated.
 */
export function contourSegments({ columns, rows, heights }: HeightGrid, level: number): number[] {
  const segments: number[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const [a, b, c, d] = [heights[at], heights[at + 1], heights[at + columns + 1], heights[at + columns]];
      const pattern = Number(a > level) + 2 * Number(b > level) + 4 * Number(c > level) + 8 * Number(d > level);
      for (const edge of crossed[pattern]) {
        const share = (from: number, to: number) => (level - from) / (to - from);
        if (edge === 0) segments.push(column + share(a, b), row);
        else if (edge === 1) segments.push(column + 1, row + share(b, c));
        else if (edge === 2) segments.push(column + share(d, c), row + 1);
        else segments.push(column, row + share(a, d));
      }
    }
  }
  return segments;
}

/**
 * Distance of contours such that about `wanted` of them lie between two heights: 1, 2 or 5 times a power of ten.
 * @returns 1 if there is no height between them
 */
export function contourInterval(low: number, high: number, wanted: number): number {
  const rough = (high - low) / wanted;
  if (!(rough > 0 && rough < Infinity)) return 1;
  let power = 1;
  while (power > rough) power /= 10;
  while (power * 10 <= rough) power *= 10;
  return power * (rough < 2 * power ? 1 : rough < 5 * power ? 2 : 5);
}
