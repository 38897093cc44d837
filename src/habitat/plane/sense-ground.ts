import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';

const groundSenses = ['grass', 'fruit', 'carrion', 'cue', 'barrier', 'underfoot'] as const;

/** First input of a sense, or -1 where the population does not have it. */
export function placeOf({ policy }: EmbodiedPopulation, id: string): number {
  return policy.senses.find((sense) => sense.id === id)?.at ?? -1;
}

/** 1 / whole; `otherwise` if `whole` is so small that in float32 the result could be infinite, and 0 times it not a number. */
const inverse = (whole: number, otherwise: number) => (whole > 1e-6 ? 1 / whole : otherwise);

/** Writes the senses of the ground: one pass samples all lanes. */
export function senseGround(population: EmbodiedPopulation, { kernel, plane }: PlaneContext): void {
  const { table, parameters } = population;
  const places = groundSenses.map((id) => placeOf(population, id));
  if (places.every((place) => place < 0)) return;
  const { grass, fruit } = plane.parameters;
  const { x, y, headingX, headingY, efficiency, inputs } = table.columns;
  const [grassAt, fruitAt, carrionAt, cueAt, barrierAt, underfootAt] = places.map((place) => (place < 0 ? -1 : 4 * place));
  kernel.senseGround({
    count: table.count,
    x,
    y,
    headingX,
    headingY,
    efficiency,
    ground: plane.ground,
    barrier: plane.barrierMask,
    columns: plane.columns,
    inverseCell: 1 / plane.cell,
    torus: plane.torus,
    width: plane.width,
    height: plane.height,
    near: plane.reach / 3,
    far: plane.reach * 0.8,
    scale0: inverse(grass.capacity, 0),
    scale1: inverse(fruit.capacity, 0),
    scale2: inverse(parameters.energy.body, 1),
    scale3: 1,
    inputs,
    grassAt,
    fruitAt,
    carrionAt,
    cueAt,
    barrierAt,
    underfootAt,
  });
}
