import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../../src/habitat/landscape/landscape.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** One landscape to be tried: form, loci, parameters, and how far from the origin its points lie. */
export interface Case {
  readonly id: string;
  readonly dimensions: number;
  readonly parameters: object;
  readonly spread: number;
}

const one = (id: string, dimensions: number, parameters: object = {}, spread = 1): Case => ({
  id,
  dimensions,
  parameters,
  spread,
});

/** Every form, in several dimensions and with parameters other than the defaults. */
export const cases: readonly Case[] = [
  one('linear', 1),
  one('linear', 7, { slope: 3, direction: 'random' }),
  one('bowl', 1, { width: 0.3, centre: 2 }),
  one('bowl', 100, { width: 5 }),
  one('valley', 1, { width: 2, condition: 30 }),
  one('valley', 2),
  one('valley', 19, { width: 3, condition: 10_000, centre: -1 }),
  one('peaks', 1, { peaks: 3, width: 0.5 }),
  one('peaks', 12, { peaks: 9, drop: 2 }, 2),
  one('rugged', 1, { partners: 0 }),
  one('rugged', 5, { partners: 4, neighbours: 'adjacent', strength: 2 }, 3),
  one('rugged', 40, { partners: 3, width: 0.7 }),
  one('moving', 3, { path: 'line' }),
  one('moving', 4, { path: 'circle', width: 2 }),
  one('moving', 5, { path: 'walk', speed: 0.3 }),
  one('moving', 4, { path: 'walk', condition: 30 }),
  one('iris', 11, { hidden: 1 }),
  one('iris', 35, { strength: 3 }, 0.5),
  one('regression', 4),
  one('regression', 9, { rows: 20, residual: 2 }),
  one('competition', 1),
  one('competition', 1, { capacity: 2, competition: 3, growth: 0.3 }, 4),
  one('competition', 2, { growth: 3 }),
  one('competition', 3, { competition: 0.7 }),
  one('needle', 3),
  one('polygenic', 1),
  one('polygenic', 12, { competition: 0.7, growth: 0.5 }),
  one('hawk-dove', 1),
  one('rock-paper-scissors', 3, { win: 2 }),
  one('game', 1, {}),
  one('game', 4, {
    base: 5,
    payoffs: [
      [1, 2, 3, 4],
      [0, -1, 5, 2],
      [2, 2, 0, 1],
      [7, 0, 0, 1],
    ],
  }),
];

export const nameOf = ({ id, dimensions, parameters }: Case) => `${id} ${dimensions} ${JSON.stringify(parameters)}`;

/** Random points, row by row. */
export function points({ dimensions, spread }: Case, count: number, name: string): Float64Array {
  const stream = namedStream(name, 'points');
  return Float64Array.from({ length: count * dimensions }, () => spread * stream.normal());
}

/** The landscape of a case, with forty organisms met in generation 17. */
export function makeMet(one: Case, seed = 'seed'): Landscape {
  const landscape = makeLandscape(one.id, one.dimensions, one.parameters, seed);
  landscape.meet(points(one, 40, 'met'), 40, one.dimensions, 17);
  return landscape;
}

/** The gradient by central differences of fourth order. */
export function numericGradient(landscape: Landscape, point: Float64Array, step: number): Float64Array {
  const moved = point.slice();
  const at = (k: number, by: number) => {
    moved[k] = point[k] + by;
    const f = landscape.logFitness(moved, 0);
    moved[k] = point[k];
    return f;
  };
  return point.map((_, k) => (8 * (at(k, step) - at(k, -step)) - (at(k, 2 * step) - at(k, -2 * step))) / (12 * step));
}

export const length = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));

export const gradientAt = (landscape: Landscape, point: Float64Array) => {
  const out = new Float64Array(landscape.dimensions);
  landscape.gradient(point, 0, out);
  return out;
};
