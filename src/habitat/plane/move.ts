import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';

/** The largest float32 below a positive size: where a wall stops an organism. */
const below = (size: number) => Math.fround(size * (1 - 1 / 8_388_608));

/** All organisms turn and move. */
export function move(population: EmbodiedPopulation, { kernel, plane }: PlaneContext): void {
  const { table, parameters } = population;
  const { x, y, headingX, headingY, turn, thrust, eat, 'body.speed': speed, moved } = table.columns;
  kernel.move({
    count: table.count,
    x,
    y,
    headingX,
    headingY,
    turn,
    thrust,
    eat,
    speed,
    sharpest: parameters.movement.turn,
    feedingPace: parameters.movement.feedingPace,
    torus: plane.torus,
    width: plane.width,
    height: plane.height,
    lastX: below(plane.width),
    lastY: below(plane.height),
    barrier: plane.walled ? plane.barrierMask : undefined,
    columns: plane.columns,
    inverseCell: 1 / plane.cell,
    moved,
  });
}
