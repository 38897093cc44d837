import type { PlaneContext } from './context.ts';

/** Food grows back towards what each cell can carry, carrion rots, the cue follows its target. */
export function regrow({ kernel, plane, season }: PlaneContext): void {
  const { grass, fruit, carrion, cue } = plane.parameters;
  kernel.regrow(
    plane.cells,
    plane.ground.pointer,
    plane.capacity.pointer,
    Math.min(1, grass.regrowth * season),
    Math.min(1, fruit.regrowth * season),
    carrion.decay,
    cue.rate,
  );
}
