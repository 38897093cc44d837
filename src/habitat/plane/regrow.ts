import type { PlaneContext } from './context.ts';

/** Food grows back towards what each cell can carry, carrion rots, the cue follows its target. */
export function regrow({ kernel, plane, season }: PlaneContext): void {
  const { grass, fruit, carrion, cue } = plane.parameters;
  kernel.regrow({
    cells: plane.cells,
    ground: plane.ground,
    capacity: plane.capacity,
    r0: Math.min(1, grass.regrowth * season),
    r1: Math.min(1, fruit.regrowth * season),
    r2: carrion.decay,
    r3: cue.rate,
  });
}
