import { describe, expect, it } from 'vitest';
import { Camera } from '../../../src/view/camera.ts';
import { countCells } from '../../../src/view/count-cells.ts';
import { isCrowded } from '../../../src/view/is-crowded.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';

/** A frame of organisms at x, y with a colour, lit or not. */
function frame(...organisms: readonly (readonly [x: number, y: number, colour: number, lit?: number])[]): Float32Array {
  const floats = new Float32Array(organisms.length * frameStride);
  for (const [k, [x, y, colour, lit = 1]] of organisms.entries()) {
    floats.set([x, y, 1, 0, 1, colour, lit, 0], k * frameStride);
  }
  return floats;
}

describe('countCells', () => {
  it('counts each organism in its cell, and those outside nowhere', () => {
    const floats = frame(
      [0.5, 0.5, 0.2],
      [0.6, 0.4, 0.4],
      [0.7, 0.6, 0.6],
      [0.1, 0.1, 0.8],
      [3.5, 1.5, 1],
      [-1, 0, 0],
      [4, 0, 0],
    );
    const texels = new Uint8Array(32);
    const { full } = countCells(floats, 7, [0, 0, 4, 2], 4, 2, false, texels);
    expect(full).toBe(4);
    const cells = Array.from({ length: 8 }, (_, cell) => [...texels.subarray(4 * cell, 4 * cell + 3)]);
    const none = [0, 0, 0];
    expect(cells).toEqual([[128, 255, 255], none, none, none, none, none, none, [255, 128, 255]]);
  });

  it('counts across the edge of a world that wraps', () => {
    const floats = frame([9.5, 0.5, 0.2], [0.5, 0.5, 0.4], [5, 0.5, 0.6]);
    const texels = new Uint8Array(16);
    countCells(floats, 3, [9, 0, 11, 2], 2, 2, false, texels, [10, 10]);
    const cells = Array.from({ length: 4 }, (_, cell) => texels[4 * cell + 1]);
    expect(cells).toEqual([255, 255, 0, 0]);
  });

  it('counts all organisms where some are highlighted, and a cell has the colour of those', () => {
    const floats = frame([0.5, 0.5, 0.2, 0], [0.5, 0.5, 0.6, 1], [0.5, 0.5, 0.8, 1], [0.5, 0.5, 0.1, 0], [1.5, 0.5, 1, 0]);
    const texels = new Uint8Array(8);
    expect(countCells(floats, 5, [0, 0, 2, 1], 2, 1, false, texels).full).toBe(4);
    expect([...texels]).toEqual([Math.round(255 * 0.7), 255, Math.round(255 * Math.SQRT1_2), 0, 255, 128, 0, 0]);
  });

  it('of colours on a circle a cell has that of one highlighted organism', () => {
    const floats = frame([0.5, 0.5, 0.25, 1], [0.5, 0.5, 0.75, 0]);
    const texels = new Uint8Array(4);
    countCells(floats, 2, [0, 0, 1, 1], 1, 1, true, texels);
    expect(texels[0]).toBe(Math.round(255 * 0.25));
  });
});

it('organisms crowd when they would cover the view, and no longer when one zooms in; between the two nothing flickers', () => {
  const camera = new Camera();
  camera.resize(600, 600);
  camera.showWorld(400, 400);
  expect(isCrowded(5000, camera, [400, 400], false)).toBe(false);
  expect(isCrowded(50_000, camera, [400, 400], false)).toBe(true);
  const between = (0.27 * 576 * 576) / 10;
  expect(isCrowded(between, camera, [400, 400], false)).toBe(false);
  expect(isCrowded(between, camera, [400, 400], true)).toBe(true);
  camera.zoomAt(300, 300, 8);
  expect(isCrowded(50_000, camera, [400, 400], true)).toBe(false);
});
