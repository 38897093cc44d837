// Without functions made from texts, which the page's content policy forbids.
import 'pixi.js/unsafe-eval';

import { BufferImageSource, Container, UniformGroup, WebGLRenderer } from 'pixi.js';
import type { Palette } from '../worker/colour-value.ts';
import { type FrameColumn, frameColumns, frameRow, frameStride } from '../worker/frame-layout.ts';
import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { Frame } from '../worker/topics/view.ts';
import type { GroundFrame } from '../worker/write-ground.ts';
import { Camera } from './camera.ts';
import { colourScale, isCircle, type Sequential, scaleLength, type Theme } from './colour-scale.ts';
import { Density } from './density.ts';
import { findAt } from './find-at.ts';
import { FrameClock } from './frame-clock.ts';
import { Heights } from './heights.ts';
import { isCrowded } from './is-crowded.ts';
import { drawsInSoftware, openContext } from './open-context.ts';
import { quadGeometry, quadMesh } from './quad-mesh.ts';
import { groundFragment, groundVertex, organismFragment, organismVertex, plainly, ringFragment, ringVertex } from './shaders.ts';
import { steer } from './steer.ts';
import { type ViewColours, viewColours } from './view-colours.ts';

/** An organism in the frame shown now. */
export interface Seen {
  readonly id: number;
  /** Index of its population in the world. */
  readonly population: number;
  readonly x: number;
  readonly y: number;
}

export interface ViewEvents {
  /** A person pressed a place of the world, with or without an organism. */
  pressed(place: { readonly x: number; readonly y: number }, organism: Seen | undefined): void;
  /** The view was moved, zoomed or resized. */
  moved(): void;
  /** A person moved the view by hand, which ends following. */
  steered(): void;
}

/** Half a body of size 1 in CSS pixels, at least: as much as there is room for between these, as a share of the distance of neighbours. */
const leastHalf = [2.25, 8] as const;
const roomShare = 0.42;
/** Radians a millisecond of the beat of tails. */
const beat = 0.011;

const vec4 = (value: readonly number[] = [0, 0, 0, 0]) => ({ value: new Float32Array(value), type: 'vec4<f32>' as const });

/** Draws the world: ground, organisms, rings around what is picked or pointed at. Knows nothing of how they live. */
export class WorldView {
  readonly camera = new Camera();
  readonly clock = new FrameClock();
  /** Id of the organism with the strong ring, or -1. */
  picked = -1;
  following = false;
  /** Whether density replaces single organisms: automatically when they crowd, or as a person chooses. */
  crowding: 'auto' | 'always' | 'never' = 'auto';

  private readonly renderer: WebGLRenderer<HTMLCanvasElement>;
  private readonly events: ViewEvents;
  private readonly stage = new Container();
  private readonly uniforms = new UniformGroup({
    uView: vec4(),
    uPixels: { value: new Float32Array(2), type: 'vec2<f32>' },
    uInk: vec4(),
    uAccent: vec4(),
    uWorld: vec4(),
    uSoil: vec4(),
    uGrass: vec4(),
    uFruit: vec4(),
    uCarrion: vec4(),
    uCue: vec4(),
    uPicked: vec4(),
    uPointed: vec4(),
    uBody: vec4([0, 0, 1, leastHalf[0]]),
  });
  private readonly stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly scale = new BufferImageSource({
    resource: colourScale('lineage', 'light', 'viridis'),
    width: scaleLength,
    height: 1,
    alphaMode: 'no-premultiply-alpha',
    addressMode: 'clamp-to-edge',
  });
  private readonly food = groundSource('rgba8unorm', 4, 'linear');
  private readonly barrier = groundSource('r8unorm', 1, 'nearest');
  private readonly places = new BufferImageSource({
    resource: new Float32Array(4),
    width: 1,
    height: 1,
    format: 'rgba32float',
    scaleMode: 'nearest',
    alphaMode: 'no-premultiply-alpha',
  });
  private readonly grounds: ReturnType<typeof quadMesh>;
  private readonly organisms: ReturnType<typeof quadMesh>;
  private heights: Heights | undefined;
  private density: Density | undefined;
  private circle = true;
  private theme: Theme = 'light';
  private readonly rings: ReturnType<typeof quadMesh>;
  /** Organisms that the mesh has squares for. */
  private squares = 1;
  private frame: Frame | undefined;
  private ground: ArrayBuffer | undefined;
  private floats: Float32Array<ArrayBuffer> = new Float32Array(0);
  private ids = new Float64Array(0);
  private pointer: { x: number; y: number } | undefined;
  private dirty = true;
  /** While the drawing is held at another size: where the camera was, if it does not find back alone. */
  private held: Partial<Pick<Camera, 'x' | 'y' | 'scale'>> | undefined;
  private readonly stop: () => void;

  /** @throws {Error} if the browser offers no WebGL 2. */
  static async make(canvas: HTMLCanvasElement, events: ViewEvents): Promise<WorldView> {
    const context = openContext(canvas);
    const renderer = new WebGLRenderer<HTMLCanvasElement>();
    await renderer.init({
      canvas,
      context,
      width: Math.max(1, canvas.clientWidth),
      height: Math.max(1, canvas.clientHeight),
      resolution: Math.min(2, window.devicePixelRatio),
      antialias: false,
      autoDensity: false,
      // The extensions for events, text and accessibility of pixi's own scene are not used.
      manageImports: false,
      preferWebGLVersion: 2,
    });
    // Rows of the barrier's one-byte cells need not be a multiple of four long.
    context.pixelStorei(context.UNPACK_ALIGNMENT, 1);
    return new WorldView(renderer, canvas, events, drawsInSoftware(context));
  }

  /** @param plain whether bodies are drops and the ground has no grain */
  private constructor(
    renderer: WebGLRenderer<HTMLCanvasElement>,
    canvas: HTMLCanvasElement,
    events: ViewEvents,
    readonly plain: boolean,
  ) {
    this.renderer = renderer;
    this.events = events;
    const view = this.uniforms;
    const made = (shader: string) => (plain ? plainly(shader) : shader);
    this.grounds = quadMesh('ground', groundVertex, made(groundFragment), { view, uFood: this.food, uBarrier: this.barrier });
    this.organisms = quadMesh('organisms', made(organismVertex), made(organismFragment), {
      view,
      uFrame: this.places,
      uScale: this.scale,
    });
    this.rings = quadMesh('rings', ringVertex, ringFragment, { view }, 2);
    // All three are drawn from the first rendering on, so that no program is compiled while a person watches.
    this.stage.addChild(this.grounds, this.organisms, this.rings);
    const watcher = new ResizeObserver(() => this.resize());
    watcher.observe(canvas);
    const release = steer(canvas, {
      pan: (dx, dy) => this.byHand(() => this.camera.pan(dx, dy)),
      zoom: (x, y, factor) => this.zoomAt(x, y, factor),
      hover: (x, y) => {
        this.pointer = { x, y };
        this.dirty = true;
      },
      leave: () => {
        this.pointer = undefined;
        this.dirty = true;
      },
      click: (x, y) => this.events.pressed(this.camera.toWorld(x, y), this.seenAt(x, y)),
    });
    this.stop = () => {
      watcher.disconnect();
      release();
    };
    this.resize();
  }

  /** Shows a new world from above, a plane up to the edges of the view; its first frame follows. @param onLandscape organisms are then points on heights */
  showWorld(width: number, height: number, onLandscape: boolean): void {
    this.uniforms.uniforms.uWorld.set([width, height, 0, onLandscape ? 1 : 0]);
    this.grounds.visible = !onLandscape;
    // Organisms of the former world can no longer be picked; the buffer stays the view's.
    if (this.frame) this.frame = { ...this.frame, count: 0 };
    // Heights come with their first frame.
    if (this.heights) this.heights.mesh.visible = false;
    this.camera.showWorld(width, height, !onLandscape);
    this.picked = -1;
    this.following = false;
    this.crowding = 'auto';
    this.touch();
    this.events.moved();
  }

  /** Colours of the theme that is shown. */
  get colours(): ViewColours {
    return viewColours[this.theme];
  }

  setColours(theme: Theme, palette: Palette, sequential: Sequential): void {
    const colours = viewColours[theme];
    const { uniforms } = this.uniforms;
    this.theme = theme;
    this.heights?.setTheme(theme);
    uniforms.uInk.set(colours.ink);
    uniforms.uAccent.set(colours.accent);
    uniforms.uSoil.set(colours.soil);
    uniforms.uGrass.set(colours.grass);
    uniforms.uFruit.set(colours.fruit);
    uniforms.uCarrion.set(colours.carrion);
    uniforms.uCue.set(colours.cue);
    this.renderer.background.color.setValue([...colours.desk]);
    this.scale.resource = colourScale(palette, theme, sequential);
    this.circle = isCircle(palette);
    // Brightness shows the reserve where colour is kinship; elsewhere it would change the reading of the scale.
    uniforms.uBody[2] = this.circle ? 1 : 0;
    this.scale.style.addressModeU = this.circle ? 'repeat' : 'clamp-to-edge';
    this.scale.update();
    this.dirty = true;
  }

  /** Shows a frame. Its buffer belongs to the view until the next frame; returns the former one, which is free again. */
  showFrame(frame: Frame): ArrayBuffer | undefined {
    const former = this.frame?.buffer;
    this.frame = frame;
    this.floats = new Float32Array(frame.buffer, 0, frame.capacity * frameStride);
    this.ids = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.capacity);
    showTexels(this.places, this.floats, (frameRow * frameStride) / 4, frame.capacity / frameRow);
    if (frame.capacity !== this.squares) {
      const former = this.organisms.geometry;
      this.organisms.geometry = quadGeometry(frame.capacity);
      former.destroy(true);
      this.squares = frame.capacity;
    }
    const { uWorld, uBody } = this.uniforms.uniforms;
    uWorld[2] = frame.count;
    // Tails beat while the world moves.
    uBody[0] = (performance.now() * beat) % (2 * Math.PI);
    uBody[1] = this.stillness.matches ? 0 : 1;
    this.dirty = true;
    return former;
  }

  /** Shows the ground, with the same exchange of buffers. */
  showGround({ buffer, columns, rows }: GroundFrame): ArrayBuffer | undefined {
    const former = this.ground;
    this.ground = buffer;
    const cells = columns * rows;
    showTexels(this.food, new Uint8Array(buffer, 0, cells * 4), columns, rows);
    showTexels(this.barrier, new Uint8Array(buffer, cells * 4, cells), columns, rows);
    this.dirty = true;
    return former;
  }

  /** Shows the heights of a landscape, with the same exchange of buffers. */
  showHeights(frame: LandscapeFrame): ArrayBuffer | undefined {
    const former = this.ground;
    this.ground = frame.buffer;
    if (!this.heights) {
      this.heights = new Heights(this.uniforms, this.theme);
      this.stage.addChildAt(this.heights.mesh, 1);
    }
    this.heights.mesh.visible = true;
    this.heights.show(frame, this.renderer.resolution);
    this.dirty = true;
    return former;
  }

  /** Renders when something has changed. Called once per animation frame. */
  render(): void {
    if (!this.held) this.paint();
  }

  private paint(): void {
    if (!this.dirty) return;
    this.dirty = false;
    const start = performance.now();
    if (this.following) this.follow();
    this.placeDensity();
    this.placeRings();
    this.placeView();
    this.renderer.render({ container: this.stage, clear: true });
    this.clock.note(performance.now() - start);
  }

  fit(): void {
    this.byHand(() => this.camera.fit());
  }

  pan(dx: number, dy: number): void {
    this.byHand(() => this.camera.pan(dx, dy));
  }

  /** Zooms around the middle of the view. */
  zoom(factor: number): void {
    this.zoomAt(this.camera.width / 2, this.camera.height / 2, factor);
  }

  /** Shows a part of the world around a point. */
  lookAt(x: number, y: number): void {
    this.byHand(() => this.camera.centreOn(x, y));
  }

  /** What density shows: organisms in a cell at full strength and the cell's side in lengths; undefined if organisms are drawn singly. */
  dense(): { readonly full: number; readonly lengths: number } | undefined {
    return this.density?.mesh.visible ? { full: this.density.full, lengths: this.density.lengths } : undefined;
  }

  /** The organism nearest to the middle of the view, or undefined if there is none. */
  nearestToMiddle(): Seen | undefined {
    return this.nearestTo(this.camera.x, this.camera.y);
  }

  /** The organism nearest to a place of the world. */
  nearestTo(x: number, y: number): Seen | undefined {
    return this.seen(findAt(this.floats, this.frame?.count ?? 0, x, y, Number.POSITIVE_INFINITY));
  }

  /** An organism of the frame by id, or undefined if it does not live. */
  find(id: number): Seen | undefined {
    return this.seen(this.indexOf(id));
  }

  /** What the frame has of an organism, by its columns; undefined if it does not live. */
  look(id: number): Readonly<Record<FrameColumn, number>> | undefined {
    const index = this.indexOf(id);
    if (index < 0) return undefined;
    const of = (column: number) => this.floats[index * frameStride + column];
    return Object.fromEntries(frameColumns.map((name, column) => [name, of(column)])) as Record<FrameColumn, number>;
  }

  /** Organism under the pointer. */
  pointed(): Seen | undefined {
    return this.pointer && this.seenAt(this.pointer.x, this.pointer.y);
  }

  touch(): void {
    this.dirty = true;
  }

  /** Dots for a minimap: every organism's place, as `x, y` from 0 to 1. */
  eachPlace(visit: (x: number, y: number) => void): void {
    const [width, height] = this.uniforms.uniforms.uWorld;
    const count = this.frame?.count ?? 0;
    for (let i = 0; i < count * frameStride; i += frameStride) visit(this.floats[i] / width, this.floats[i + 1] / height);
  }

  /** Numbers of highlighted organisms of the frame, and of all. */
  countLit(): { lit: number; all: number } {
    const all = this.frame?.count ?? 0;
    let lit = 0;
    for (let i = 6; i < all * frameStride; i += frameStride) lit += this.floats[i];
    return { lit, all };
  }

  /** What is shown now, as a PNG. */
  picture(): Promise<Blob | null> {
    return new Promise((resolve) => this.draw().toBlob(resolve, 'image/png'));
  }

  /**
   * Draws at this size until `release`, whatever the size of its place on the page; the same part of the world stays in view. Meanwhile only `draw` draws.
   * @param resolution pixels in a CSS pixel
   */
  hold(width: number, height: number, resolution: number): void {
    const { camera } = this;
    const { x, y, scale } = camera;
    const factor = Math.min(width / camera.width, height / camera.height);
    camera.resize(width, height);
    // A camera that shows all, or fills the view, has found its scale already, and finds it again.
    this.held = camera.scale === scale ? { x, y, scale } : {};
    if (camera.scale === scale) camera.scale = scale * factor;
    this.renderer.resize(width, height, resolution);
  }

  /** Draws what is shown now, also while the drawing is held. @returns the canvas, to be read before the end of this task */
  draw(): HTMLCanvasElement {
    this.dirty = true;
    this.paint();
    return this.renderer.canvas;
  }

  /** Ends `hold`: the view is as it was before. */
  release(): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    this.resize();
    Object.assign(this.camera, held);
    this.touch();
  }

  /** A stream of what is shown from now on, with at most this many pictures a second. */
  stream(rate: number): MediaStream {
    return this.renderer.canvas.captureStream(rate);
  }

  destroy(): void {
    this.stop();
    this.renderer.destroy();
  }

  private resize(): void {
    const { canvas } = this.renderer;
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0 || this.held) return;
    this.renderer.resize(clientWidth, clientHeight, Math.min(2, window.devicePixelRatio));
    this.camera.resize(clientWidth, clientHeight);
    this.dirty = true;
    this.render();
    this.events.moved();
  }

  private byHand(move: () => void): void {
    move();
    this.following = false;
    this.dirty = true;
    this.events.steered();
    this.events.moved();
  }

  private zoomAt(x: number, y: number, factor: number): void {
    this.camera.zoomAt(this.following ? this.camera.width / 2 : x, this.following ? this.camera.height / 2 : y, factor);
    this.dirty = true;
    this.events.moved();
  }

  private follow(): void {
    const index = this.indexOf(this.picked);
    if (index < 0) return;
    this.camera.centreOn(this.floats[index * frameStride], this.floats[index * frameStride + 1]);
    this.events.moved();
  }

  private placeRings(): void {
    const pointed = this.pointer ? this.indexAt(this.pointer.x, this.pointer.y) : -1;
    const picked = this.indexOf(this.picked);
    const { uPicked, uPointed } = this.uniforms.uniforms;
    this.placeRing(uPicked, picked, 1);
    this.placeRing(uPointed, pointed === picked ? -1 : pointed, 0.7);
    this.renderer.canvas.style.cursor = pointed >= 0 ? 'pointer' : 'grab';
  }

  private placeRing(ring: Float32Array, index: number, strength: number): void {
    const i = index * frameStride;
    if (index < 0) ring[3] = 0;
    else ring.set([this.floats[i], this.floats[i + 1], this.floats[i + 4], strength]);
  }

  private placeDensity(): void {
    const count = this.frame?.count ?? 0;
    const [width, height] = this.uniforms.uniforms.uWorld;
    const shown = this.density?.mesh.visible ?? false;
    const wanted =
      this.crowding === 'always' || (this.crowding === 'auto' && isCrowded(count, this.camera, [width, height], shown));
    if (wanted && !this.density) {
      this.density = new Density(this.uniforms, this.scale);
      this.stage.addChildAt(this.density.mesh, this.stage.getChildIndex(this.organisms));
    }
    if (this.density) this.density.mesh.visible = wanted;
    this.organisms.visible = !wanted;
    if (wanted) this.density?.show(this.floats, count, this.camera, [width, height], this.circle);
  }

  private placeView(): void {
    const { camera } = this;
    const { uView, uPixels, uWorld, uBody } = this.uniforms.uniforms;
    const x = (2 * camera.scale) / camera.width;
    const y = (-2 * camera.scale) / camera.height;
    uView.set([x, y, -camera.x * x, -camera.y * y]);
    uBody[3] = roomFor(uWorld[2], uWorld[0] * uWorld[1] * camera.scale * camera.scale);
    uPixels.set([camera.scale * this.renderer.resolution, this.renderer.resolution]);
    this.uniforms.update();
  }

  private indexOf(id: number): number {
    return id < 0 ? -1 : this.ids.subarray(0, this.frame?.count ?? 0).indexOf(id);
  }

  private indexAt(x: number, y: number): number {
    const at = this.camera.toWorld(x, y);
    return findAt(this.floats, this.frame?.count ?? 0, at.x, at.y, Math.max(2, 9 / this.camera.scale));
  }

  private seenAt(x: number, y: number): Seen | undefined {
    return this.seen(this.indexAt(x, y));
  }

  private seen(index: number): Seen | undefined {
    if (index < 0) return undefined;
    const i = index * frameStride;
    return { id: this.ids[index], population: this.floats[i + 7], x: this.floats[i], y: this.floats[i + 1] };
  }
}

/** Half a body of size 1 in CSS pixels, at least, where this many organisms have an area of the screen. */
function roomFor(count: number, area: number): number {
  const [least, most] = leastHalf;
  return Math.min(most, Math.max(least, roomShare * Math.sqrt(area / Math.max(1, count))));
}

function groundSource(format: 'rgba8unorm' | 'r8unorm', channels: number, scaleMode: 'linear' | 'nearest'): BufferImageSource {
  return new BufferImageSource({
    resource: new Uint8Array(channels),
    width: 1,
    height: 1,
    format,
    scaleMode,
    addressMode: 'repeat',
    alphaMode: 'no-premultiply-alpha',
  });
}

function showTexels(source: BufferImageSource, texels: Uint8Array | Float32Array, width: number, height: number): void {
  source.resource = texels;
  if (source.width === width && source.height === height) source.update();
  else source.resize(width, height);
}
