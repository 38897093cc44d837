import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { GroundFrame } from '../worker/write-ground.ts';
import type { Theme } from './colour-scale.ts';
import { groundFragment, groundVertex } from './ground-shaders.ts';
import { Heights } from './heights.ts';
import { type Painter, Squares, Texels } from './painter.ts';

/** What lies below the organisms: the ground of a plane, or the heights of a landscape. */
export class GroundLayer {
  private readonly food = new Texels('rgba8', { smooth: true, repeats: true });
  private readonly barrier = new Texels('r8', { smooth: true, repeats: true });
  private readonly kinds = new Texels('r8', { smooth: true, repeats: true });
  private readonly squares: Squares;
  private heights: Heights | undefined;
  private theme: Theme = 'light';
  private buffer: ArrayBuffer | undefined;

  /** @param made a shader with or without fine detail */
  constructor(made: (shader: string) => string) {
    this.squares = new Squares(groundVertex, made(groundFragment), {
      uFood: this.food,
      uBarrier: this.barrier,
      uKinds: this.kinds,
    });
  }

  /** Whether organisms live on a landscape and not in a plane. */
  get onLandscape(): boolean {
    return !this.squares.visible;
  }

  /** Prepares for another world. */
  begin(onLandscape: boolean): void {
    this.squares.visible = !onLandscape;
    // Heights come with their first frame.
    if (this.heights) this.heights.squares.visible = false;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.heights?.setTheme(theme);
  }

  /** Shows the ground of a plane. The buffer stays here until the next frame; returns the former one, which is free again. */
  showGround({ buffer, columns, rows }: GroundFrame): ArrayBuffer | undefined {
    const cells = columns * rows;
    this.food.show(new Uint8Array(buffer, 0, cells * 4), columns, rows);
    this.barrier.show(new Uint8Array(buffer, cells * 4, cells), columns, rows);
    this.kinds.show(new Uint8Array(buffer, cells * 5, cells), columns, rows);
    return this.exchange(buffer);
  }

  /** Shows the heights of a landscape, with the same exchange of buffers. @param resolution pixels in a CSS pixel */
  showHeights(frame: LandscapeFrame, resolution: number): ArrayBuffer | undefined {
    this.heights ??= new Heights(this.theme);
    this.heights.squares.visible = true;
    this.heights.show(frame, resolution);
    return this.exchange(frame.buffer);
  }

  /** The ground of a plane as it is shown now; empty on a landscape. */
  contents(): Uint8Array {
    return this.buffer && !this.onLandscape ? new Uint8Array(this.buffer) : new Uint8Array();
  }

  draw(painter: Painter): void {
    for (const squares of [this.squares, this.heights?.squares]) if (squares?.visible) squares.draw(painter);
  }

  private exchange(buffer: ArrayBuffer): ArrayBuffer | undefined {
    const former = this.buffer;
    this.buffer = buffer;
    return former;
  }
}
