import { frameStride } from '../worker/frame-layout.ts';
import type { Camera, Viewpoint } from './camera.ts';
import type { ShownOrganisms } from './shown-organisms.ts';

/** Following that moves the picture by less is at rest, CSS pixels. */
const stillPixels = 0.1;

/** Moves the camera from picture to picture: it glides to a viewpoint, follows the picked organism, or visits another one. */
export class CameraMotion {
  /** Whether the picked organism is followed. */
  following = false;
  /** Whether another picture has to follow. */
  moving = false;
  /** An organism that the view visits automatically, and pixels per length there. */
  private visited: { readonly id: number; readonly scale: number } | undefined;
  private movedAt = 0;

  /** @param stillness whether motion is not welcome */
  constructor(
    private readonly camera: Camera,
    private readonly organisms: ShownOrganisms,
    private readonly stillness: { readonly matches: boolean },
  ) {}

  /** Follows and visits nothing any more. */
  end(): void {
    this.visited = undefined;
    this.following = false;
  }

  /** Follows an organism that is not picked, or ends that. @param scale pixels per length that the view comes to */
  visit(id: number | undefined, scale: number): void {
    this.visited = id === undefined ? undefined : { id, scale };
    this.moving = true;
  }

  /** Glides to a viewpoint; at once where motion is not welcome. */
  glide(to: Viewpoint): void {
    this.camera.glideTo(to, performance.now());
    if (this.stillness.matches) this.camera.advance(Number.POSITIVE_INFINITY);
    else this.moving = true;
  }

  /** Milliseconds since the last picture. */
  since(now: number): number {
    return now - this.movedAt;
  }

  /** Moves the camera for a picture. @returns whether the view may have moved */
  advance(now: number, picked: number): boolean {
    const { camera, organisms, visited } = this;
    const passed = this.since(now);
    this.movedAt = now;
    this.moving = camera.advance(now);
    const index = visited ? organisms.indexOf(visited.id) : this.following ? organisms.indexOf(picked) : -1;
    if (visited) camera.near(visited.scale, passed);
    if (index >= 0) {
      const { x, y } = camera;
      const { floats } = organisms;
      const i = index * frameStride;
      camera.approach(floats[i], floats[i + 1], this.stillness.matches ? Number.POSITIVE_INFINITY : passed);
      const away = Math.max(Math.abs(camera.x - x), Math.abs(camera.y - y)) * camera.scale;
      this.moving ||= away > stillPixels;
    }
    this.moving ||= visited !== undefined;
    return this.moving || index >= 0;
  }
}
