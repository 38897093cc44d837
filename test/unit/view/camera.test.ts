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
  camera.showWorld(768, 768, { filling: true });
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

test('goes round a world that wraps: a place has one spot in view, and the middle never leaves the world', () => {
  const camera = new Camera();
  camera.resize(800, 600);
  camera.showWorld(500, 400, { filling: true, wraps: true });
  camera.pan(-1000, 0);
  expect(camera.x).toBeCloseTo((250 + 1000 / camera.scale) % 500, 9);
  const edge = camera.toScreen(0, 200);
  const inside = camera.toScreen(500, 200);
  expect(edge.x).toBeCloseTo(inside.x, 9);
  camera.centreOn(499, 200);
  expect(camera.toScreen(1, 200).x - camera.toScreen(499, 200).x).toBeCloseTo(2 * camera.scale, 9);
  expect(camera.inWorld(camera.toWorld(800, 300)).x).toBeCloseTo(499 + 400 / camera.scale - 500, 9);
});

test('counts the copies of the world that are in view', () => {
  const camera = new Camera();
  camera.resize(800, 500);
  camera.showWorld(100, 100, { filling: true, wraps: true });
  expect(camera.copies()).toEqual([0, 0]);
  camera.fit();
  // 800 pixels show 1.7 worlds of 476 pixels: one more on each side; the margin above and below shows a little of the next ones.
  expect(camera.copies()).toEqual([1, 1]);
  camera.showWorld(100, 100, { filling: true });
  camera.fit();
  expect(camera.copies()).toEqual([0, 0]);
});

test('glides to where it was asked to, on the shorter way round, and no further; a hand on the view ends it', () => {
  const camera = new Camera();
  camera.resize(800, 600);
  camera.showWorld(500, 400, { wraps: true });
  camera.centreOn(490, 200);
  const to = { x: 10, y: 210, scale: 4 };
  camera.glideTo(to, 1000);
  expect(camera.advance(1100)).toBe(true);
  expect(camera.x > 490 || camera.x < 10).toBe(true);
  expect(camera.advance(5000)).toBe(true);
  expect({ x: camera.x, y: camera.y, scale: camera.scale }).toEqual(to);
  expect(camera.advance(5001)).toBe(false);
  camera.glideTo({ x: 100, y: 100, scale: 2 }, 6000);
  camera.pan(4, 0);
  expect(camera.advance(6100)).toBe(false);
});

test('follows a moving place, slowly where it is near and at once where it is out of view', () => {
  const camera = new Camera();
  camera.resize(800, 600);
  camera.showWorld(5000, 5000);
  camera.zoomAt(400, 300, 1e3);
  camera.centreOn(100, 100);
  camera.approach(101, 100, 125);
  expect(camera.x).toBeCloseTo(101 - Math.exp(-1), 9);
  camera.approach(4000, 100, 16);
  expect(camera.x).toBe(4000);
});

test('stays where it is while lines of text come and go below it, and still fits or fills another size', () => {
  const line = 44;
  for (const [filling, wraps] of [
    [false, false],
    [true, true],
  ]) {
    const camera = new Camera();
    camera.resize(960, 587);
    camera.showWorld(768, 768, { filling, wraps });
    const before = camera.toScreen(300, 300);
    const middle = { x: camera.x, y: camera.y, scale: camera.scale };
    camera.resize(960, 587 - line);
    expect(camera.toScreen(300, 300).y).toBeCloseTo(before.y, 9);
    camera.resize(960, 587 - 2 * line);
    expect(camera.toScreen(300, 300).y).toBeCloseTo(before.y, 9);
    camera.resize(960, 587);
    expect(camera).toMatchObject({ x: middle.x, scale: middle.scale });
    expect(camera.y).toBeCloseTo(middle.y, 9);
    camera.resize(960, 587 - line);
    camera.resize(500, 800);
    const fresh = new Camera();
    fresh.resize(500, 800);
    fresh.showWorld(768, 768, { filling, wraps });
    expect(camera).toMatchObject({ x: fresh.x, y: fresh.y, scale: fresh.scale });
  }
});

test('fills the view with a world that ends, also when a line below it goes', () => {
  const camera = new Camera();
  camera.resize(960, 543);
  camera.showWorld(200, 88, { filling: true });
  camera.resize(960, 587);
  const [, top, , bottom] = camera.rectangle();
  expect([top, bottom]).toEqual([expect.closeTo(0, 6), expect.closeTo(88, 6)]);
});
