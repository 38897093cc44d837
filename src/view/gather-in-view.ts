import { frameRow, frameStride } from '../worker/frame-layout.ts';
import type { Camera } from './camera.ts';

/** What bodies reach beyond their places, CSS pixels and lengths. */
const [reachPixels, reachLengths] = [24, 16];

/** Rows of a frame that are in view, side by side, in an array that is kept from picture to picture. */
export class InView {
  floats: Float32Array<ArrayBuffer> = new Float32Array(frameRow * frameStride);
  /** Number of rows in view. */
  count = 0;

  /** Room of the array: rows, in whole rows of the texture. */
  get capacity(): number {
    return this.floats.length / frameStride;
  }

  /**
   * Gathers the organisms whose bodies may be seen. Cheaper than giving all of a crowd to the graphics memory when a small part of the world is in view.
   * @param floats of the frame
   * @param count organisms in it
   */
  gather(floats: Float32Array, count: number, camera: Camera): void {
    const { x, y, scale, width, height, period } = camera;
    const reach = reachLengths + reachPixels / scale;
    const [across, down] = [width / (2 * scale) + reach, height / (2 * scale) + reach];
    const [wide, high] = period ?? [0, 0];
    this.count = 0;
    for (let i = 0; i < count * frameStride; i += frameStride) {
      let dx = floats[i] - x;
      let dy = floats[i + 1] - y;
      if (wide > 0) dx -= wide * Math.round(dx / wide);
      if (high > 0) dy -= high * Math.round(dy / high);
      if (dx > across || dx < -across || dy > down || dy < -down) continue;
      if (this.count === this.capacity) this.grow();
      const to = this.count * frameStride;
      for (let k = 0; k < frameStride; k++) this.floats[to + k] = floats[i + k];
      this.count += 1;
    }
  }

  /** Doubles its room: buffers of the graphics memory have its size, and are made again with it. */
  private grow(): void {
    const larger = new Float32Array(2 * this.floats.length);
    larger.set(this.floats);
    this.floats = larger;
  }
}
