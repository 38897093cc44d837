import type { Camera } from './camera.ts';

/** Least area of an organism drawn singly, CSS pixels. */
const dropArea = 10;
/** Shares of the view that drops would cover: above the first, density replaces them; below the second, they come back. */
const [crowded, open] = [0.3, 0.24];

/** Whether drops would cover too much of the view to be distinguished. @param dense whether density is shown now */
export function isCrowded(
  count: number,
  camera: Camera,
  world: readonly [width: number, height: number],
  dense: boolean,
): boolean {
  const [left, top, right, bottom] = camera.rectangle();
  const [width, height] = world;
  const share = (from: number, to: number, size: number) =>
    camera.wraps ? Math.min(1, (to - from) / size) : Math.max(0, Math.min(to, size) - Math.max(from, 0)) / size;
  const across = share(left, right, width);
  const down = share(top, bottom, height);
  const area = across * width * down * height * camera.scale * camera.scale;
  return area > 0 && (count * across * down * dropArea) / area > (dense ? open : crowded);
}
