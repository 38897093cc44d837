/** The viewpoint: the world's point in the middle of the view, and screen pixels (CSS) per length. */
export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  /** Size of the view in CSS pixels. */
  width = 1;
  height = 1;
  private worldWidth = 1;
  private worldHeight = 1;

  /** Sets the size of a world and shows all of it, or as much as fills the view. */
  showWorld(width: number, height: number, filling = false): void {
    this.worldWidth = width;
    this.worldHeight = height;
    this.fit();
    if (filling) this.scale = this.fillScale();
  }

  /** Shows the whole world with a small margin. */
  fit(): void {
    this.scale = this.fitScale();
    this.x = this.worldWidth / 2;
    this.y = this.worldHeight / 2;
  }

  resize(width: number, height: number): void {
    const [fitted, filling] = [this.isFitted(), this.isFilling()];
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    if (fitted) this.fit();
    else if (filling) this.scale = this.fillScale();
    else this.clamp();
  }

  /** Moves the view by screen pixels. */
  pan(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
  }

  /** Zooms so that the place under a point of the screen stays there. */
  zoomAt(screenX: number, screenY: number, factor: number): void {
    const before = this.toWorld(screenX, screenY);
    const fit = this.fitScale();
    this.scale = Math.min(64, Math.max(fit * 0.8, this.scale * factor));
    const after = this.toWorld(screenX, screenY);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
    this.clamp();
  }

  centreOn(x: number, y: number): void {
    this.x = x;
    this.y = y;
    this.clamp();
  }

  toWorld(screenX: number, screenY: number): { x: number; y: number } {
    return { x: this.x + (screenX - this.width / 2) / this.scale, y: this.y + (screenY - this.height / 2) / this.scale };
  }

  toScreen(x: number, y: number): { x: number; y: number } {
    return { x: (x - this.x) * this.scale + this.width / 2, y: (y - this.y) * this.scale + this.height / 2 };
  }

  /** The part of the world that is in view: left, upper, right and lower edge. @param margin share of it that is added on each side */
  rectangle(margin = 0): [number, number, number, number] {
    const from = this.toWorld(-margin * this.width, -margin * this.height);
    const to = this.toWorld((1 + margin) * this.width, (1 + margin) * this.height);
    return [from.x, from.y, to.x, to.y];
  }

  isFitted(): boolean {
    return this.isCentredAt(this.fitScale());
  }

  private isFilling(): boolean {
    return this.isCentredAt(this.fillScale());
  }

  private isCentredAt(scale: number): boolean {
    return Math.abs(this.scale - scale) < 1e-9 && this.x === this.worldWidth / 2 && this.y === this.worldHeight / 2;
  }

  /** The world reaches every edge of the view; of a long world and a narrow view at least half of the one is shown. */
  private fillScale(): number {
    const scale = Math.max(this.width / this.worldWidth, this.height / this.worldHeight);
    return Math.min(scale, 2 * this.fitScale());
  }

  private fitScale(): number {
    const margin = 12;
    return Math.max(0.01, Math.min((this.width - 2 * margin) / this.worldWidth, (this.height - 2 * margin) / this.worldHeight));
  }

  /** The middle of the view stays in the world, so that one cannot get lost. */
  private clamp(): void {
    this.x = Math.min(this.worldWidth, Math.max(0, this.x));
    this.y = Math.min(this.worldHeight, Math.max(0, this.y));
  }
}
