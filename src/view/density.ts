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
    alphaMode: 'no-premultiply-alpha',
  });
  private readonly uniforms = new UniformGroup({ uRectangle: { value: new Float32Array(4), type: 'vec4<f32>' as const } });

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
    const [left, top, right, bottom] = camera.rectangle();
    // Cells do not move with the view, and end where the world does.
    const begin = (edge: number) => Math.floor(Math.max(0, edge) / lengths) * lengths;
    const end = (edge: number, size: number) => Math.min(size, Math.ceil(edge / lengths) * lengths);
    const from = [begin(left), begin(top)] as const;
    const to = [end(right, world[0]), end(bottom, world[1])] as const;
    const columns = Math.max(1, Math.round((to[0] - from[0]) / lengths));
    const rows = Math.max(1, Math.round((to[1] - from[1]) / lengths));
    if (this.texels.length !== 4 * columns * rows) this.texels = new Uint8Array(4 * columns * rows);
    const rectangle = [...from, ...to] as const;
    const { full } = countCells(floats, count, rectangle, columns, rows, circle, this.texels);
    this.full = full;
    this.lengths = lengths;
    const { source } = this;
    source.resource = this.texels;
    if (source.width === columns && source.height === rows) source.update();
    else source.resize(columns, rows);
    this.uniforms.uniforms.uRectangle.set(rectangle);
    this.uniforms.update();
  }
}
