import { expect, test } from 'vitest';
import { Camera } from '../../../src/view/camera.ts';
import { InView } from '../../../src/view/gather-in-view.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';

/** Organisms on a lattice of 4 lengths; their size is their number. */
function lattice(side: number): { floats: Float32Array; count: number } {
  const across = side / 4;
  const count = across * across;
  const floats = new Float32Array(count * frameStride);
  for (let i = 0; i < count; i++) floats.set([4 * (i % across), 4 * Math.floor(i / across), 1, 0, i], i * frameStride);
  return { floats, count };
}

test.each([true, false])('has every organism that can be seen, whole, and few others (wraps: %s)', (wraps) => {
  const camera = new Camera();
  camera.resize(800, 600);
  camera.showWorld(1024, 1024, { filling: true, wraps });
  camera.scale = 10;
  camera.centreOn(8, 1020);
  const { floats, count } = lattice(1024);
  const inView = new InView();
  inView.gather(floats, count, camera);
  const got = new Set(Array.from({ length: inView.count }, (_, row) => inView.floats[row * frameStride + 4]));
  expect(got.size).toBe(inView.count);
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const { x, y } = camera.toScreen(floats[i * frameStride], floats[i * frameStride + 1]);
    if (x < 0 || x > 800 || y < 0 || y > 600) continue;
    seen += 1;
    expect(got.has(i)).toBe(true);
  }
  expect(seen).toBeGreaterThan(wraps ? 290 : 80);
  expect(inView.count).toBeLessThan(4 * seen);
  expect(inView.capacity % 512).toBe(0);
});
