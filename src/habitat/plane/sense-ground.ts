import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';

const groundSenses = ['grass', 'fruit', 'carrion', 'cue', 'barrier', 'underfoot'] as const;

/** Byte offset of a sense in an input row, or -1 where the population does not have it. */
export function inputOffset(population: PlanePopulation, id: string): number {
  const placed = population.senses.find((sense) => sense.id === id);
  return placed ? 4 * placed.at : -1;
}

/** 1 / whole; `otherwise` if `whole` is so small that in float32 the result could be infinite, and 0 times it not a number. */
const inverse = (whole: number, otherwise: number) => (whole > 1e-6 ? 1 / whole : otherwise);

/** Writes the senses of the ground: one pass samples all lanes. */
export function senseGround(population: PlanePopulation, { kernel, plane }: PlaneContext): void {
  const { table, parameters } = population;
  const at = groundSenses.map((id) => inputOffset(population, id));
  if (at.every((offset) => offset < 0)) return;
  const { grass, fruit } = plane.parameters;
  kernel.senseGround(
    table.count,
    table.pointer('x'),
    table.pointer('y'),
    table.pointer('headingX'),
    table.pointer('headingY'),
    table.pointer('efficiency'),
    plane.ground.pointer,
    plane.barrierMask.pointer,
    plane.columns,
    1 / plane.cell,
    plane.torus ? 1 : 0,
    plane.width,
    plane.height,
    plane.reach / 3,
    plane.reach * 0.8,
    inverse(grass.capacity, 0),
    inverse(fruit.capacity, 0),
    inverse(parameters.energy.body, 1),
    1,
    table.pointer('inputs'),
    table.rowBytes('inputs'),
    at[0],
    at[1],
    at[2],
    at[3],
    at[4],
    at[5],
  );
}
