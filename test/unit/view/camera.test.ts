import { expect, test } from 'vitest';
import { Camera } from '../../../src/view/camera.ts';

function camera(): Camera {
  const made = new Camera();
  made.resize(800, 600);
  made.showWorld(512, 512);
  return made;
}

test('the whole world is seen at first, and after a resize as long as nobody has moved the view', () => {
  const view = camera();
  expect(view.toScreen(0, 0).y).toBeCloseTo(12, 9);
  expect(view.toScreen(512, 512).y).toBeCloseTo(588, 9);
  view.resize(400, 300);
  expect(view.isFitted()).toBe(true);
  view.pan(10, 0);
  view.resize(800, 600);
  expect(view.isFitted()).toBe(false);
});

test('zoom keeps the point under the pointer, and places go to the screen and back', () => {
  const view = camera();
  const before = view.toWorld(300, 200);
  view.zoomAt(300, 200, 3);
  const after = view.toWorld(300, 200);
  expect(after.x).toBeCloseTo(before.x, 9);
  expect(after.y).toBeCloseTo(before.y, 9);
  const there = view.toScreen(after.x, after.y);
  expect(there.x).toBeCloseTo(300, 9);
});

test('the middle of the view cannot leave the world', () => {
  const view = camera();
  view.pan(1e6, -1e6);
  expect(view.x).toBe(0);
  expect(view.y).toBe(512);
});

test('fills the view with a plane, also when the view changes, until one moves; all of it is shown on request', () => {
  const camera = new Camera();
  camera.resize(900, 500);
  camera.showWorld(768, 768, true);
  const [left, top, right, bottom] = camera.rectangle();
  expect([left, right].map((x) => Math.round(x))).toEqual([0, 768]);
  expect(top).toBeGreaterThan(0);
  expect(bottom).toBeLessThan(768);
  camera.resize(500, 600);
  expect(camera.rectangle()[1]).toBeCloseTo(0, 6);
  camera.fit();
  expect(camera.rectangle()[0]).toBeLessThan(0);
  camera.resize(700, 700);
  expect(camera.isFitted()).toBe(true);
});
