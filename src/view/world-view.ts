import type { Palette } from '../worker/colour-value.ts';
import type { WorldText } from '../worker/describe-world.ts';
import { frameStride } from '../worker/frame-layout.ts';
import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { Frame } from '../worker/topics/view.ts';
import type { GroundFrame } from '../worker/write-ground.ts';
import { Camera, type Viewpoint } from './camera.ts';
import { CameraMotion } from './camera-motion.ts';
import { colourScale, isCircle, type Sequential, scaleLength, type Theme } from './colour-scale.ts';
import { FrameClock } from './frame-clock.ts';
import { GroundLayer } from './ground-layer.ts';
import { Life } from './life.ts';
import { drawsInSoftware, openContext } from './open-context.ts';
import { OrganismsLayer } from './organisms-layer.ts';
import { Painter, Squares, Texels } from './painter.ts';
import { plainly, ringFragment, ringVertex } from './shaders.ts';
import { type Seen, ShownOrganisms } from './shown-organisms.ts';
import { steer } from './steer.ts';
import { type ViewColours, viewColours } from './view-colours.ts';
import { roomFor, setThemeColours, worldUniforms } from './world-uniforms.ts';

/** What a person does with the view, and what becomes of it. */
export interface ViewEvents {
  /** A person pressed a place of the world, with or without an organism. */
  pressed(place: { readonly x: number; readonly y: number }, organism: Seen | undefined): void;
  /** The view was moved, zoomed or resized. */
  moved(): void;
  /** A person moved the view by hand, which ends following. */
  steered(): void;
}

/** Radians a millisecond of the beat of tails. */
const beat = 0.011;

/** Draws the world: ground, organisms, rings around what is picked or pointed at. Knows nothing of how they live. */
export class WorldView {
  readonly camera: Camera;
  private readonly isLinked: boolean;
  readonly clock = new FrameClock();
  /** Id of the organism with the strong ring, or -1. */
  picked = -1;
  /** Whether the path of the picked organism is drawn. */
  trails = false;

  private readonly painter: Painter;
  private readonly events: ViewEvents;
  private readonly uniforms = worldUniforms();
  private readonly stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly scale = new Texels('rgba8', { smooth: true });
  private readonly ground: GroundLayer;
  readonly organisms: OrganismsLayer;
  /** The organisms of the frame that is shown. */
  readonly shown = new ShownOrganisms();
  private readonly motion: CameraMotion;
  private readonly rings: Squares;
  private readonly life = new Life(this.scale, this.shown);
  private circle = true;
  private theme: Theme = 'light';
  private pointer: { x: number; y: number } | undefined;
  private dirty = true;
  /** While the drawing is held at another size: where the camera was, if it does not find back alone. */
  private held: Partial<Pick<Camera, 'x' | 'y' | 'scale'>> | undefined;
  private readonly stop: () => void;

  /** @throws {Error} if the browser offers no WebGL 2. */
  static make(canvas: HTMLCanvasElement, events: ViewEvents): WorldView {
    const context = openContext(canvas);
    return new WorldView(context, events, drawsInSoftware(context));
  }

  /** A view that looks where another one does: moving one moves both. @throws {Error} if the browser offers no WebGL 2. */
  static beside(canvas: HTMLCanvasElement, events: ViewEvents, other: WorldView): WorldView {
    const context = openContext(canvas);
    return new WorldView(context, events, drawsInSoftware(context), other.camera);
  }

  /**
   * @param plain whether bodies are drops and the ground has no grain
   * @param camera of another view of the same size, which sets its size
   */
  private constructor(
    context: WebGL2RenderingContext,
    events: ViewEvents,
    readonly plain: boolean,
    camera?: Camera,
  ) {
    this.camera = camera ?? new Camera();
    this.isLinked = camera !== undefined;
    this.motion = new CameraMotion(this.camera, this.shown, this.stillness);
    this.painter = new Painter(context, this.uniforms, () => this.touch());
    const { canvas } = this.painter;
    this.events = events;
    const made = (shader: string) => (plain ? plainly(shader) : shader);
    this.ground = new GroundLayer(made);
    this.organisms = new OrganismsLayer(made, this.scale);
    this.rings = new Squares(ringVertex, ringFragment, {}, 2);
    // All three are drawn from the first rendering on, so that no program is compiled while a person watches.
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
      click: (x, y, reach) => this.events.pressed(this.camera.inWorld(this.camera.toWorld(x, y)), this.seenAt(x, y, reach)),
    });
    this.stop = () => {
      watcher.disconnect();
      release();
    };
    this.resize();
  }

  /** Shows a new world from above, a plane up to the edges of the view; its first frame follows. On a landscape organisms are points on heights. */
  showWorld({ width, height, edge, landscape }: Pick<WorldText, 'width' | 'height' | 'edge' | 'landscape'>): void {
    const onLandscape = landscape !== undefined;
    this.uniforms.uWorld.set([width, height, 0, onLandscape ? 1 : 0]);
    this.ground.begin(onLandscape);
    this.uniforms.uWater[3] = edge === 'water' ? 1 : 0;
    // Organisms of the former world can no longer be picked.
    this.shown.clear();
    this.organisms.renew();
    this.life.clear();
    if (!this.isLinked) this.camera.showWorld(width, height, { filling: !onLandscape, wraps: edge === 'torus' });
    this.uniforms.uPeriod.set(this.camera.period ?? [0, 0]);
    this.picked = -1;
    this.motion.end();
    this.organisms.crowding = 'auto';
    this.touch();
    this.events.moved();
  }

  /** Whether meals glint at the mouths of bodies. */
  showMeals(shown: boolean): void {
    this.uniforms.uMeals[0] = shown ? 1 : 0;
    this.touch();
  }

  /** Colours of the theme that is shown. */
  get colours(): ViewColours {
    return viewColours[this.theme];
  }

  setColours(theme: Theme, palette: Palette, sequential: Sequential): void {
    const colours = viewColours[theme];
    const { uniforms } = this;
    this.theme = theme;
    this.ground.setTheme(theme);
    setThemeColours(uniforms, colours);
    this.painter.setBack(colours.desk);
    this.circle = isCircle(palette);
    this.scale.repeats = this.circle;
    this.scale.show(colourScale(palette, theme, sequential), scaleLength, 1);
    // Brightness shows the reserve where colour is kinship; elsewhere it would change the reading of the scale.
    uniforms.uBody[2] = this.circle ? 1 : 0;
    this.dirty = true;
  }

  /** Shows a frame. Its buffer belongs to the view until the next frame; returns the former one, which is free again. */
  showFrame(frame: Frame): ArrayBuffer | undefined {
    const now = performance.now();
    const former = this.shown.show(frame);
    this.organisms.renew();
    const { uBody } = this.uniforms;
    // Tails beat while the world moves.
    uBody[0] = (now * beat) % (2 * Math.PI);
    uBody[1] = this.stillness.matches ? 0 : 1;
    this.life.show(frame.events, this.trails ? this.picked : -1, this.camera.period, now);
    this.dirty = true;
    return former;
  }

  /** Shows the ground, with the same exchange of buffers. */
  showGround(frame: GroundFrame): ArrayBuffer | undefined {
    this.uniforms.uSeason[0] = frame.season;
    this.dirty = true;
    return this.ground.showGround(frame);
  }

  /** Shows the heights of a landscape, with the same exchange of buffers. */
  showHeights(frame: LandscapeFrame): ArrayBuffer | undefined {
    this.dirty = true;
    return this.ground.showHeights(frame, this.painter.resolution);
  }

  /** Renders when something has changed. Called once per animation frame. */
  render(): void {
    if (!this.held) this.paint();
  }

  private paint(): void {
    const start = performance.now();
    const { motion } = this;
    if (!this.dirty && !motion.moving && !this.life.active(start)) return;
    this.dirty = false;
    const passed = motion.since(start);
    if (motion.advance(start, this.picked)) this.events.moved();
    motion.moving = this.placeOrganisms(passed) || motion.moving;
    this.placeRings();
    this.placeView();
    this.paintLayers();
    this.clock.note(performance.now() - start);
  }

  fit(): void {
    this.byHand(() => this.glide(this.camera.fitted()));
  }

  /** Sides of the world, lengths. */
  get size(): readonly [width: number, height: number] {
    const [width, height] = this.uniforms.uWorld;
    return [width, height];
  }

  /** Whether the picked organism is followed. */
  get following(): boolean {
    return this.motion.following;
  }

  set following(on: boolean) {
    this.motion.following = on;
  }

  /** Follows an organism that is not picked, or ends that. @param scale pixels per length that the view comes to */
  visit(id: number | undefined, scale = 1): void {
    this.motion.visit(id, scale);
  }

  /** Glides to a viewpoint; at once where motion is not welcome. */
  glide(to: Viewpoint): void {
    this.motion.glide(to);
    this.dirty = true;
  }

  pan(dx: number, dy: number): void {
    this.byHand(() => this.camera.pan(dx, dy));
  }

  /** Zooms around the middle of the view. */
  zoom(factor: number): void {
    if (this.following) this.zoomAt(this.camera.width / 2, this.camera.height / 2, factor);
    else this.byHand(() => this.glide(this.camera.zoomed(factor)));
  }

  /** Shows a part of the world around a point. */
  lookAt(x: number, y: number): void {
    this.byHand(() => this.camera.centreOn(x, y));
  }

  /** The organism nearest to the middle of the view, or undefined if there is none. */
  nearestToMiddle(): Seen | undefined {
    return this.nearestTo(this.camera.x, this.camera.y);
  }

  /** The organism nearest to a place of the world. */
  nearestTo(x: number, y: number): Seen | undefined {
    return this.shown.at(this.shown.nearest(x, y, this.camera.period));
  }

  /** Organism under the pointer. */
  pointed(): Seen | undefined {
    return this.pointer && this.seenAt(this.pointer.x, this.pointer.y);
  }

  touch(): void {
    this.dirty = true;
  }

  /** The organisms and the ground that are shown now, to be read at once: the buffers change with the next frame. */
  contents(): { readonly floats: Float32Array; readonly count: number; readonly ground: Uint8Array; readonly season: number } {
    const { shown, ground, uniforms } = this;
    return { floats: shown.floats, count: shown.count, ground: ground.contents(), season: uniforms.uSeason[0] };
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
    if (this.isLinked) {
      this.held = {};
      this.painter.resize(width, height, resolution);
      return;
    }
    const { x, y, scale } = camera;
    const factor = Math.min(width / camera.width, height / camera.height);
    camera.resize(width, height);
    // A camera that shows all, or fills the view, has found its scale already, and finds it again.
    this.held = camera.scale === scale ? { x, y, scale } : {};
    if (camera.scale === scale) camera.scale = scale * factor;
    this.painter.resize(width, height, resolution);
  }

  /** Draws what is shown now, also while the drawing is held. @returns the canvas, to be read before the end of this task */
  draw(): HTMLCanvasElement {
    this.dirty = true;
    this.paint();
    return this.painter.canvas;
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

  /**
   * The same bodies as in the world, one beside another, their heads to the right.
   * @param floats of the organisms as in a frame, without their places
   * @param side of each one's square, CSS pixels
   */
  async bodies(floats: Float32Array, side: number): Promise<ImageData> {
    const { drawBodies } = await import('./draw-bodies.ts');
    const image = drawBodies(this.painter, this.organisms.squares, floats, Math.round(side * this.painter.resolution));
    this.touch();
    return image;
  }

  /** A stream of what is shown from now on, with at most this many pictures a second. */
  stream(rate: number): MediaStream {
    return this.painter.canvas.captureStream(rate);
  }

  destroy(): void {
    this.stop();
    this.painter.destroy();
  }

  private resize(): void {
    const { canvas } = this.painter;
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0 || this.held) return;
    this.painter.resize(clientWidth, clientHeight, Math.min(2, window.devicePixelRatio));
    if (!this.isLinked) this.camera.resize(clientWidth, clientHeight);
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

  private paintLayers(): void {
    const { painter } = this;
    painter.clear();
    this.ground.draw(painter);
    this.organisms.draw(painter, this.camera);
    if (!this.ground.onLandscape && this.organisms.single) this.life.draw(painter, performance.now());
    this.rings.draw(painter);
  }

  private placeRings(): void {
    const pointed = this.pointer ? this.indexAt(this.pointer.x, this.pointer.y) : -1;
    const picked = this.shown.indexOf(this.picked);
    const { uPicked, uPointed } = this.uniforms;
    this.placeRing(uPicked, picked, 1);
    this.placeRing(uPointed, pointed === picked ? -1 : pointed, 0.7);
    this.painter.canvas.style.cursor = pointed >= 0 ? 'pointer' : 'grab';
  }

  private placeRing(ring: Float32Array, index: number, strength: number): void {
    const { floats } = this.shown;
    const i = index * frameStride;
    if (index < 0) ring[3] = 0;
    else ring.set([floats[i], floats[i + 1], floats[i + 4], strength]);
  }

  private placeOrganisms(passed: number): boolean {
    const { camera, circle } = this;
    const { floats, count, capacity } = this.shown;
    const shown = { floats, count, capacity, world: this.size, onLandscape: this.ground.onLandscape, circle };
    return this.organisms.place(shown, camera, this.stillness.matches || this.held ? Number.POSITIVE_INFINITY : passed);
  }

  private placeView(): void {
    const { camera } = this;
    const { uView, uPixels, uWorld, uBody } = this.uniforms;
    const x = (2 * camera.scale) / camera.width;
    const y = (-2 * camera.scale) / camera.height;
    uView.set([x, y, -camera.x * x, -camera.y * y]);
    uBody[3] = roomFor(this.shown.count, uWorld[0] * uWorld[1] * camera.scale * camera.scale);
    uPixels.set([camera.scale * this.painter.resolution, this.painter.resolution]);
  }

  /** @param reach CSS pixels */
  private indexAt(x: number, y: number, reach = 9): number {
    const at = this.camera.toWorld(x, y);
    return this.shown.nearest(at.x, at.y, this.camera.period, Math.max(2, reach / this.camera.scale));
  }

  private seenAt(x: number, y: number, reach?: number): Seen | undefined {
    return this.shown.at(this.indexAt(x, y, reach));
  }
}
