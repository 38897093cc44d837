import { log } from '../../math/elementary.ts';
import type { NamedStream } from '../../math/streams.ts';
import { fisherAccount } from '../gradient/fisher.ts';
import { regressFitness } from '../gradient/observed-gradient.ts';
import { projectOntoGradient } from '../gradient/project.ts';
import { percentileOf, randomCosines } from '../gradient/random-directions.ts';
import { type GenomeRows, meanGenome, timesCovariance } from '../lab/genetic-covariance.ts';

/** A census as the climb needs it. @experimental */
export interface CountedCensus {
  readonly tick: number;
  readonly count: number;
  readonly species: ArrayLike<number>;
  /** Ancestor of each at the census before. */
  readonly clade: ArrayLike<number>;
  /** `width` values a row. */
  readonly traits: ArrayLike<number>;
  /** Shares of descendants at the next census; undefined if there is none yet. */
  readonly descendants: ArrayLike<number> | undefined;
}

/**
 * A displacement or a selection differential compared with a gradient, beside random directions with the covariance of the living.
 * @experimental
 */
export interface ClimbStep {
  readonly along: number;
  readonly across: number;
  /** NaN if there is no gradient, or nothing moved. */
  readonly cosine: number;
  /** Displacement times gradient, in relative fitness. */
  readonly gain: number;
  /** Share of random directions whose cosine is lower, and their middle 95 %. */
  readonly percentile: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of some of the living at a tick, in standard deviations of each trait. */
export interface LineagePoint {
  /** Number of the species, or undefined for the whole population. */
  readonly species: number | undefined;
  readonly count: number;
  readonly mean: Float64Array;
}

/** The change between two censuses of a population, in trait space. @experimental */
export interface ClimbWindow {
  readonly from: number;
  readonly to: number;
  readonly ancestors: number;
  readonly living: number;
  /** Observed gradient of relative fitness, mean of two halves of the clades; empty if there are too few. */
  readonly gradient: Float64Array;
  /** G times the gradient of either half: two estimates of the response. */
  readonly responses: readonly [Float64Array, Float64Array];
  /** Selection of each half on the gradient of the other. */
  readonly selection: ClimbStep;
  /** Cosine of selection to G b, likewise. */
  readonly throughG: number;
  /** The mean's change along the gradient of the window before, and that of every sufficiently large species. */
  readonly steps: readonly { readonly species: number | undefined; readonly step: ClimbStep }[];
  readonly displacement: Float64Array;
  /** b_1 G b_2: the gain in relative fitness from selection alone. */
  readonly additiveVariance: number;
  /** Log of living per ancestor. */
  readonly growth: number;
  /** Positions of lineages when the window opened and when it closed. */
  readonly before: readonly LineagePoint[];
  readonly after: readonly LineagePoint[];
}

/** Ridge of the regressions, in mean variances of a column. */
export const ridge = 0.05;
/** Fewest clades of which halves are made, fewest organisms of a half for each column, fewest of a species. */
const fewest = { clades: 8, each: 3, species: 10 };
const draws = 199;

/**
 * The climb between two censuses (theory, section 4). Traits are measured in `scale`, so that directions do not depend on units; those
 * whose scale is 0 are left out. The gradient is Lande's and Arnold's, observed, and so confounded by shared places: it is never
 * taken from the data that it projects, but from the other half of the clades, or from the window before.
 * @param width traits a row
 * @param scale of each trait
 * @param earlier gradient of the window before; undefined or empty if there is none
 * @throws {RangeError} if no organism lives at one end, or descendants are not known
 * @experimental
 */
export function climbOfWindow(
  opened: CountedCensus,
  closed: CountedCensus,
  width: number,
  scale: ArrayLike<number>,
  earlier: Float64Array | undefined,
  stream: NamedStream,
): ClimbWindow {
  const { descendants } = opened;
  if (!descendants) throw new RangeError(`the descendants of tick ${opened.tick} are not known yet`);
  if (opened.count === 0 || closed.count === 0) throw new RangeError('a window needs at least one organism at both ends');
  const columns = Array.from({ length: width }, (_, t) => t).filter((t) => scale[t] > 0);
  const rows = scaledRows(opened, width, columns, scale);
  const d = columns.length;
  const halves = halvesOf(opened.clade, stream).map((members) => ({
    rows: pickRows(rows, members),
    fitness: Float64Array.from(members, (k) => descendants[k]),
  }));
  const enough = d > 0 && halves.every(({ fitness }) => fitness.length >= fewest.each * d && fitness.some((w) => w > 0));
  const slopes = enough ? halves.map((half) => regressFitness(half.rows.values, d, half.fitness, ridge)) : [];
  const gradient = enough ? slopes[0].map((b, l) => (b + slopes[1][l]) / 2) : new Float64Array(0);
  const before = points(opened, rows);
  const after = points(closed, scaledRows(closed, width, columns, scale));
  const whole = deviations(rows);
  const crossed = enough ? crossProject(halves, slopes, stream) : undefined;
  const start = new Map(before.map(({ species, mean }) => [species, mean]));
  const displacementOf = (mean: Float64Array, species: number | undefined) => {
    const origin = start.get(species) as Float64Array;
    return mean.map((value, l) => value - origin[l]);
  };
  const known = earlier !== undefined && earlier.length === d && d > 0;
  const cosines = known ? randomCosines(whole, d, earlier, draws, stream) : new Float64Array(0);
  return {
    from: opened.tick,
    to: closed.tick,
    ancestors: opened.count,
    living: closed.count,
    gradient,
    responses: enough
      ? [timesCovariance(rows, slopes[0]), timesCovariance(rows, slopes[1])]
      : [new Float64Array(0), new Float64Array(0)],
    selection: crossed?.step ?? nowhere,
    throughG: crossed?.throughG ?? Number.NaN,
    steps: known
      ? after
          .filter(({ species }) => start.has(species))
          .map(({ species, mean }) => ({ species, step: stepOf(displacementOf(mean, species), earlier, cosines) }))
      : [],
    displacement: displacementOf(after[0].mean, undefined),
    additiveVariance: enough ? fisherAccount(rows, slopes[0], slopes[1], Number.NaN).additiveVariance : Number.NaN,
    growth: log(closed.count / opened.count),
    before,
    after,
  };
}

const nowhere: ClimbStep = {
  along: Number.NaN,
  across: Number.NaN,
  cosine: Number.NaN,
  gain: Number.NaN,
  percentile: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
};

function stepOf(displacement: Float64Array, gradient: Float64Array, cosines: Float64Array): ClimbStep {
  const { along, across, cosine: angle, predictedGain } = projectOntoGradient(displacement, gradient);
  const sorted = cosines.slice().sort();
  return {
    along,
    across,
    cosine: angle,
    gain: predictedGain,
    percentile: Number.isNaN(angle) ? Number.NaN : percentileOf(angle, sorted),
    low: sorted[Math.floor(0.025 * sorted.length)],
    high: sorted[Math.floor(0.975 * sorted.length)],
  };
}

/** Selection of each half of the clades on the gradient of the other, and the mean of the two. */
function crossProject(
  halves: readonly { readonly rows: GenomeRows; readonly fitness: Float64Array }[],
  slopes: readonly Float64Array[],
  stream: NamedStream,
): { step: ClimbStep; throughG: number } {
  const parts = halves.map(({ rows, fitness }, h) => {
    const other = slopes[1 - h];
    const selection = differential(rows, fitness);
    return {
      ...projectOntoGradient(selection, other, rows),
      cosines: randomCosines(deviations(rows), rows.dimensions, other, draws, stream),
    };
  });
  const mean = (pick: (part: (typeof parts)[number]) => number) => (pick(parts[0]) + pick(parts[1])) / 2;
  // Chance acts on both alike: a coincidence between one half's selection and the other's gradient also holds the other way round. So their
  // mean is spread like one of them, and the draws are pooled, not averaged.
  const cosines = Float64Array.from([...parts[0].cosines, ...parts[1].cosines]).sort();
  const angle = mean((part) => part.cosine);
  return {
    step: {
      along: mean((part) => part.along),
      across: mean((part) => part.across),
      cosine: angle,
      gain: mean((part) => part.predictedGain),
      percentile: Number.isNaN(angle) ? Number.NaN : percentileOf(angle, cosines),
      low: cosines[Math.floor(0.025 * cosines.length)],
      high: cosines[Math.floor(0.975 * cosines.length)],
    },
    throughG: mean((part) => part.throughG),
  };
}

function scaledRows(census: CountedCensus, width: number, columns: readonly number[], scale: ArrayLike<number>): GenomeRows {
  const d = columns.length;
  const values = new Float64Array(census.count * d);
  for (let k = 0; k < census.count; k++) {
    for (let l = 0; l < d; l++) values[k * d + l] = census.traits[k * width + columns[l]] / scale[columns[l]];
  }
  return { values, count: census.count, stride: d, dimensions: d };
}

function pickRows({ values, dimensions }: GenomeRows, members: readonly number[]): GenomeRows {
  const picked = new Float64Array(members.length * dimensions);
  for (const [k, row] of members.entries()) {
    picked.set(values.subarray(row * dimensions, (row + 1) * dimensions), k * dimensions);
  }
  return { values: picked, count: members.length, stride: dimensions, dimensions };
}

function deviations(rows: GenomeRows): Float64Array {
  const mean = meanGenome(rows);
  const d = rows.dimensions;
  return Float64Array.from(rows.values, (value, at) => value - mean[at % d]);
}

/** Cov(w, z) with w relative to its mean. */
function differential(rows: GenomeRows, fitness: Float64Array): Float64Array {
  const { values, count, dimensions } = rows;
  const meanFitness = fitness.reduce((sum, w) => sum + w / count, 0);
  const out = new Float64Array(dimensions);
  for (let k = 0; k < count; k++) {
    const w = (fitness[k] / meanFitness - 1) / count;
    for (let l = 0; l < dimensions; l++) out[l] += w * values[k * dimensions + l];
  }
  return out;
}

/** Rows of two halves: clades in random order, each added to the smaller half. Both empty if there are too few clades. */
function halvesOf(clade: ArrayLike<number>, stream: NamedStream): [number[], number[]] {
  const members = new Map<number, number[]>();
  for (let k = 0; k < clade.length; k++) {
    const own = members.get(clade[k]);
    if (own) own.push(k);
    else members.set(clade[k], [k]);
  }
  const halves: [number[], number[]] = [[], []];
  if (members.size < fewest.clades) return halves;
  // In the order of their names, so that the halves do not depend on the order of rows.
  const names = [...members.keys()].sort((a, b) => a - b);
  for (let i = names.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    [names[i], names[j]] = [names[j], names[i]];
  }
  for (const name of names) {
    const half = halves[0].length <= halves[1].length ? halves[0] : halves[1];
    half.push(...(members.get(name) as number[]));
  }
  return halves;
}

/** Means of the population, first, and of every sufficiently large species. */
function points(census: CountedCensus, rows: GenomeRows): LineagePoint[] {
  const bySpecies = new Map<number, number[]>();
  for (let k = 0; k < census.count; k++) {
    const own = bySpecies.get(census.species[k]);
    if (own) own.push(k);
    else bySpecies.set(census.species[k], [k]);
  }
  const large = [...bySpecies].filter(([, members]) => members.length >= fewest.species).sort(([a], [b]) => a - b);
  return [
    { species: undefined, count: census.count, mean: meanGenome(rows) },
    ...large.map(([species, members]) => ({
      species,
      count: members.length,
      mean: meanGenome(pickRows(rows, members)),
    })),
  ];
}
