import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';

/**
 * Writes the kinds of fruit: as the sense of fruit samples it ahead, right, behind and left, then on the own cell; fruit of the second kind
 * counts negative.
 */
export function senseKinds({ table }: EmbodiedPopulation, at: number, stride: number, { plane }: PlaneContext): void {
  const { width, height, cell, columns, kinds, torus, reach } = plane;
  const [inputs, x, y] = [table.f32('inputs'), table.f32('x'), table.f32('y')];
  const [headingX, headingY] = [table.f32('headingX'), table.f32('headingY')];
  const ground = plane.ground.f32();
  const full = plane.parameters.fruit.capacity;
  const scale = full > 1e-6 ? 1 / full : 0;
  const [near, far] = [reach / 3, reach * 0.8];
  const look = (px: number, py: number): number => {
    let [u, v] = [px, py];
    if (torus) {
      u = u < 0 ? u + width : u >= width ? u - width : u;
      v = v < 0 ? v + height : v >= height ? v - height : v;
    } else if (u < 0 || u >= width || v < 0 || v >= height) return 0;
    const i = Math.floor(v / cell) * columns + Math.floor(u / cell);
    return kinds?.[i] === 1 ? -ground[4 * i + 1] : ground[4 * i + 1];
  };
  for (let row = 0; row < table.count; row++) {
    const [px, py] = [x[row], y[row]];
    let [dx, dy] = [headingX[row], headingY[row]];
    const to = row * stride + at;
    for (let sector = 0; sector < 4; sector++) {
      inputs[to + sector] = scale * (0.6 * look(px + dx * near, py + dy * near) + 0.4 * look(px + dx * far, py + dy * far));
      // A quarter turn to the right: y points down.
      [dx, dy] = [-dy, dx];
    }
    inputs[to + 4] = scale * look(px, py);
  }
}
