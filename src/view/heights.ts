import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { Theme } from './colour-scale.ts';
import { heightFragment, heightVertex } from './height-shaders.ts';
import { Squares, Texels } from './painter.ts';
import { viewColours } from './view-colours.ts';

/** The ground of a landscape: heights of the last painting. Made when a landscape is first shown, so that other scenes do without. */
export class Heights {
  private readonly texels = new Texels('r32f');
  private readonly uniforms = {
    uRectangle: new Float32Array(4),
    uHeight: new Float32Array(4),
    uLow: new Float32Array(4),
    uHigh: new Float32Array(4),
    uHeights: this.texels,
  };
  readonly squares = new Squares(heightVertex, heightFragment, this.uniforms);

  constructor(theme: Theme) {
    this.setTheme(theme);
  }

  setTheme(theme: Theme): void {
    this.uniforms.uLow.set(viewColours[theme].low);
    this.uniforms.uHigh.set(viewColours[theme].high);
  }

  /** @param resolution device pixels per CSS pixel */
  show({ buffer, columns, rows, rectangle, base, interval, low, high }: LandscapeFrame, resolution: number): void {
    this.texels.show(new Float32Array(buffer, 0, columns * rows), columns, rows);
    this.uniforms.uRectangle.set(rectangle);
    this.uniforms.uHeight.set([low - base, high - base, interval, resolution]);
  }
}
