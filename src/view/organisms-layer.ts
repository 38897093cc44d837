import { frameRow, frameStride } from '../worker/frame-layout.ts';
import type { Camera } from './camera.ts';
import { Density } from './density.ts';
import { InView } from './gather-in-view.ts';
import { isCrowded } from './is-crowded.ts';
import { type Painter, Squares, Texels } from './painter.ts';
import { organismFragment, organismVertex } from './shaders.ts';

/** Organisms above which only those in view are given to the graphics memory. */
const crowd = 16_384;
/** Most that are drawn singly while density fades in or out: more would cost several frames. */
const mostFading = 3 * crowd;
/** Time in which density takes the place of single organisms, milliseconds. */
const fadeMilliseconds = 180;
/** A picture after a long rest counts as one after this time, milliseconds. */
const longestFrame = 34;

/** What the layer shows: a frame, and the world it is of. */
export interface OrganismsShown {
  readonly floats: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly capacity: number;
  /** Sides of the world, lengths. */
  readonly world: readonly [width: number, height: number];
  readonly onLandscape: boolean;
  /** Whether colours are places on a circle. */
  readonly circle: boolean;
}

/** Draws the organisms of a world, singly or as density where they crowd. */
export class OrganismsLayer {
  /** Whether density replaces single organisms: automatically when they crowd, or as a person chooses. */
  crowding: 'auto' | 'always' | 'never' = 'auto';
  /** The program of single organisms. */
  readonly squares: Squares;
  private readonly places = new Texels('rgba32f');
  private readonly further = new Float32Array(2);
  private readonly uniforms = { uShown: new Float32Array(1), uSingle: new Float32Array([1]) };
  private readonly inView = new InView();
  /** Whether the graphics memory has all organisms of the frame that is shown. */
  private placed = false;
  private density: Density | undefined;
  /** Whether density replaces single organisms, or begins to. */
  private isDense = false;

  /** @param made a shader with or without fine detail @param scale of colours */
  constructor(
    made: (shader: string) => string,
    private readonly scale: Texels,
  ) {
    this.squares = new Squares(made(organismVertex), made(organismFragment), {
      uFrame: this.places,
      uScale: scale,
      ...this.uniforms,
    });
  }

  /** The frame has changed. */
  renew(): void {
    this.placed = false;
  }

  /** What density shows: organisms in a cell at full strength and the cell's side in lengths; undefined if organisms are drawn singly. */
  dense(): { readonly full: number; readonly lengths: number } | undefined {
    return this.density && this.isDense ? { full: this.density.full, lengths: this.density.lengths } : undefined;
  }

  /** Whether organisms are drawn singly now. */
  get single(): boolean {
    return this.squares.visible;
  }

  /**
   * Prepares a picture.
   * @param passed milliseconds since the former one; infinite where nothing is to fade
   * @returns whether density is fading, so that another picture has to follow
   */
  place(shown: OrganismsShown, camera: Camera, passed: number): boolean {
    const fades = this.placeDensity(shown, camera, passed);
    if (this.squares.visible) this.placeSingle(shown, camera);
    return fades;
  }

  /** Draws density below single organisms; these again where a world that wraps is seen more than once, the nearest world last. */
  draw(painter: Painter, camera: Camera): void {
    if (this.density?.squares.visible) this.density.squares.draw(painter);
    if (!this.squares.visible) return;
    const [across, down] = camera.copies();
    for (let y = -down; y <= down; y++) {
      for (let x = -across; x <= across; x++) if (x !== 0 || y !== 0) this.drawSingle(painter, x, y);
    }
    this.drawSingle(painter, 0, 0);
  }

  private drawSingle(painter: Painter, x: number, y: number): void {
    this.further.set([x, y]);
    this.squares.draw(painter, { uFurther: this.further });
  }

  /** Gives the organisms to the graphics memory: all of them once a frame, or of a crowd for each picture those in view. */
  private placeSingle({ floats, count, capacity, onLandscape }: OrganismsShown, camera: Camera): void {
    const [across, down] = camera.copies();
    const gathers = count > crowd && !onLandscape && across === 0 && down === 0;
    if (gathers) this.inView.gather(floats, count, camera);
    if (gathers || !this.placed) {
      const room = gathers ? this.inView.capacity : capacity;
      this.places.show(gathers ? this.inView.floats : floats, (frameRow * frameStride) / 4, room / frameRow);
      this.squares.count = room;
      this.uniforms.uShown[0] = gathers ? this.inView.count : count;
    }
    this.placed = !gathers;
  }

  private placeDensity({ floats, count, world, circle }: OrganismsShown, camera: Camera, passed: number): boolean {
    const { crowding } = this;
    this.isDense = crowding === 'always' || (crowding === 'auto' && isCrowded(count, camera, world, this.isDense));
    if (this.isDense) this.density ??= new Density(this.scale);
    const { density } = this;
    if (!density) return false;
    const step = passed === Number.POSITIVE_INFINITY ? 1 : Math.min(passed, longestFrame) / fadeMilliseconds;
    density.strength = Math.min(1, Math.max(0, density.strength + (this.isDense ? step : -step)));
    density.squares.visible = density.strength > 0;
    this.squares.visible = count > mostFading ? density.strength === 0 : density.strength < 1;
    this.uniforms.uSingle[0] = 1 - density.strength;
    if (density.squares.visible) density.show(floats, count, camera, world, circle);
    return density.strength !== (this.isDense ? 1 : 0);
  }
}
