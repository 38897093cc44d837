import { type Place, shorterWay } from './shorter-way.ts';

/** The world's point in the middle of a view, and screen pixels (CSS) per length. */
export interface Viewpoint extends Place {
  readonly scale: number;
}

interface Glide {
  readonly from: Viewpoint;
  readonly to: Viewpoint;
  /** Milliseconds. */
  readonly begin: number;
}

/** How long a glide takes, and in what time following makes up for all but 1/e of the distance. */
const glideMilliseconds = 320;
const approachMilliseconds = 125;

/** The most by which lines of text below a view change its height, CSS pixels: what is in view then stays where it is. */
const roomOfLines = 100;

const wrapped = (x: number, size: number): number => x - size * Math.floor(x / size);

/** The viewpoint: the world's point in the middle of the view, and screen pixels (CSS) per length. */
export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  /** Size of the view in CSS pixels. */
  width = 1;
  height = 1;
  /** Whether the world continues past its edges: the view then goes round it. */
  wraps = false;
  /** By how much lines of text have changed the height since the view was brought to fit or to fill, CSS pixels. */
  private lines = 0;
  private worldWidth = 1;
  private worldHeight = 1;
  private glide: Glide | undefined;

  /**
   * Sets the size of a world and shows all of it, or as much as fills the view.
   * @param wraps whether what leaves on one side enters on the other
   */
  showWorld(width: number, height: number, { filling = false, wraps = false } = {}): void {
    this.worldWidth = width;
    this.worldHeight = height;
    this.wraps = wraps;
    this.fit();
    if (filling) this.scale = this.fillScale();
  }

  /** Shows the whole world with a small margin. */
  fit(): void {
    this.glide = undefined;
    this.lines = 0;
    Object.assign(this, this.fitted());
  }

  /** Where `fit` brings the view. */
  fitted(): Viewpoint {
    return { x: this.worldWidth / 2, y: this.worldHeight / 2, scale: this.fitScale() };
  }

  /** Where zooming around the middle of the view, or of where it glides to, brings it. */
  zoomed(factor: number): Viewpoint {
    const { x, y, scale } = this.glide?.to ?? this;
    return { x, y, scale: this.allowed(scale * factor) };
  }

  /** Begins to glide to a viewpoint, on the shorter way round. @param now milliseconds, as `advance` gets them */
  glideTo(to: Viewpoint, now: number): void {
    const { x, y, scale } = this;
    this.lines = 0;
    this.glide = { from: { x, y, scale }, to, begin: now };
  }

  /** Glides on. Returns whether the view has moved. */
  advance(now: number): boolean {
    if (!this.glide) return false;
    const { from, to, begin } = this.glide;
    const share = Math.min(1, Math.max(0, (now - begin) / glideMilliseconds));
    const eased = 1 - (1 - share) ** 3;
    const [dx, dy] = shorterWay(from, to, this.period);
    this.scale = share === 1 ? to.scale : from.scale * (to.scale / from.scale) ** eased;
    this.x = share === 1 ? to.x : from.x + dx * eased;
    this.y = share === 1 ? to.y : from.y + dy * eased;
    this.clamp();
    if (share === 1) this.glide = undefined;
    return true;
  }

  /** Brings the scale nearer to another one, around the middle. @param passed milliseconds since the last call */
  near(scale: number, passed: number): void {
    this.glide = undefined;
    this.scale *= (this.allowed(scale) / this.scale) ** (1 - Math.exp(-passed / (6 * approachMilliseconds)));
  }

  /** Brings a moving place nearer to the middle: a third of the way in a twentieth of a second. @param passed milliseconds since the last call */
  approach(x: number, y: number, passed: number): void {
    const [dx, dy] = shorterWay(this, { x, y }, this.period);
    const share = 1 - Math.exp(-passed / approachMilliseconds);
    // What is far away, as after a jump in time, is reached at once.
    const far = Math.max(Math.abs(dx) * this.scale, Math.abs(dy) * this.scale) > this.width + this.height;
    this.centreOn(this.x + dx * (far ? 1 : share), this.y + dy * (far ? 1 : share));
  }

  /** Another size of the view. Where only lines of text below it come or go, its upper edge stays where it is. */
  resize(width: number, height: number): void {
    const [fitted, filling] = [this.isFitted(), this.isFilling()];
    const below = Math.max(1, height) - this.height;
    const onlyLines = width === this.width && Math.abs(this.lines + below) <= roomOfLines;
    this.width = Math.max(1, width);
    this.height += below;
    // A world with an edge must still fill the view.
    const leavesBand = filling && !this.wraps && this.fillScale() > this.scale;
    if (onlyLines && !leavesBand) {
      this.lines += below;
      this.y += below / 2 / this.scale;
      this.clamp();
      return;
    }
    this.lines = 0;
    if (fitted) this.fit();
    else if (filling) {
      this.y = this.worldHeight / 2;
      this.scale = this.fillScale();
    } else this.clamp();
  }

  /** Moves the view by screen pixels. */
  pan(dx: number, dy: number): void {
    this.glide = undefined;
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
  }

  /** Zooms so that the place under a point of the screen stays there. */
  zoomAt(screenX: number, screenY: number, factor: number): void {
    this.glide = undefined;
    const before = this.toWorld(screenX, screenY);
    this.scale = this.allowed(this.scale * factor);
    const after = this.toWorld(screenX, screenY);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
    this.clamp();
  }

  centreOn(x: number, y: number): void {
    this.glide = undefined;
    this.x = x;
    this.y = y;
    this.clamp();
  }

  toWorld(screenX: number, screenY: number): { x: number; y: number } {
    return { x: this.x + (screenX - this.width / 2) / this.scale, y: this.y + (screenY - this.height / 2) / this.scale };
  }

  /** Where a place is seen: where the world wraps, that of its copies which is nearest to the middle. */
  toScreen(x: number, y: number): { x: number; y: number } {
    const [dx, dy] = shorterWay(this, { x, y }, this.period);
    return { x: dx * this.scale + this.width / 2, y: dy * this.scale + this.height / 2 };
  }

  /** Sides of the world where it wraps, otherwise undefined. */
  get period(): readonly [width: number, height: number] | undefined {
    return this.wraps ? [this.worldWidth, this.worldHeight] : undefined;
  }

  /** Numbers of copies of the world that are in view on each side of the nearest one, across and down. */
  copies(): readonly [number, number] {
    if (!this.wraps) return [0, 0];
    const beyond = (view: number, size: number) => Math.max(0, Math.ceil((view / (size * this.scale) - 1) / 2 - 1e-9));
    return [beyond(this.width, this.worldWidth), beyond(this.height, this.worldHeight)];
  }

  /** The same place within the world. */
  inWorld({ x, y }: Place): { x: number; y: number } {
    if (!this.wraps) return { x, y };
    return { x: wrapped(x, this.worldWidth), y: wrapped(y, this.worldHeight) };
  }

  /** The part of the world that is in view: left, upper, right and lower edge. @param margin share of it that is added on each side */
  rectangle(margin = 0): [number, number, number, number] {
    const from = this.toWorld(-margin * this.width, -margin * this.height);
    const to = this.toWorld((1 + margin) * this.width, (1 + margin) * this.height);
    return [from.x, from.y, to.x, to.y];
  }

  isFitted(): boolean {
    return this.isCentredAt(this.fitScale(this.height - this.lines));
  }

  private isFilling(): boolean {
    return this.isCentredAt(this.fillScale(this.height - this.lines));
  }

  private isCentredAt(scale: number): boolean {
    const y = this.y - this.lines / 2 / this.scale;
    return Math.abs(this.scale - scale) < 1e-9 && this.x === this.worldWidth / 2 && Math.abs(y - this.worldHeight / 2) < 1e-6;
  }

  /** The world reaches every edge of the view; of a long world and a narrow view at least half of the one is shown. */
  private fillScale(height = this.height): number {
    const scale = Math.max(this.width / this.worldWidth, height / this.worldHeight);
    return Math.min(scale, 2 * this.fitScale(height));
  }

  private fitScale(height = this.height): number {
    const margin = 12;
    return Math.max(0.01, Math.min((this.width - 2 * margin) / this.worldWidth, (height - 2 * margin) / this.worldHeight));
  }

  private allowed(scale: number): number {
    return Math.min(64, Math.max(this.fitScale() * 0.8, scale));
  }

  /** The middle of the view stays in the world, so that one cannot get lost. */
  private clamp(): void {
    if (this.wraps) {
      Object.assign(this, this.inWorld(this));
      return;
    }
    this.x = Math.min(this.worldWidth, Math.max(0, this.x));
    this.y = Math.min(this.worldHeight, Math.max(0, this.y));
  }
}
