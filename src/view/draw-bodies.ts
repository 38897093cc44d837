// Bodies as pictures, by the program that draws them in the world: for legends.
import { frameRow, frameStride } from '../worker/frame-layout.ts';
import { type Painter, type Squares, Texels } from './painter.ts';

/** Lengths of half a body of size 1, as in the world. */
const halfBody = 1.7;

/**
 * Draws organisms one beside another, each in a square, their heads to the right.
 * @param squares with the program of organisms
 * @param floats of the organisms as in a frame, without their places
 * @param side of a square, device pixels
 */
export function drawBodies(painter: Painter, squares: Squares, floats: Float32Array, side: number): ImageData {
  const count = floats.length / frameStride;
  const scale = (0.38 * side) / halfBody;
  const row = new Float32Array(frameRow * frameStride);
  row.set(floats);
  // A fan reaches farther back than a head ahead.
  for (let i = 0; i < count; i++) row.set([((i + 0.54) * side) / scale, (0.5 * side) / scale, 1, 0], i * frameStride);
  const places = new Texels('rgba32f');
  places.show(row, (frameRow * frameStride) / 4, 1);
  const [width, height] = [count * side, side];
  const { gl } = painter;
  const texture = gl.createTexture();
  const buffer = gl.createFramebuffer();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  gl.bindFramebuffer(gl.FRAMEBUFFER, buffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  painter.clear([0, 0, 0, 0], width, height);
  const former = squares.count;
  squares.count = count;
  squares.draw(painter, {
    uFrame: places,
    // Rows are read from the lower edge on, so down is up here.
    uView: new Float32Array([(2 * scale) / width, (2 * scale) / height, -1, -1]),
    uPixels: new Float32Array([scale, 1]),
    uPeriod: new Float32Array(2),
    uFurther: new Float32Array(2),
    uWorld: new Float32Array([1, 1, 0, 0]),
    uShown: new Float32Array([count]),
    uBody: new Float32Array([0, 0, 0, 1]),
    uMeals: new Float32Array([1]),
    uSingle: new Float32Array([1]),
  });
  squares.count = former;
  const image = new ImageData(width, height);
  const pixels = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.deleteFramebuffer(buffer);
  gl.deleteTexture(texture);
  gl.deleteTexture(places.in(gl, painter.owner));
  // Colours of pictures are not multiplied by their cover.
  for (let i = 0; i < pixels.length; i += 4) {
    const cover = pixels[i + 3];
    for (let channel = i; channel < i + 3; channel++)
      image.data[channel] = cover === 0 ? 0 : Math.min(255, (pixels[channel] * 255) / cover);
    image.data[i + 3] = cover;
  }
  return image;
}
