import { expect, it } from 'vitest';
import annealing from '../../../scenes/annealing.json';
import islands from '../../../scenes/islands.json';
import meadow from '../../../scenes/meadow.json';
import { readPainting } from '../../../src/habitat/plane/painting.ts';
import { editScene } from '../../../src/scene/edit-scene.ts';
import { decodeShare } from '../../../src/scene/share.ts';
import { drawDraft, paintingOf, shareText } from '../../../src/worker/draw-draft.ts';
import { frameStride } from '../../../src/worker/frame-layout.ts';

const text = (json: object) => JSON.stringify(json);
const bytesOf = ({ buffer, columns, rows }: { buffer: ArrayBuffer; columns: number; rows: number }) =>
  new Uint8Array(buffer, 0, columns * rows * 4);

it('draws a scene as its world begins: founders, ground, senses and controls', () => {
  const { world, frame, ground, senses, controls } = drawDraft(text(meadow), '7');
  expect(frame.count).toBe(meadow.populations.foragers.founders);
  expect(new Float32Array(frame.buffer)[frameStride]).toBeGreaterThan(0);
  expect([ground.columns, ground.rows]).toEqual([192, 192]);
  expect(world.title).toBe(meadow.title);
  expect(senses.find(({ id }) => id === 'grass')?.inputs).toBe(4);
  expect(senses.find(({ id }) => id === 'energy')?.inputs).toBe(1);
  expect(controls.some(({ path }) => path === 'populations.foragers.senses')).toBe(true);
  expect(() => drawDraft('{}', '7')).toThrow('scene: version: is missing; give 1');
  expect(() => drawDraft(text(annealing), '7')).toThrow('only worlds in the plane can be made here');
});

it('reads the ground of a food as a painting that grows as it did', () => {
  const before = bytesOf(drawDraft(text(meadow), '7').ground);
  const painting = paintingOf(text(meadow), '7', 'grass');
  const painted = editScene(text(meadow), [
    { path: 'habitat.grass.painting', value: painting },
    { path: 'habitat.grass.pattern', value: 'painted' },
  ]);
  const after = bytesOf(drawDraft(painted, '7').ground);
  // A level is a tenth of the richest ground: at most half a level away.
  let farthest = 0;
  for (let i = 0; i < before.length; i += 4) farthest = Math.max(farthest, Math.abs(after[i] - before[i]));
  expect(farthest).toBeLessThanOrEqual(13);
  expect(farthest).toBeGreaterThan(0);
});

it('reads what lies under barriers too, and nothing where none can grow', () => {
  const wall = { x: 0, y: 0, width: 64, height: 512 };
  const grass = { ...meadow.habitat.grass, pattern: 'uniform', cover: 1 };
  const walled = { ...meadow, habitat: { ...meadow.habitat, grass, barriers: [wall] } };
  expect(new Set(readPainting(paintingOf(text(walled), '7', 'grass')).levels)).toEqual(new Set([10]));
  const barren = { ...meadow, habitat: { ...meadow.habitat, fruit: { capacity: 0 } } };
  expect(new Set(readPainting(paintingOf(text(barren), '7', 'fruit')).levels)).toEqual(new Set([0]));
  expect(() => paintingOf(text(annealing), '7', 'grass')).toThrow('only the ground of a plane can be painted');
});

it('packs a scene into a link that opens the same scene', () => {
  const link = shareText(text(islands), 'seed');
  const { scene, seed, tick, changes } = decodeShare(link);
  expect([scene, seed, tick, changes]).toEqual([islands, 'seed', 0, []]);
});
