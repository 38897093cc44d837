import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';

/** The largest float32 below a positive size: where a wall stops an organism. */
const below = (size: number) => Math.fround(size * (1 - 1 / 8_388_608));

/** All organisms turn and move. */
export function move(population: PlanePopulation, { kernel, plane }: PlaneContext): void {
  const { table, parameters, arena } = population;
  kernel.move(
    table.count,
    table.pointer('x'),
    table.pointer('y'),
    table.pointer('headingX'),
    table.pointer('headingY'),
    table.pointer('turn'),
    table.pointer('thrust'),
    table.pointer('eat'),
    table.pointer('body.speed'),
    parameters.movement.turn,
    parameters.movement.feedingPace,
    plane.torus ? 1 : 0,
    plane.width,
    plane.height,
    below(plane.width),
    below(plane.height),
    plane.barrierPointer,
    plane.columns,
    1 / plane.cell,
    table.pointer('moved'),
    arena.scratch.pointer,
  );
}
