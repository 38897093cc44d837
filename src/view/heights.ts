import { BufferImageSource, UniformGroup } from 'pixi.js';
import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { Theme } from './colour-scale.ts';
import { heightFragment, heightVertex } from './height-shaders.ts';
import { quadMesh } from './quad-mesh.ts';
import { viewColours } from './view-colours.ts';

const vec4 = () => ({ value: new Float32Array(4), type: 'vec4<f32>' as const });

/** The ground of a landscape: heights of the last painting. Made when a landscape is first shown, so that other scenes do without. */
export class Heights {
  private readonly source = new BufferImageSource({
    resource: new Float32Array(4),
    width: 2,
    height: 2,
    format: 'r32float',
    scaleMode: 'nearest',
    alphaMode: 'no-premultiply-alpha',
  });
  private readonly uniforms = new UniformGroup({ uRectangle: vec4(), uHeight: vec4(), uLow: vec4(), uHigh: vec4() });
  readonly mesh: ReturnType<typeof quadMesh>;

  constructor(view: UniformGroup, theme: Theme) {
    this.mesh = quadMesh('heights', heightVertex, heightFragment, { view, heights: this.uniforms, uHeights: this.source });
    this.setTheme(theme);
  }

  setTheme(theme: Theme): void {
    const { uniforms } = this.uniforms;
    uniforms.uLow.set(viewColours[theme].low);
    uniforms.uHigh.set(viewColours[theme].high);
    this.uniforms.update();
  }

  /** @param resolution device pixels per CSS pixel */
  show({ buffer, columns, rows, rectangle, base, interval, low, high }: LandscapeFrame, resolution: number): void {
    const { source } = this;
    source.resource = new Float32Array(buffer, 0, columns * rows);
    if (source.width === columns && source.height === rows) source.update();
    else source.resize(columns, rows);
    const { uniforms } = this.uniforms;
    uniforms.uRectangle.set(rectangle);
    uniforms.uHeight.set([low - base, high - base, interval, resolution]);
    this.uniforms.update();
  }
}
