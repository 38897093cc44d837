import type { Palette } from '../worker/colour-value.ts';
import type { WorldText } from '../worker/describe-world.ts';
import { type FrameColumn, frameColumns, frameStride } from '../worker/frame-layout.ts';
import type { LandscapeFrame } from '../worker/landscape/landscape-show.ts';
import type { Frame } from '../worker/topics/view.ts';
import type { GroundFrame } from '../worker/write-ground.ts';
import { Camera, type Viewpoint } from './camera.ts';
import { colourScale, isCircle, type Sequential, scaleLength, type Theme } from './colour-scale.ts';
import { findAt } from './find-at.ts';
import { FrameClock } from './frame-clock.ts';
import { groundFragment, groundVertex } from './ground-shaders.ts';
import { Heights } from './heights.ts';
import type { LifeLayer } from './life-layer.ts';
import { drawsInSoftware, openContext } from './open-context.ts';
import { OrganismsLayer } from './organisms-layer.ts';
import { Painter, Squares, Texels } from './painter.ts';
import { plainly, ringFragment, ringVertex } from './shaders.ts';
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
/** Following that moves the picture by less is at rest, CSS pixels. */
const stillPixels = 0.1;
/** Radians a millisecond of the beat of tails. */
const beat = 0.011;

const vec2 = () => new Float32Array(2);
const vec4 = () => new Float32Array(4);

/** Draws the world: ground, organisms, rings around what is picked or pointed at. Knows nothing of how they live. */
export class WorldView {
  readonly camera: Camera;
  private readonly isLinked: boolean;
  readonly clock = new FrameClock();
  /** Id of the organism with the strong ring, or -1. */
  picked = -1;
  following = false;
  /** An organism that the view visits automatically, and pixels per length there. */
  private visited: { readonly id: number; readonly scale: number } | undefined;
  /** Whether the path of the picked organism is drawn. */
  trails = false;

  private readonly painter: Painter;
  private readonly events: ViewEvents;
  private readonly uniforms = {
    uView: vec4(),
    uPixels: vec2(),
    uPeriod: vec2(),
    uInk: vec4(),
    uAccent: vec4(),
    uWorld: vec4(),
    uDesk: vec4(),
    uSoil: vec4(),
    uGrass: vec4(),
    uFruit: vec4(),
    uCarrion: vec4(),
    uCue: vec4(),
    uWater: vec4(),
    uSeason: new Float32Array([1]),
    uMeals: new Float32Array([1]),
    uPicked: vec4(),
    uPointed: vec4(),
    uBody: new Float32Array([0, 0, 1, leastHalf[0]]),
  };
  private readonly stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly scale = new Texels('rgba8', { smooth: true });
  private readonly food = new Texels('rgba8', { smooth: true, repeats: true });
  private readonly barrier = new Texels('r8', { smooth: true, repeats: true });
  private readonly grounds: Squares;
  readonly organisms: OrganismsLayer;
  private readonly rings: Squares;
  private heights: Heights | undefined;
  private life: LifeLayer | undefined;
  private loadingLife = false;
  private circle = true;
  private theme: Theme = 'light';
  private frame: Frame | undefined;
  private ground: ArrayBuffer | undefined;
  private floats: Float32Array<ArrayBuffer> = new Float32Array(0);
  private ids = new Float64Array(0);
  private pointer: { x: number; y: number } | undefined;
  private dirty = true;
  /** Whether the view glides or follows, and when it did so last. */
  private moving = false;
  private movedAt = 0;
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
    this.painter = new Painter(context, this.uniforms, () => this.touch());
    const { canvas } = this.painter;
    this.events = events;
    const made = (shader: string) => (plain ? plainly(shader) : shader);
    this.grounds = new Squares(groundVertex, made(groundFragment), { uFood: this.food, uBarrier: this.barrier });
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
    this.grounds.visible = !onLandscape;
    this.uniforms.uWater[3] = edge === 'water' ? 1 : 0;
    // Organisms of the former world can no longer be picked; the buffer stays the view's.
    if (this.frame) this.frame = { ...this.frame, count: 0 };
    this.organisms.renew();
    // Heights come with their first frame.
    if (this.heights) this.heights.squares.visible = false;
    this.life?.clear();
    if (!this.isLinked) this.camera.showWorld(width, height, { filling: !onLandscape, wraps: edge === 'torus' });
    this.uniforms.uPeriod.set(this.camera.period ?? [0, 0]);
    this.picked = -1;
    this.visited = undefined;
    this.following = false;
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
    this.heights?.setTheme(theme);
    uniforms.uInk.set(colours.ink);
    uniforms.uAccent.set(colours.accent);
    uniforms.uDesk.set(colours.desk);
    uniforms.uSoil.set(colours.soil);
    uniforms.uGrass.set(colours.grass);
    uniforms.uFruit.set(colours.fruit);
    uniforms.uCarrion.set(colours.carrion);
    uniforms.uCue.set(colours.cue);
    uniforms.uWater.set(colours.water.slice(0, 3));
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
    const former = this.frame?.buffer;
    this.frame = frame;
    this.floats = new Float32Array(frame.buffer, 0, frame.capacity * frameStride);
    this.ids = new Float64Array(frame.buffer, frame.capacity * frameStride * 4, frame.capacity);
    this.organisms.renew();
    const { uBody } = this.uniforms;
    // Tails beat while the world moves.
    uBody[0] = (performance.now() * beat) % (2 * Math.PI);
    uBody[1] = this.stillness.matches ? 0 : 1;
    this.showLife(frame.events);
    this.dirty = true;
    return former;
  }

  /** Shows the ground, with the same exchange of buffers. */
  showGround({ buffer, columns, rows, season }: GroundFrame): ArrayBuffer | undefined {
    const former = this.ground;
    this.ground = buffer;
    const cells = columns * rows;
    this.uniforms.uSeason[0] = season;
    this.food.show(new Uint8Array(buffer, 0, cells * 4), columns, rows);
    this.barrier.show(new Uint8Array(buffer, cells * 4, cells), columns, rows);
    this.dirty = true;
    return former;
  }

  /** Shows the heights of a landscape, with the same exchange of buffers. */
  showHeights(frame: LandscapeFrame): ArrayBuffer | undefined {
    const former = this.ground;
    this.ground = frame.buffer;
    if (!this.heights) {
      this.heights = new Heights(this.theme);
    }
    this.heights.squares.visible = true;
    this.heights.show(frame, this.painter.resolution);
    this.dirty = true;
    return former;
  }

  /** Renders when something has changed. Called once per animation frame. */
  render(): void {
    if (!this.held) this.paint();
  }

  private paint(): void {
    const start = performance.now();
    if (!this.dirty && !this.moving && !this.life?.active(start)) return;
    this.dirty = false;
    const passed = start - this.movedAt;
    this.move(start);
    this.moving = this.placeOrganisms(passed) || this.moving;
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

  /** Follows an organism that is not picked, or ends that. @param scale pixels per length that the view comes to */
  visit(id: number | undefined, scale = 1): void {
    this.visited = id === undefined ? undefined : { id, scale };
    this.moving = true;
  }

  /** Glides to a viewpoint; at once where motion is not welcome. */
  glide(to: Viewpoint): void {
    this.camera.glideTo(to, performance.now());
    if (this.stillness.matches) this.camera.advance(Number.POSITIVE_INFINITY);
    else this.moving = true;
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
    return this.seen(findAt(this.floats, this.frame?.count ?? 0, x, y, Number.POSITIVE_INFINITY, this.camera.period));
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
    const [width, height] = this.uniforms.uWorld;
    const count = this.frame?.count ?? 0;
    for (let i = 0; i < count * frameStride; i += frameStride) visit(this.floats[i] / width, this.floats[i + 1] / height);
  }

  /** The organisms and the ground that are shown now, to be read at once: the buffers change with the next frame. */
  contents(): { readonly floats: Float32Array; readonly count: number; readonly ground: Uint8Array; readonly season: number } {
    const { floats, ground, frame, grounds, uniforms } = this;
    const bytes = ground && grounds.visible ? new Uint8Array(ground) : new Uint8Array();
    return { floats, count: frame?.count ?? 0, ground: bytes, season: uniforms.uSeason[0] };
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

  /** Glides on, or follows what is picked. */
  private move(now: number): void {
    const passed = now - this.movedAt;
    this.movedAt = now;
    this.moving = this.camera.advance(now);
    const { visited } = this;
    const index = visited ? this.indexOf(visited.id) : this.following ? this.indexOf(this.picked) : -1;
    if (visited) this.camera.near(visited.scale, passed);
    if (index >= 0) {
      const { x, y } = this.camera;
      this.camera.approach(
        this.floats[index * frameStride],
        this.floats[index * frameStride + 1],
        this.stillness.matches ? Number.POSITIVE_INFINITY : passed,
      );
      const away = Math.max(Math.abs(this.camera.x - x), Math.abs(this.camera.y - y)) * this.camera.scale;
      this.moving ||= away > stillPixels;
    }
    this.moving ||= visited !== undefined;
    if (this.moving || index >= 0) this.events.moved();
  }

  private paintLayers(): void {
    const { painter } = this;
    painter.clear();
    for (const layer of [this.grounds, this.heights?.squares]) if (layer?.visible) layer.draw(painter);
    this.organisms.draw(painter, this.camera);
    if (this.grounds.visible && this.organisms.single) this.life?.draw(painter, performance.now());
    this.rings.draw(painter);
  }

  /** Shows what has happened; the part that draws it is loaded with the first event. */
  private showLife(events: Float64Array | undefined): void {
    const { life } = this;
    const path = this.trails && this.picked >= 0;
    if (!life) {
      if ((!events && !path) || this.loadingLife) return;
      this.loadingLife = true;
      import('./life-layer.ts').then(
        ({ LifeLayer }) => {
          this.life = new LifeLayer(this.scale, performance.now());
        },
        // Without a connection the world is drawn all the same.
        () => {},
      );
      return;
    }
    const { period } = this.camera;
    const where = (id: number) => {
      const i = this.indexOf(id) * frameStride;
      return i < 0 ? undefined : { x: this.floats[i], y: this.floats[i + 1], colour: this.floats[i + 5] };
    };
    life.follow(path ? this.picked : -1, path ? where(this.picked) : undefined, period);
    if (events) life.add(events, where, period, performance.now());
  }

  private placeRings(): void {
    const pointed = this.pointer ? this.indexAt(this.pointer.x, this.pointer.y) : -1;
    const picked = this.indexOf(this.picked);
    const { uPicked, uPointed } = this.uniforms;
    this.placeRing(uPicked, picked, 1);
    this.placeRing(uPointed, pointed === picked ? -1 : pointed, 0.7);
    this.painter.canvas.style.cursor = pointed >= 0 ? 'pointer' : 'grab';
  }

  private placeRing(ring: Float32Array, index: number, strength: number): void {
    const i = index * frameStride;
    if (index < 0) ring[3] = 0;
    else ring.set([this.floats[i], this.floats[i + 1], this.floats[i + 4], strength]);
  }

  private placeOrganisms(passed: number): boolean {
    const { camera, frame, floats, circle } = this;
    const { count, capacity } = frame ?? { count: 0, capacity: 0 };
    const shown = { floats, count, capacity, world: this.size, onLandscape: !this.grounds.visible, circle };
    return this.organisms.place(shown, camera, this.stillness.matches || this.held ? Number.POSITIVE_INFINITY : passed);
  }

  private placeView(): void {
    const { camera } = this;
    const { uView, uPixels, uWorld, uBody } = this.uniforms;
    const x = (2 * camera.scale) / camera.width;
    const y = (-2 * camera.scale) / camera.height;
    uView.set([x, y, -camera.x * x, -camera.y * y]);
    uBody[3] = roomFor(this.frame?.count ?? 0, uWorld[0] * uWorld[1] * camera.scale * camera.scale);
    uPixels.set([camera.scale * this.painter.resolution, this.painter.resolution]);
  }

  private indexOf(id: number): number {
    return id < 0 ? -1 : this.ids.subarray(0, this.frame?.count ?? 0).indexOf(id);
  }

  /** @param reach CSS pixels */
  private indexAt(x: number, y: number, reach = 9): number {
    const at = this.camera.toWorld(x, y);
    return findAt(this.floats, this.frame?.count ?? 0, at.x, at.y, Math.max(2, reach / this.camera.scale), this.camera.period);
  }

  private seenAt(x: number, y: number, reach?: number): Seen | undefined {
    return this.seen(this.indexAt(x, y, reach));
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
