import { namedStream } from '../../math/streams.ts';
import { paintLevels, readPainting } from './painting.ts';

/** What a pattern may read to distribute richness over the ground. @public */
export interface PatternRequest {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell, lengths. */
  readonly cell: number;
  /** Share of the ground on which anything grows, 0 to 1. */
  readonly cover: number;
  /** Typical distance over which richness changes, lengths. */
  readonly grain: number;
  readonly torus: boolean;
  /** Seed of this pattern in this world. */
  readonly seed: string;
  /** Text of the painting of this food, or ''. */
  readonly painting: string;
}

/** A pattern of richness, 0 (barren) to 1 (richest), one value a cell, row by row. @public */
export interface Pattern {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  make(request: PatternRequest): Float32Array;
}

/** A pattern of ground as a value: returns what it is given, with its type. @public */
export const pattern = (declared: Pattern): Pattern => declared;

const smooth = (t: number) => t * t * (3 - 2 * t);

/** Value noise: random heights on a lattice of `grain`, interpolated smoothly; seamless on a torus. */
function heights({ columns, rows, cell, grain, torus, seed }: PatternRequest): Float32Array {
  const across = Math.max(2, Math.round((columns * cell) / grain));
  const down = Math.max(2, Math.round((rows * cell) / grain));
  const width = torus ? across : across + 1;
  const height = torus ? down : down + 1;
  const stream = namedStream(seed, 'heights');
  const lattice = new Float32Array(width * height);
  for (let i = 0; i < lattice.length; i++) lattice[i] = stream.uniform();
  const values = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const v = ((y + 0.5) / rows) * down;
    const y0 = Math.floor(v) % height;
    const y1 = (y0 + 1) % height;
    const fy = smooth(v - Math.floor(v));
    for (let x = 0; x < columns; x++) {
      const u = ((x + 0.5) / columns) * across;
      const x0 = Math.floor(u) % width;
      const x1 = (x0 + 1) % width;
      const fx = smooth(u - Math.floor(u));
      const top = lattice[y0 * width + x0] * (1 - fx) + lattice[y0 * width + x1] * fx;
      const bottom = lattice[y1 * width + x0] * (1 - fx) + lattice[y1 * width + x1] * fx;
      values[y * columns + x] = top * (1 - fy) + bottom * fy;
    }
  }
  return values;
}

/** The richest `cover` of the cells keep what lies above the height of the shore, scaled to 1 at the top. */
function flood(values: Float32Array, cover: number): Float32Array {
  const growing = Math.round(cover * values.length);
  if (growing === 0) return values.fill(0);
  const sorted = Float32Array.from(values).sort();
  const top = sorted[sorted.length - 1];
  const shore = growing >= sorted.length ? Math.min(0, sorted[0]) : sorted[sorted.length - growing];
  // The square root makes patches full rather than pointed. If everything that grows has one height, all of it is richest.
  return values.map((value) => (value < shore ? 0 : top > shore ? Math.sqrt((value - shore) / (top - shore)) : 1));
}

/** The standard patterns. */
export const patterns: readonly Pattern[] = [
  {
    id: 'patches',
    title: 'Patches',
    description: 'Rich patches of irregular shape on barren ground.',
    make: (request) => flood(heights(request), request.cover),
  },
  {
    id: 'uniform',
    title: 'Uniform',
    description: 'The same richness everywhere, equal to the cover.',
    make: ({ columns, rows, cover }) => new Float32Array(columns * rows).fill(cover),
  },
  {
    id: 'gradient',
    title: 'Gradient',
    description: 'Richest in the middle of the plane from left to right, falling to nothing at both sides of the covered band.',
    make: ({ columns, rows, cover }) => {
      const values = new Float32Array(columns * rows);
      for (let i = 0; i < values.length; i++) {
        const away = Math.abs((((i % columns) + 0.5) / columns) * 2 - 1);
        values[i] = cover > 0 ? Math.max(0, 1 - away / cover) : 0;
      }
      return values;
    },
  },
  {
    id: 'painted',
    title: 'Painted',
    description: 'As the text of its painting says, stretched over the ground; cover and patch size have no effect.',
    make: ({ columns, rows, painting }) => {
      const painted = readPainting(painting);
      return Float32Array.from({ length: columns * rows }, (_, i) => {
        const x = Math.floor((((i % columns) + 0.5) / columns) * painted.columns);
        const y = Math.floor(((Math.floor(i / columns) + 0.5) / rows) * painted.rows);
        return painted.levels[y * painted.columns + x] / paintLevels;
      });
    },
  },
];
