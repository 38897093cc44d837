import { BufferImageSource, type TextureSource, UniformGroup } from 'pixi.js';
import type { Camera } from './camera.ts';
import { countCells } from './count-cells.ts';
import { densityFragment, densityVertex } from './density-shaders.ts';
import { quadMesh } from './quad-mesh.ts';

/** Side of a cell, CSS pixels. */
const side = 6;
/** Density of organisms, for when they are too many to draw singly. Made on first use. */
export class Density {
  readonly mesh: ReturnType<typeof quadMesh>;
  /** Organisms in a cell that is drawn at full strength, and the cell's side in lengths. */
  full = 0;
  lengths = 0;
  private texels = new Uint8Array(0);
  private readonly source = new BufferImageSource({
    resource: new Uint8Array(4),
    width: 1,
    height: 1,
    format: 'rgba8unorm',
    scaleMode: 'nearest',
    addressMode: 'repeat',
    alphaMode: 'no-premultiply-alpha',
  });
  private readonly uniforms = new UniformGroup({
    uRectangle: { value: new Float32Array(4), type: 'vec4<f32>' as const },
    uCounted: { value: new Float32Array(2), type: 'vec2<f32>' as const },
  });

  constructor(view: UniformGroup, scale: TextureSource) {
    this.mesh = quadMesh('density', densityVertex, densityFragment, {
      view,
      density: this.uniforms,
      uDensity: this.source,
      uScale: scale,
    });
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
    if (this.texels.length !== 4 * columns * rows) this.texels = new Uint8Array(4 * columns * rows);
    const { full } = countCells(floats, count, [x.from, y.from, x.to, y.to], columns, rows, circle, this.texels, period);
    this.full = full;
    this.lengths = lengths;
    const { source } = this;
    source.resource = this.texels;
    if (source.width === columns && source.height === rows) source.update();
    else source.resize(columns, rows);
    this.uniforms.uniforms.uRectangle.set([x.from, y.from, x.end, y.end]);
    this.uniforms.uniforms.uCounted.set([x.to - x.from, y.to - y.from]);
    this.uniforms.update();
  }
}
