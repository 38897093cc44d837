import type { Camera } from './camera.ts';
import { countCells } from './count-cells.ts';
import { densityFragment, densityVertex } from './density-shaders.ts';
import { Squares, Texels } from './painter.ts';

/** Side of a cell, CSS pixels. */
const side = 6;
/** Density of organisms, for when they are too many to draw singly. Made on first use. */
export class Density {
  /** Organisms in a cell that is drawn at full strength, and the cell's side in lengths. */
  full = 0;
  lengths = 0;
  /** How much of it is seen, from 0 to 1: it fades in and out, and single organisms the other way. */
  strength = 0;
  readonly squares: Squares;
  private bytes = new Uint8Array(0);
  private readonly texels = new Texels('rgba8', { repeats: true });
  private readonly uniforms = { uRectangle: new Float32Array(4), uCounted: new Float32Array(2), uStrength: new Float32Array(1) };

  constructor(scale: Texels) {
    this.squares = new Squares(densityVertex, densityFragment, { ...this.uniforms, uDensity: this.texels, uScale: scale });
  }

  /** Counts and shows the organisms in view. */
  show(
    floats: Float32Array,
    count: number,
    camera: Camera,
    world: readonly [width: number, height: number],
    circle: boolean,
  ): void {
    const lengths = side / camera.scale;
    const { period } = camera;
    const [left, top, right, bottom] = camera.rectangle();
    const columnsOf = (k: 0 | 1, low: number, high: number) => {
      const size = world[k];
      // Where the world wraps, its side is a whole number of cells.
      const cell = period ? size / Math.max(1, Math.round(size / lengths)) : lengths;
      // Cells do not move with the view, and end where the world does, or after one time around it.
      const from = Math.floor((period ? low : Math.max(0, low)) / cell) * cell;
      const end = Math.ceil(high / cell) * cell;
      const to = period ? Math.min(from + size, end) : Math.min(size, end);
      return { from, to, end: period ? end : to, cells: Math.max(1, Math.round((to - from) / cell)) };
    };
    const x = columnsOf(0, left, right);
    const y = columnsOf(1, top, bottom);
    const [columns, rows] = [x.cells, y.cells];
    if (this.bytes.length !== 4 * columns * rows) this.bytes = new Uint8Array(4 * columns * rows);
    const { full } = countCells(floats, count, [x.from, y.from, x.to, y.to], columns, rows, circle, this.bytes, period);
    this.full = full;
    this.lengths = lengths;
    this.texels.show(this.bytes, columns, rows);
    this.uniforms.uRectangle.set([x.from, y.from, x.end, y.end]);
    this.uniforms.uCounted.set([x.to - x.from, y.to - y.from]);
    this.uniforms.uStrength[0] = this.strength;
  }
}
